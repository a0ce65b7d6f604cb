#include "cli/options.hpp"

#include <array>

namespace convreel::cli {
namespace {

constexpr std::array<std::string_view, 4> kProgressModes{"auto", "none", "plain", "json"};
constexpr std::array<std::string_view, 3> kColourModes{"auto", "always", "never"};

constexpr std::array kGeneral{
    Option{"jobs", 'j', "N", "threads; never changes a byte of what is written", "all cores", {}},
    Option{"progress", 0, "MODE", "the progress bar on stderr: a bar on a terminal, no bar, lines, or JSON lines",
           "auto", kProgressModes},
    Option{"color", 0, "WHEN", "colour in messages; NO_COLOR and CLICOLOR_FORCE are heeded", "auto", kColourModes},
    Option{"quiet", 'q', "", "print nothing but results and errors", "", {}},
    Option{"verbose", 'v', "", "say more about what is done", "", {}},
    Option{"help", 'h', "", "print this help", "", {}},
    Option{"version", 'V', "", "print the version", "", {}},
};

constexpr Option kJson{"json", 0, "", "print JSON instead of text", "", {}};

}  // namespace

std::span<const Option> general_options() { return kGeneral; }
const Option& json_option() { return kJson; }

}  // namespace convreel::cli
