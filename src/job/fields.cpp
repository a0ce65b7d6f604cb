#include "job/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "job/byte_size.hpp"
#include "job/layer_name.hpp"
#include "job/sources.hpp"
#include "job/values.hpp"

namespace convreel::job {

namespace {

using J = JobSpec;
using View = std::string_view;
using Text = std::optional<std::string>;
using base::Duration;

/// An option's name as a template argument, so that a row's reader can speak of its own option.
template <std::size_t N>
struct Name {
  char text[N]{};
  constexpr Name(const char (&name)[N]) { std::copy_n(name, N, text); }  // NOLINT: written as a literal in the rows
};

/// The two functions of a row.
struct Codec {
  void (*parse)(J&, View);
  Text (*print)(const J&);
};

/// A row whose member is read by `read(name, text)` and printed by `write(value)`.
template <Name kName, auto kMember, auto kRead, auto kWrite>
constexpr Codec codec() {
  return {[](J& spec, View text) { spec.*kMember = kRead(kName.text, text); },
          [](const J& spec) -> Text { return spec.*kMember ? Text(kWrite(*(spec.*kMember))) : std::nullopt; }};
}

constexpr auto kAsIs = [](const std::string& text) { return text; };
constexpr auto kDigits = [](auto number) { return std::to_string(number); };
constexpr auto kExact = [](double number) { return base::exact(number); };
constexpr auto kTrueFalse = [](bool on) { return std::string(on ? "true" : "false"); };

template <Name kName, auto kMember, std::int64_t kLeast>
constexpr Codec sizes() {
  return codec<kName, kMember, [](View name, View text) { return read_sizes(name, text, kLeast); }, print_sizes>();
}

template <Name kName, auto kMember, std::int64_t kLeast, std::int64_t kMost = std::numeric_limits<std::int64_t>::max()>
constexpr Codec whole() {
  using Value = typename std::remove_reference_t<decltype(std::declval<J>().*kMember)>::value_type;
  return codec<kName, kMember,
               [](View name, View text) {
                 return static_cast<Value>(read_whole(name, text, {kLeast, kMost}));
               },
               kDigits>();
}

template <Name kName, auto kMember>
constexpr Codec toggle() {
  return codec<kName, kMember, read_switch, kTrueFalse>();
}

template <Name kName, auto kMember>
constexpr Codec text() {
  return codec<kName, kMember, read_text, kAsIs>();
}

template <Name kName, auto kMember, std::int64_t kLeastMicroseconds>
constexpr Codec time() {
  return codec<kName, kMember,
               [](View name, View text) { return read_duration(name, text, Duration(kLeastMicroseconds)); },
               print_duration>();
}

/// An enumeration whose values are the indices of `kChoices`.
template <Name kName, auto kMember, const auto& kChoices>
constexpr Codec choice() {
  using Value = typename std::remove_reference_t<decltype(std::declval<J>().*kMember)>::value_type;
  return codec<kName, kMember,
               [](View name, View text) { return static_cast<Value>(read_choice(name, text, kChoices)); },
               [](Value value) { return std::string(kChoices[static_cast<std::size_t>(value)]); }>();
}

/// A list with one entry a line; every reading adds.
template <Name kName, auto kMember, auto kRead, auto kWrite>
constexpr Codec list() {
  return {[](J& spec, View text) {
            auto& entries = (spec.*kMember) ? *(spec.*kMember) : (spec.*kMember).emplace();
            for (View line : base::split(text, '\n')) entries.push_back(kRead(kName.text, line));
          },
          [](const J& spec) -> Text {
            if (!(spec.*kMember)) return std::nullopt;
            std::vector<std::string> lines;
            for (const auto& entry : *(spec.*kMember)) lines.push_back(kWrite(entry));
            return base::join(lines, "\n");
          }};
}

/// A kind of layer, or a whole layer as PyTorch prints it, whose parameters count as written here.
void parse_layer(J& spec, View text) {
  if (looks_like_layer(text)) {
    spec = merge(spec, from_layer_string(text));
    return;
  }
  spec.layer = layer_named(text);
  if (spec.layer) return;
  std::vector<View> names;
  for (const LayerRow& row : layer_rows()) names.push_back(row.name);
  const auto near = base::nearest(text, names);
  reject("layer", fmt::format("one of {}", fmt::join(names, ", ")), text,
         near ? fmt::format("did you mean {}?", *near) : std::string{});
}

constexpr Codec layer_kind() {
  return {parse_layer,
          [](const J& spec) -> Text { return spec.layer ? Text(std::string(name(*spec.layer))) : std::nullopt; }};
}

constexpr Codec divisor() {
  return codec<"divisor-override", &J::divisor_override,
               [](View name, View text) {
                 const std::int64_t number = read_whole(name, text, {});
                 if (number == 0) reject(name, "a number other than 0", text);
                 return number;
               },
               kDigits>();
}

constexpr auto kJoinViews = [](const std::vector<std::string>& views) { return base::join(views, "+"); };
constexpr auto kSizeText = [](PixelSize size) { return fmt::format("{}x{}", size.width, size.height); };
constexpr auto kLoopText = [](int loop) {
  return loop == 0 ? std::string("forever") : loop == 1 ? std::string("once") : std::to_string(loop);
};
constexpr auto kStepsText = [](StepRange steps) { return fmt::format("{}..{}", steps.first, steps.last); };
constexpr auto kAssignmentText = [](const auto& pair) { return fmt::format("{}={}", pair.first, pair.second); };
constexpr auto kReadSpeed = [](View name, View text) { return read_number(name, text, 0.01, 100); };

constexpr std::array<View, 4> kPaddingModes = {"zeros", "reflect", "replicate", "circular"};
constexpr std::array<View, 3> kLayouts = {"full", "article", "plain"};
constexpr std::array<View, 2> kChapters = {"all", "none"};
constexpr std::array<View, 8> kPlaces = {"powerpoint", "keynote",  "google-slides", "impress",
                                         "beamer",     "revealjs", "github",        "blog"};
constexpr std::array<View, 2> kMotions = {"step", "smooth"};

constexpr std::array<View, 1> kLayerAliases = {"kind"};
constexpr std::array<View, 2> kKernelAliases = {"pool-size", "kernel-shape"};
constexpr std::array<View, 1> kStrideAliases = {"strides"};
constexpr std::array<View, 2> kDilationAliases = {"dilation-rate", "dilations"};
constexpr std::array<View, 1> kOutChannelAliases = {"filters"};
constexpr std::array<View, 1> kGroupAliases = {"group"};
constexpr std::array<View, 1> kViewAliases = {"views"};
constexpr std::array<View, 1> kOutputAliases = {"outputs"};
constexpr std::span<const View> kNone;

constexpr Field row(View name, char short_name, std::span<const View> aliases, Group group, View value, View help,
                    View fallback, Codec codec, std::span<const View> choices = {}, View joiner = {}) {
  const bool repeats = name == "output" || name == "set" || name == "compare";
  return {name, short_name, aliases, group, value, help, fallback, choices, repeats, joiner, codec.parse, codec.print};
}

constexpr Group kLayer = Group::layer, kData = Group::data, kShow = Group::show, kOut = Group::out;
constexpr View kSizesValue = "N|RxC", kSrc = "SRC";

// clang-format off
constexpr Field kFields[] = {
    row("layer", 0, kLayerAliases, kLayer, "KIND", "the kind of layer, or a whole layer as PyTorch prints it; the command says it otherwise", "the command",
        layer_kind()),
    row("input-size", 'i', kNone, kLayer, kSizesValue, "size of the input, rows before columns", "5; 3 for a transposed layer",
        sizes<"input-size", &J::input_size, 1>(), {}, "x"),
    row("kernel-size", 'k', kKernelAliases, kLayer, kSizesValue, "size of the kernel or pooling window", "3",
        sizes<"kernel-size", &J::kernel_size, 1>(), {}, "x"),
    row("stride", 's', kStrideAliases, kLayer, kSizesValue, "how far the window moves; for a transposed layer how far apart the inputs land", "1; pooling: the kernel size",
        sizes<"stride", &J::stride, 1>(), {}, "x"),
    row("padding", 'p', kNone, kLayer, "N|RxC|NAME|T,B,L,R",
        "cells around the input (a transposed layer's output loses them): a number, rows x columns, top,bottom,left,right (1-D: before,after), "
        "same (PyTorch's, stride 1), valid, full, same-upper or same-lower (TensorFlow's and ONNX's)", "0",
        codec<"padding", &J::padding, read_padding, print_padding>(), {}, "x"),
    row("dilation", 'd', kDilationAliases, kLayer, kSizesValue, "distance between the kernel's taps", "1",
        sizes<"dilation", &J::dilation, 1>(), {}, "x"),
    row("output-padding", 0, kNone, kLayer, kSizesValue, "rows and columns computed at the end of a transposed layer's output", "0",
        sizes<"output-padding", &J::output_padding, 0>(), {}, "x"),
    row("output-size", 0, kNone, kLayer, kSizesValue, "wanted output size of a transposed layer; decides the output padding", "",
        sizes<"output-size", &J::output_size, 1>(), {}, "x"),
    row("in-channels", 0, kNone, kLayer, "N", "channels of the input", "what the values have, else the groups",
        whole<"in-channels", &J::in_channels, 1>()),
    row("out-channels", 0, kOutChannelAliases, kLayer, "N", "channels of the output", "what the values have, else the groups",
        whole<"out-channels", &J::out_channels, 1>()),
    row("groups", 'g', kGroupAliases, kLayer, "N", "groups of channels that do not see each other", "1",
        whole<"groups", &J::groups, 1>()),
    row("padding-mode", 0, kNone, kLayer, "MODE", "what the padding holds", "zeros",
        choice<"padding-mode", &J::padding_mode, kPaddingModes>(), kPaddingModes),
    row("ceil-mode", 0, kNone, kLayer, "", "pooling: a last window may hang over the end", "no",
        toggle<"ceil-mode", &J::ceil_mode>()),
    row("count-include-pad", 0, kNone, kLayer, "", "average pooling: padding counts in the divisor", "yes",
        toggle<"count-include-pad", &J::count_include_pad>()),
    row("divisor-override", 0, kNone, kLayer, "N", "average pooling: divide by this number", "the window's size",
        divisor()),
    row("flip-kernel", 0, kNone, kLayer, "", "true convolution: the kernel turned by 180 degrees", "no",
        toggle<"flip-kernel", &J::flip_kernel>()),

    row("input-values", 0, kNone, kData, kSrc,
        "the input's numbers: '1 2; 3 4' (channels by |), a number, ramp, ones, zeros, impulse, checker, gradient, random:SEED, or a file "
        "(.npy .csv .json .png .jpg .webp); shape [C,(H,)W]", "small numbers that teach",
        text<"input-values", &J::input_values>()),
    row("kernel-values", 0, kNone, kData, kSrc,
        "the kernel's numbers: as for the input (outer kernels by ||), or sobel-x, sobel-y, gaussian, box, sharpen, laplacian, emboss, identity, bilinear; "
        "shape [O,I/g,(kh,)kw], transposed [I,O/g,(kh,)kw]", "vertical edges; transposed: a hill",
        text<"kernel-values", &J::kernel_values>()),
    row("bias", 0, kNone, kData, kSrc, "one number added to every output, or one a channel; without it none is shown, also where PyTorch would have one", "none",
        text<"bias", &J::bias>()),

    row("view", 0, kViewAliases, kShow, "NAME[+NAME]", "how the layer is drawn; several side by side, in step", "zero-insertion for a transposed layer, else slide",
        codec<"view", &J::views, read_views, kJoinViews>(), {}, "+"),
    row("theme", 0, kNone, kShow, "NAME|FILE", "colours, textures and fonts", "light",
        text<"theme", &J::theme>()),
    row("set", 0, kNone, kShow, "KEY=VALUE", "change one value of the theme, such as role.input.fill=#94B6D2", "",
        list<"set", &J::set, read_assignment, kAssignmentText>(), {}, "\n"),
    row("layout", 0, kNone, kShow, "LAYOUT", "full: title, formula, arithmetic, progress; article: two panels under a heading; plain: the grids alone", "full",
        choice<"layout", &J::layout, kLayouts>(), kLayouts),
    row("size", 0, kNone, kShow, "WxH", "fit the picture into this many pixels", "960 wide, as high as needed",
        codec<"size", &J::size, read_pixels, kSizeText>(), {}, "x"),
    row("cell", 0, kNone, kShow, "PX", "size of a cell", "what fits",
        whole<"cell", &J::cell, 4, 512>()),
    row("title", 0, kNone, kShow, "TEXT", "title instead of the layer's own", "the layer's parameters",
        codec<"title", &J::title, [](View, View words) { return std::string(words); }, kAsIs>()),
    row("numbers", 0, kNone, kShow, "", "write the numbers into the cells", "yes",
        toggle<"numbers", &J::numbers>()),
    row("arithmetic", 0, kNone, kShow, "", "write out each step's sum", "yes",
        toggle<"arithmetic", &J::arithmetic>()),
    row("chapters", 0, kNone, kShow, "WHICH", "the steps before the sliding: all or none", "all",
        choice<"chapters", &J::chapters, kChapters>(), kChapters),
    row("motion", 0, kNone, kShow, "MOTION", "step: one picture a step; smooth: the window glides", "step; smooth for video",
        choice<"motion", &J::motion, kMotions>(), kMotions),
    row("step", 0, kNone, kShow, "TIME", "how long a step lasts", "0.6s",
        time<"step", &J::step, 1000>()),
    row("hold-start", 0, kNone, kShow, "TIME", "extra time for the first picture", "0s",
        time<"hold-start", &J::hold_start, 0>()),
    row("hold-end", 0, kNone, kShow, "TIME", "how long the finished result stays; 0: no such picture", "2s",
        time<"hold-end", &J::hold_end, 0>()),
    row("predict", 0, kNone, kShow, "TIME", "hide each result this long, then reveal it", "off",
        time<"predict", &J::predict, 1000>()),
    row("speed", 0, kNone, kShow, "FACTOR", "divides all times", "1",
        codec<"speed", &J::speed, kReadSpeed, kExact>()),
    row("fps", 0, kNone, kShow, "N", "pictures a second while something glides", "the format's own",
        whole<"fps", &J::fps, 1, 240>()),
    row("loop", 0, kNone, kShow, "forever|once|N", "how many times the animation is played", "forever",
        codec<"loop", &J::loop, read_loop, kLoopText>()),
    row("steps", 0, kNone, kShow, "N|A..B", "only these steps, counted from 1", "all",
        codec<"steps", &J::steps, read_steps, kStepsText>(), {}, ".."),
    row("transparent", 0, kNone, kShow, "", "no background", "no",
        toggle<"transparent", &J::transparent>()),
    row("aa-levels", 0, kNone, kShow, "N", "steps of coverage at the edges of shapes and letters; fewer make smaller files", "12",
        whole<"aa-levels", &J::aa_levels, 2, 256>()),

    row("output", 'o', kOutputAliases, kOut, "FILE[:KEY=VALUE]", "file to write, the format by its ending; may be given several times; - is stdout", "",
        list<"output", &J::outputs, read_text, kAsIs>(), {}, "\n"),
    row("format", 0, kNone, kOut, "NAME", "format where no ending tells", "by the ending",
        text<"format", &J::format>()),
    row("still", 0, kNone, kOut, "first|last|N", "which picture a still shows", "last",
        codec<"still", &J::still, read_still, kAsIs>()),
    row("max-bytes", 0, kNone, kOut, "SIZE",
        "no file is larger: 500k and 10M are thousands of bytes, MiB 1024s; what nobody chose gives way (edges, rate, compression, pixels)", "no limit",
        codec<"max-bytes", &J::max_bytes, read_byte_size, print_byte_size>()),
    row("for", 0, kNone, kOut, "PLACE", "write what that place wants beside a name without an ending (-o talk/conv) and print what to paste there", "",
        codec<"for", &J::place, [](View name, View text) { return std::string(kPlaces[read_choice(name, text, kPlaces)]); }, kAsIs>(), kPlaces),
    row("compare", 0, kNone, kLayer, "LAYER", "one of two to four layers to show side by side, as 'conv2d -s 2'", "",
        list<"compare", &J::compare, read_text, kAsIs>(), {}, "\n"),
    row("name", 0, kNone, kOut, "TEXT", "what {name} stands for", "the preset's name, else the kind",
        text<"name", &J::name>()),
};
// clang-format on

/// '_' and '-' alike.
bool same_name(View a, View b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x == '_' ? '-' : x) == (y == '_' ? '-' : y); });
}

}  // namespace

std::span<const Field> fields() { return kFields; }

const Field* field_named(std::string_view name) {
  for (const Field& field : kFields) {
    if (same_name(field.name, name)) return &field;
    for (View alias : field.aliases)
      if (same_name(alias, name)) return &field;
  }
  return nullptr;
}

}  // namespace convreel::job
