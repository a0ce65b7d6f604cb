// What stands after -o, and the name that it is filled with: "out/{name}.gif:colors=8", a line end, the name.
#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "batch/template.hpp"
#include "cli/outputs.hpp"
#include "fuzz.hpp"

namespace convreel::fuzz {

namespace {

/// Parts of a path that lead elsewhere than into a file or folder of their name.
std::ptrdiff_t turns(std::string_view path) {
  return std::ranges::count_if(base::split(path, '/'), [](auto part) {
    return part.size() < 3 && part == std::string_view("..").substr(0, part.size());
  });
}

}  // namespace

CONVREEL_FUZZ(template) {
  const std::string_view text = text_of(bytes), pattern = text.substr(0, text.find('\n'));
  const std::string name(text.substr(std::min(text.size(), pattern.size() + 1)));
  const std::string safe = batch::file_safe(name);
  hold(safe.find('/') == safe.npos && safe.find_first_not_of('.') != safe.npos, "a name stays in its folder");
  hold(std::ranges::none_of(safe, [](unsigned char c) { return c < 0x20 || c == 0x7F; }),
       "a name has no control bytes");
  const std::string path = cli::name_filled("out/{name}/a.gif", name);
  hold(std::filesystem::path(path).lexically_normal().string().starts_with("out/"), "{name} stays in its folder");
  static_cast<void>(batch::fixed_folder(pattern));
  try {
    const std::string filled =
        batch::filled(pattern, [&](auto asked) { return asked.size() % 3 == 0 ? std::nullopt : std::optional(name); });
    hold(std::ranges::count(filled, '/') <= std::ranges::count(pattern, '/'), "a value makes no folder");
    hold(turns(filled) <= turns(pattern), "a value does not lead elsewhere");
  } catch (const base::Error&) {  // an unknown placeholder
  }
  const job::Output output = cli::parse_output(pattern, std::nullopt);
  hold(pattern.starts_with(output.path), "a path is the beginning of what was written");
}

}  // namespace convreel::fuzz
