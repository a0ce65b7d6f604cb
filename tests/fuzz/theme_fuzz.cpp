// A theme file; behind the first NUL a value that --set gives it, key=text.
#include "fuzz.hpp"
#include "theme/settings.hpp"
#include "theme/theme_file.hpp"

namespace convreel::fuzz {

CONVREEL_FUZZ(theme) {
  const std::string_view text = text_of(bytes), file = text.substr(0, text.find('\0'));
  const std::string_view said = text.substr(std::min(text.size(), file.size() + 1));
  static const theme::Theme light = theme::load("light");
  theme::Theme changed = light;
  const std::size_t equals = std::min(said.size(), said.find('='));
  static_cast<void>(theme::set(changed, said.substr(0, equals), said.substr(std::min(said.size(), equals + 1))));
  changed.mix_shades();
  static_cast<void>(theme::parse(file, "fuzz.toml", "fuzz"));
}

}  // namespace convreel::fuzz
