#include "batch/gallery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/assets.hpp"
#include "base/atomic_file.hpp"
#include "base/text.hpp"
#include "words/sentences.hpp"

namespace convreel::batch {

namespace {

using base::xml_escaped;

/// How a page plays a format by itself.
struct Playable {
  std::string_view format, kind;
};
/// The first that a case has is played.
constexpr Playable kPlayable[] = {{"webp", "image"}, {"gif", "image"}, {"apng", "image"},
                                  {"webm", "video"}, {"mp4", "video"}, {"svg", "image"}};

/// A relative path as a URL: what has a meaning there is percent-encoded, and a first segment with a colon is no
/// scheme.
std::string url_of(const std::string& path) {
  std::string url = path.find(':') == path.npos ? "" : "./";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        byte >= 0x80 || (byte > ' ' && std::string_view("\"#%<>?\\^`{|}\x7F").find(c) == std::string_view::npos);
    url += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return xml_escaped(url);
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  if (bytes < 1000 * 1000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

const FileRecord* played(const CaseRecord& record, std::string_view& kind) {
  for (const Playable& playable : kPlayable)
    for (const FileRecord& file : record.files)
      if (file.format == playable.format) {
        kind = playable.kind;
        return &file;
      }
  return nullptr;
}

std::string stage(const CaseRecord& record) {
  std::string_view kind;
  const FileRecord* file = played(record, kind);
  if (!record.poster && !file) return "";
  const FileRecord& opened = file ? *file : record.files.front();
  const std::string play = file ? fmt::format(" data-play=\"{}\" data-kind=\"{}\"", url_of(file->path), kind) : "";
  const FileRecord& still = record.poster ? *record.poster : opened;
  return fmt::format(
      "<a class=\"stage\" href=\"{}\"{}><img src=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\"></a>\n",
      url_of(opened.path), play, url_of(still.path), xml_escaped(record.alt));
}

bool is_axis(const std::string& key, const std::vector<std::string>& axes) {
  return std::find(axes.begin(), axes.end(), key) != axes.end();
}

std::string chip(const std::string& key, const std::string& value, bool axis) {
  return fmt::format("<li{}>{} {}</li>", axis ? " class=\"axis\"" : "", xml_escaped(key), xml_escaped(value));
}

/// The parameters that every one of several made cases has with the same value, and that no axis varies.
Parameters shared_by(const Manifest& manifest) {
  std::optional<Parameters> shared;
  std::size_t cases = 0;
  for (const CaseRecord& record : manifest.cases) {
    if (record.outcome != Outcome::done) continue;
    ++cases;
    if (!shared) shared = record.parameters;
    std::erase_if(*shared, [&](const auto& parameter) {
      return is_axis(parameter.first, manifest.axes) ||
             std::find(record.parameters.begin(), record.parameters.end(), parameter) == record.parameters.end();
    });
  }
  return cases > 1 ? *shared : Parameters{};
}

std::string shared_line(const Parameters& shared) {
  if (shared.empty()) return "";
  std::string items;
  for (const auto& [key, value] : shared) items += chip(key, value, false);
  return fmt::format("<details id=\"shared\">\n<summary>{}</summary>\n<ul class=\"chips\">{}</ul>\n</details>\n",
                     words::say(words::kCasesShare, static_cast<std::int64_t>(shared.size())), items);
}

/// "stride 1, 2, 3 · padding 0, 1", over all cases, made or not.
std::string axes_line(const Manifest& manifest) {
  std::string line;
  for (const std::string& axis : manifest.axes) {
    std::vector<std::string> values;
    std::set<std::string_view> seen;
    for (const CaseRecord& record : manifest.cases)
      for (const auto& [key, value] : record.parameters)
        if (key == axis && seen.insert(value).second) values.push_back(value);
    line += fmt::format("{}{} {}", line.empty() ? "" : " · ", axis, base::join(values, ", "));
  }
  return line.empty() ? "" : fmt::format("<p id=\"axes\">{}</p>\n", xml_escaped(line));
}

/// What tells this case from the others: the varied parameters first, then the rest.
std::string chips(const CaseRecord& record, const std::vector<std::string>& axes, const Parameters& shared) {
  std::string varied, rest;
  for (const auto& parameter : record.parameters) {
    if (std::find(shared.begin(), shared.end(), parameter) != shared.end()) continue;
    const bool axis = is_axis(parameter.first, axes);
    (axis ? varied : rest) += chip(parameter.first, parameter.second, axis);
  }
  return fmt::format("<ul class=\"chips\">{}{}</ul>\n", varied, rest);
}

std::string files(const CaseRecord& record) {
  std::string text = "<p class=\"files\">";
  constexpr std::size_t kMost = 8;  // numbered frames may be hundreds
  for (std::size_t i = 0; i < std::min(record.files.size(), kMost); ++i) {
    const FileRecord& file = record.files[i];
    text += fmt::format("{}<a href=\"{}\">{}</a> {}", i ? " · " : "", url_of(file.path),
                        xml_escaped(file.path.substr(file.path.rfind('/') + 1)), bytes_text(file.bytes));
  }
  if (record.files.size() > kMost)
    text = words::say(words::kMoreFiles, {{"files", text}, {"n", record.files.size() - kMost}});
  return text + "</p>\n";
}

std::string json_text(const Parameters& parameters) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [key, value] : parameters) object[key] = value;
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string card(const CaseRecord& record, const std::vector<std::string>& axes, const Parameters& shared) {
  return fmt::format(
      "<li class=\"card\" id=\"case-{0}\" data-parameters=\"{1}\">\n{2}<div class=\"words\">\n<h2>{0}. {3}</h2>\n{4}"
      "<p class=\"formula\">{5}</p>\n<code>{6}</code>\n{7}</div>\n</li>\n",
      record.index, xml_escaped(json_text(record.parameters)), stage(record), xml_escaped(record.title),
      chips(record, axes, shared), xml_escaped(record.formula), xml_escaped(record.pytorch), files(record));
}

std::string row(const CaseRecord& record, const std::vector<std::string>& axes) {
  std::string settings, reasons;
  for (const auto& [key, value] : record.parameters)
    if (is_axis(key, axes)) settings += fmt::format("{}{} {}", settings.empty() ? "" : ", ", key, value);
  for (const base::Problem& problem : record.problems)
    reasons += fmt::format("{}{}{}", reasons.empty() ? "" : "; ", problem.message,
                           problem.hint.empty() ? "" : fmt::format(" ({})", problem.hint));
  return fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", record.index, xml_escaped(settings),
                     xml_escaped(reasons));
}

std::string table(const Manifest& manifest, Outcome outcome, const words::Sentence& heading) {
  std::string rows;
  std::int64_t count = 0;
  for (const CaseRecord& record : manifest.cases)
    if (record.outcome == outcome) rows += row(record, manifest.axes), ++count;
  if (count == 0) return "";
  return fmt::format(
      "<details id=\"{}\">\n<summary>{}</summary>\n<div class=\"scroll\"><table>\n<tr><th>{}</th><th>{}</th>"
      "<th>{}</th></tr>\n{}</table></div>\n</details>\n",
      name(outcome), words::say(heading, {{"n", count}}), words::say(words::kCase), words::say(words::kSettings),
      words::say(words::kReason), rows);
}

/// `page` with every {{name}} replaced; texts may hold braces of their own.
std::string put_in(std::string_view page, const std::vector<std::pair<std::string_view, std::string>>& parts) {
  std::string out;
  while (true) {
    const auto open = page.find("{{");
    if (open == page.npos) return out + std::string(page);
    const auto close = page.find("}}", open);
    const std::string_view key = page.substr(open + 2, close - open - 2);
    out += page.substr(0, open);
    for (const auto& [name, text] : parts)
      if (name == key) out += text;
    page.remove_prefix(close + 2);
  }
}

}  // namespace

std::string gallery_html(const Manifest& manifest) {
  const Parameters shared = shared_by(manifest);
  std::string cards;
  std::int64_t done = 0;
  for (const CaseRecord& record : manifest.cases)
    if (record.outcome == Outcome::done) cards += card(record, manifest.axes, shared), ++done;
  const std::string count = words::say(words::kAnimations, done);
  std::string rest = table(manifest, Outcome::failed, words::kFailedCases);
  rest += table(manifest, Outcome::impossible, words::kImpossibleCases);
  return put_in(base::asset("player/gallery.html").value_or(""),
                {{"title", words::say(words::kSweepTitle)},
                 {"css", std::string(base::asset("player/gallery.css").value_or(""))},
                 {"js", std::string(base::asset("player/gallery.js").value_or(""))},
                 {"count", count},
                 {"axes", xml_escaped(fmt::format("{}", fmt::join(manifest.axes, " ")))},
                 {"axes-line", axes_line(manifest)},
                 {"shared", shared_line(shared)},
                 {"cards", cards},
                 {"rest", rest}});
}

void write_gallery(const Manifest& manifest, const std::filesystem::path& folder, const base::Limits& limits) {
  base::AtomicFile file(folder / "index.html", limits);
  file.write(gallery_html(manifest));
  file.commit();
}

}  // namespace convreel::batch
