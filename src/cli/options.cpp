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
    Option{"timings", 0, "", "print to stderr where the time went", "", {}},
    Option{"no-config", 0, "", "leave out convreel.toml and the configuration folder's config.toml", "", {}},
    Option{"limit",
           0,
           "NAME=NUMBER",
           "raise or lower a limit, such as frames=100000 or memory=6G; convreel list limits names them",
           "docs/reference/limits.md",
           {},
           true},
    Option{"safe",
           0,
           "",
           "for services: small limits, a minute, no settings files, nothing read or written outside this folder",
           "",
           {}},
    Option{"help", 'h', "", "print this help", "", {}},
    Option{"version", 'V', "", "print the version", "", {}},
};

// clang-format off
constexpr Option kWatchRow{"watch", 0, "", "go on: make anew what changes when a job, data or theme file does, and show it on a page that reloads itself", "", {}};
constexpr Option kPortRow{"port", 0, "N", "where that page is, on 127.0.0.1; 0 is any free port", "8765, or a free one", {}};
constexpr std::array kWatch{kWatchRow, kPortRow};

constexpr std::array kSweep{
    Option{"parameter-list", 'L', "NAME=A,B,...", "vary an option over a list; any option is an axis, the axes multiply; 2x1 is rows x columns, a value that holds commas stands in ()", "", {}, true},
    Option{"parameter-range", 'P', "NAME=A..B[:STEP]", "vary an option over a range, both ends included", "", {}, true},
    Option{"zip", 0, "", "take the axes in step instead of multiplying them", "", {}},
    Option{"cases", 0, "FILE.csv", "a case a line below a heading of option names; multiplies with the axes", "", {}, true},
    Option{"dry-run", 0, "", "print the table of cases and stop", "", {}},
    Option{"strict", 0, "", "an impossible case is an error instead of a line in the list", "", {}},
    Option{"resume", 0, "", "keep what the manifest's digests prove done", "", {}},
    Option{"force", 0, "", "make all anew, also over another sweep's manifest", "", {}},
    Option{"align", 0, "", "one cell size across the sweep", "", {}},
    Option{"contact-sheet", 0, "FILE.png", "one picture of all results", "", {}},
    Option{"shard", 0, "K/N|auto[/N]", "only part K of N; auto reads a Slurm array's or a Kubernetes indexed job's variables", "", {}},
    Option{"merge", 0, "DIR", "join the shards' manifests in DIR and write the gallery; takes no SPEC", "", {}},
    Option{"emit-jobs", 0, "", "print one command a line, for GNU parallel, and stop", "", {}},
    Option{"deps", 0, "FILE", "write which file depends on which, as make reads it", "", {}},
    kWatchRow,
    kPortRow,
};

constexpr std::array kExplain{
    Option{"as", 0, "FRAMEWORK[,...]", "print the layer as a program instead: pytorch (stacks too), keras, jax, onnx or numpy, complete and with the same numbers", "", {}},
};

constexpr std::array<std::string_view, 2> kAxesWays{"together", "apart"};
constexpr std::array kModel{
    Option{"layer", 0, "NAME|N", "make an ordinary job of this layer: by its name, or by its row in the table", "", {}},
    Option{"layers", 0, "A..B", "make a stack of all layers from one to another", "", {}},
    Option{"csv", 0, "", "print a line a layer, separated by commas", "", {}},
    kWatchRow,
    kPortRow,
};

constexpr std::array kSolve{
    Option{"input-size", 'i', "SIZES", "the size that goes in: 14, 14x20, 14..16 or a list", "what the layer says", {}},
    Option{"from", 0, "SIZES", "another word for --input-size", "", {}},
    Option{"to", 0, "SIZES", "the size that comes out", "", {}},
    Option{"kernel-size", 'k', "SIZES", "kernel sizes that may be: 3, 2..5, 3,5,7, 3x5", "1..7", {}},
    Option{"stride", 's', "SIZES", "strides that may be", "1..4", {}},
    Option{"padding", 'p', "PADDINGS", "paddings that may be: numbers, ranges, same, valid, full, same-upper, same-lower, causal, (TOP,BOTTOM,LEFT,RIGHT)", "0..3", {}},
    Option{"dilation", 'd', "SIZES", "dilations that may be", "1", {}},
    Option{"output-padding", 0, "SIZES", "output paddings that may be, of a transposed layer", "0..stride-1", {}},
    Option{"axes", 0, "HOW", "together: the same numbers along every axis; apart: each axis its own", "together", kAxesWays},
    Option{"csv", 0, "", "print a line an answer, separated by commas", "", {}},
    Option{"compare", 0, "N", "draw the first N answers (2 to 4) side by side", "", {}},
    Option{"sweep", 0, "", "draw every answer, with a manifest and a gallery: -o 'out/k{kernel_size}_s{stride}.gif'", "", {}},
};
// clang-format on

constexpr Option kJson{"json", 0, "", "print JSON instead of text", "", {}};

}  // namespace

std::span<const Option> general_options() { return kGeneral; }
const Option& json_option() { return kJson; }
std::span<const Option> watch_options() { return kWatch; }
std::span<const Option> sweep_options() { return kSweep; }
std::span<const Option> explain_options() { return kExplain; }
std::span<const Option> model_options() { return kModel; }
std::span<const Option> solve_options() { return kSolve; }

}  // namespace convreel::cli
