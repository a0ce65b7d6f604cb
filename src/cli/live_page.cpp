#include "cli/live_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/assets.hpp"
#include "base/text.hpp"
#include "batch/gallery.hpp"
#include "live/http.hpp"

namespace convreel::cli {

namespace {

namespace fs = std::filesystem;

std::string element_of(const std::string& url, std::string_view alt) {
  const std::string_view type = live::media_type(url);
  const std::string source = base::xml_escaped(live::percent_encoded(url)), words = base::xml_escaped(alt);
  if (type.starts_with("image/")) return fmt::format("<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", source, words);
  if (type.starts_with("video/"))
    return fmt::format("<video src=\"{}\" aria-label=\"{}\" autoplay loop muted controls></video>", source, words);
  if (type.starts_with("text/") || type == "application/json" || type == "application/pdf")
    return fmt::format("<iframe src=\"{}\" title=\"{}\"></iframe>", source, words);
  return "";
}

std::string figure_of(const std::string& url, const batch::Written& file, std::string_view alt) {
  return fmt::format("<figure>{}<figcaption><a href=\"{}\">{}</a> {} bytes</figcaption></figure>\n",
                     element_of(url, alt), base::xml_escaped(live::percent_encoded(url)), base::xml_escaped(file.path),
                     file.bytes);
}

/// The deepest folder that holds both.
fs::path common_folder(const fs::path& one, const fs::path& other) {
  fs::path common;
  auto a = one.begin(), b = other.begin();
  for (; a != one.end() && b != other.end() && *a == *b; ++a, ++b) common /= *a;
  return common;
}

std::vector<fs::path> files_of(const batch::Manifest& manifest, const fs::path& folder) {
  std::vector<fs::path> files;
  for (const batch::CaseRecord& record : manifest.cases) {
    for (const batch::FileRecord& file : record.files) files.push_back((folder / file.path).lexically_normal());
    if (record.poster) files.push_back((folder / record.poster->path).lexically_normal());
  }
  return files;
}

}  // namespace

live::Page page_of(const std::vector<Shown>& jobs) {
  live::Page page{"index.html", std::string(base::asset("player/live.html").value_or("")), {}};
  std::string body;
  for (const Shown& job : jobs) {
    body += fmt::format("<h2>{}</h2>\n", base::xml_escaped(job.title));
    for (const batch::Written& file : job.files) {
      const std::string url = fmt::format("files/{}/{}", page.files.size(), fs::path(file.path).filename().string());
      page.files.emplace(url, file.path);
      body += figure_of(url, file, job.alt);
    }
  }
  constexpr std::string_view kMain = "<main>\n";
  page.html.insert(page.html.find(kMain) + kMain.size(), body);
  return page;
}

live::Page page_of(const batch::Manifest& manifest, const fs::path& folder) {
  const fs::path home = fs::absolute(folder / "").lexically_normal().parent_path();
  const std::vector<fs::path> files = files_of(manifest, home);
  fs::path root = home;
  for (const fs::path& file : files) root = common_folder(root, file.parent_path());
  live::Page page{(home / "index.html").lexically_relative(root).string(), batch::gallery_html(manifest), {}};
  for (const fs::path& file : files) page.files.emplace(file.lexically_relative(root).string(), file);
  return page;
}

}  // namespace convreel::cli
