// convreel doctor: what this machine has, and what each lack costs. Exit code 5 when a format cannot be written here.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/config.hpp"
#include "cli/print.hpp"
#include "cli/scripts.hpp"
#include "encode/archive.hpp"
#include "encode/media.hpp"
#include "job/fields.hpp"
#include "model/file.hpp"
#include "output/formats.hpp"
#include "paint/painter.hpp"
#include "theme/theme.hpp"

namespace convreel::cli {
namespace {

using Json = nlohmann::ordered_json;

struct FormatAnswer {
  const output::Format* format = nullptr;
  bool available = false;
  std::string words;  ///< "yes", or what is missing and what it costs
};

struct ThemeFonts {
  std::string theme;
  std::vector<paint::FontAnswer> answers;
};

struct Findings {
  std::string media;     ///< FFmpeg's versions, or why it cannot be opened
  std::string archiver;  ///< libzip's likewise
  std::string models;    ///< protobuf's, which reads ONNX models
  bool archives = false;
  std::vector<FormatAnswer> formats;
  std::vector<ThemeFonts> fonts;
  std::vector<Script> boxed;  ///< scripts that no font here draws
  std::vector<ConfigFile> settings;

  [[nodiscard]] bool has_fonts() const {
    return std::ranges::none_of(
        fonts, [](const ThemeFonts& theme) { return theme.answers.empty() || theme.answers.front().given.empty(); });
  }
  [[nodiscard]] bool complete() const { return std::ranges::all_of(formats, &FormatAnswer::available); }
};

/// Null when it cannot be opened: `findings.media` then says why.
encode::Media* look_for_media(Findings& findings) {
  try {
    encode::Media& media = encode::media();
    findings.media = media.versions();
    return &media;
  } catch (const base::Error& error) {
    findings.media = fmt::format("not usable: {}", error.what());
    return nullptr;
  }
}

FormatAnswer answer_for(const output::Format& format, encode::Media* media, bool archives) {
  if (format.archived && !archives) return {&format, false, "no: libzip cannot be used"};
  if (format.encoder.empty()) return {&format, true, "yes"};
  const std::string lack = media ? media->lack_of(format.encoder) : "FFmpeg cannot be used";
  if (lack.empty()) return {&format, true, fmt::format("yes ({})", format.encoder)};
  if (format.without_encoder.empty()) return {&format, false, fmt::format("no: {}", lack)};
  return {&format, false, fmt::format("only with {}: {}", format.without_encoder, lack)};
}

void look_for_formats(Findings& findings, encode::Media* media) {
  for (const output::Format& format : output::formats())
    findings.formats.push_back(answer_for(format, media, findings.archives));
}

void look_for_models(Findings& findings) {
  try {
    findings.models = model::reader().version();
  } catch (const base::Error& error) {
    findings.models = fmt::format("not usable, no ONNX models: {}", error.what());
  }
}

void look_for_archiver(Findings& findings) {
  try {
    findings.archiver = encode::archiver().version();
    findings.archives = true;
  } catch (const base::Error& error) {
    findings.archiver = fmt::format("not usable: {}", error.what());
  }
}

void look_for_fonts(Findings& findings) {
  for (const std::string& name : theme::names())
    findings.fonts.push_back({name, paint::font_answers(theme::load(name))});
  const theme::Theme light = theme::load("light");
  std::ranges::copy_if(scripts(), std::back_inserter(findings.boxed), [&](const Script& script) {
    return !paint::missing_characters(light, script.sample, true).empty();
  });
}

std::string script_lines(const std::vector<Script>& boxed) {
  if (boxed.empty()) return "  every script looked for has a font\n";
  std::string text;
  for (const Script& script : boxed)
    text += fmt::format("  {:<14} no font: titles show boxes; Debian's {} has one\n", script.name, script.package);
  return text;
}

/// "Inter", or what the lack of a font costs; the heading only where it differs from the text.
std::vector<std::string> lines_of(const std::vector<paint::FontAnswer>& answers) {
  std::vector<std::string> lines;
  for (const paint::FontAnswer& answer : answers) {
    if (!lines.empty() && answer.wanted == answers.front().wanted) continue;
    if (answer.given.empty()) return {"no font at all: pictures cannot be made"};
    const std::string use = lines.empty() ? "" : answer.use + " in ";
    lines.push_back(answer.exact() ? use + answer.given
                                   : fmt::format("{}{}, as {} is not installed: text looks different", use,
                                                 answer.given, answer.wanted));
  }
  return lines;
}

/// "theme = dark" of each file, the one that wins last.
std::string setting_lines(const std::vector<ConfigFile>& files) {
  if (files.empty())
    return fmt::format("  none: no convreel.toml here or above, no config.toml in {}\n",
                       base::printable(config_home().string()));
  std::string text;
  for (const ConfigFile& file : files) {
    std::vector<std::string> values;
    for (const job::Field& field : job::fields())
      if (const auto value = field.print(file.spec)) values.push_back(fmt::format("{} = {}", field.name, *value));
    const std::string settings = values.empty() ? "nothing" : base::join(values, ", ");
    text += base::printable(fmt::format("  {}: {}", file.path.string(), settings)) + "\n";
  }
  return text;
}

std::string as_text(const Findings& findings) {
  std::string text = fmt::format("convreel {}\nFFmpeg: {}\nlibzip: {}\nprotobuf: {}\n\nFormats\n", version(),
                                 findings.media, findings.archiver, findings.models);
  for (const FormatAnswer& answer : findings.formats)
    text += fmt::format("  {:<6} {}\n", answer.format->name, answer.words);
  text += "\nSettings\n" + setting_lines(findings.settings);
  text += "\nFonts\n";
  for (const ThemeFonts& fonts : findings.fonts)
    text += fmt::format("  {:<14} {}\n", fonts.theme, fmt::join(lines_of(fonts.answers), "; "));
  return text + "\nScripts of titles\n" + script_lines(findings.boxed);
}

std::string as_json(const Findings& findings) {
  Json formats = Json::array(), fonts = Json::array();
  for (const FormatAnswer& answer : findings.formats)
    formats.push_back({{"format", answer.format->name},
                       {"encoder", answer.format->encoder},
                       {"available", answer.available},
                       {"answer", answer.words}});
  for (const ThemeFonts& theme : findings.fonts)
    for (const paint::FontAnswer& answer : theme.answers)
      fonts.push_back({{"theme", theme.theme},
                       {"use", answer.use},
                       {"wanted", answer.wanted},
                       {"given", answer.given},
                       {"exact", answer.exact()}});
  Json settings = Json::array();
  for (const ConfigFile& file : findings.settings) settings.push_back(file.path.string());
  Json boxed = Json::array();
  for (const Script& script : findings.boxed) boxed.push_back({{"script", script.name}, {"package", script.package}});
  return Json{{"version", version()},          {"ffmpeg", findings.media}, {"libzip", findings.archiver},
              {"protobuf", findings.models},   {"formats", formats},       {"fonts", fonts},
              {"scripts-without-font", boxed}, {"settings", settings}}
             .dump(2) +
         "\n";
}

}  // namespace

void run_doctor(const Session& session) {
  Findings findings;
  encode::Media* const media = look_for_media(findings);
  look_for_archiver(findings);
  look_for_models(findings);
  look_for_formats(findings, media);
  look_for_fonts(findings);
  if (!session.line.no_config) findings.settings = config_files_here();
  print(session.line.json ? as_json(findings) : as_text(findings));
  if (!findings.has_fonts())
    throw base::Error(base::ErrorKind::missing, "this machine has no fonts",
                      "install one, such as Debian's fonts-dejavu-core");
  if (!findings.complete())
    throw base::Error(
        base::ErrorKind::missing, "not every format can be written on this machine",
        "the lines above say what each lacks; Debian has FFmpeg's encoders in libavcodec-extra, libzip in libzip4");
}

}  // namespace convreel::cli
