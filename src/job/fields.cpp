#include "job/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "data/source.hpp"
#include "job/byte_size.hpp"
#include "job/layer_name.hpp"
#include "job/places.hpp"
#include "job/sources.hpp"
#include "job/stack.hpp"
#include "job/values.hpp"

namespace convreel::job {

namespace {

using J = JobSpec;
using numerics::Layer;
using View = std::string_view;
using Text = std::optional<std::string>;
using base::Duration;

/// A row's member of what was written.
template <auto kMember, class Spec>
auto& at(Spec& spec) {
  if constexpr (requires { spec.*kMember; })
    return spec.*kMember;
  else
    return spec.show.*kMember;
}

template <auto kMember>
using Value = std::remove_cvref_t<decltype(*at<kMember>(std::declval<J&>()))>;

template <auto kMember>
void take(J& base, const J& over) {
  if (written(at<kMember>(over))) at<kMember>(base) = at<kMember>(over);
}

template <auto kMember, auto kDecides>
void decide(Layer& layer, const J& spec) {
  if (written(at<kMember>(spec))) layer.*kDecides = *at<kMember>(spec);
}

/// A row whose member is read by `read(name, text)` and printed by `write(value)`. What the layer does with it, when
/// that is only to have it, is its member `kDecides`.
template <auto kMember, auto kRead, auto kWrite, auto kDecides = nullptr>
constexpr Codec codec(View joiner = {}) {
  Codec made{.parse = [](J& spec, View name, View text) { at<kMember>(spec) = kRead(name, text); },
             .print = [](const J& spec) -> Text {
               const auto& member = at<kMember>(spec);
               if (!written(member)) return std::nullopt;
               if constexpr (requires { *member; })
                 return kWrite(*member);
               else
                 return kWrite(member);
             },
             .take = take<kMember>,
             .joiner = joiner};
  if constexpr (kDecides != nullptr) made.decide = decide<kMember, kDecides>;
  return made;
}

constexpr auto kAsIs = [](const std::string& text) { return text; };
constexpr auto kDigits = [](auto number) { return std::to_string(number); };
constexpr auto kExact = [](double number) { return base::exact(number); };
constexpr auto kTrueFalse = [](bool on) { return std::string(on ? "true" : "false"); };

template <auto kMember, std::int64_t kLeast>
constexpr Codec sizes() {
  return codec<kMember, [](View name, View text) { return read_sizes(name, text, kLeast); }, print_sizes>("x");
}

constexpr std::int64_t kAnyCount = std::numeric_limits<std::int64_t>::max();

template <auto kMember, std::int64_t kLeast, std::int64_t kMost = kAnyCount, auto kDecides = nullptr>
constexpr Codec whole() {
  return codec<kMember,
               [](View name, View text) {
                 return static_cast<Value<kMember>>(read_whole(name, text, {kLeast, kMost}));
               },
               kDigits, kDecides>();
}

template <auto kMember, auto kDecides = nullptr>
constexpr Codec toggle() {
  return codec<kMember, read_switch, kTrueFalse, kDecides>();
}

template <auto kMember>
constexpr Codec text() {
  return codec<kMember, read_text, kAsIs>();
}

template <auto kMember, std::int64_t kLeastMicroseconds>
constexpr Codec time() {
  return codec<kMember, [](View name, View text) { return read_duration(name, text, Duration(kLeastMicroseconds)); },
               print_duration>();
}

/// An enumeration whose values are the indices of `kChoices`.
template <auto kMember, const auto& kChoices, auto kDecides = nullptr>
constexpr Codec choice() {
  using Chosen = Value<kMember>;
  Codec made =
      codec<kMember, [](View name, View text) { return static_cast<Chosen>(read_choice(name, text, kChoices)); },
            [](Chosen value) { return std::string(kChoices[static_cast<std::size_t>(value)]); }, kDecides>();
  made.choices = kChoices;
  return made;
}

/// A list with one entry a line; every reading adds.
template <auto kMember, auto kRead, auto kWrite>
constexpr Codec list() {
  return {.parse =
              [](J& spec, View name, View text) {
                for (View line : base::split(text, '\n')) at<kMember>(spec).push_back(kRead(name, line));
              },
          .print = [](const J& spec) -> Text {
            if (!written(at<kMember>(spec))) return std::nullopt;
            std::vector<std::string> lines;
            for (const auto& entry : at<kMember>(spec)) lines.push_back(kWrite(entry));
            return base::join(lines, "\n");
          },
          .take = take<kMember>,
          .joiner = "\n",
          .repeats = true};
}

/// Layers of a stack, a line each when printed.
constexpr Codec stack() {
  return {.parse =
              [](J& spec, View, View text) {
                for (std::string& layer : stack_layers(text)) spec.stack.push_back(std::move(layer));
              },
          .print = [](const J& spec) -> Text {
            if (spec.stack.empty()) return std::nullopt;
            return base::join(spec.stack, "\n");
          },
          .take = take<&J::stack>,
          .joiner = "\n",
          .repeats = true};
}

/// A kind of layer, or a whole layer as PyTorch prints it, whose parameters count as written here.
void parse_layer(J& spec, View field, View text) {
  if (looks_like_layer(text)) {
    spec = merge(spec, from_layer_string(text));
    return;
  }
  spec.layer = layer_named(text);
  if (spec.layer) return;
  std::vector<View> names;
  for (const LayerRow& row : layer_rows()) names.push_back(row.name);
  const auto near = base::nearest(text, names);
  reject(field, fmt::format("one of {}", fmt::join(names, ", ")), text,
         near ? fmt::format("did you mean {}?", *near) : std::string{});
}

constexpr Codec layer_kind() {
  return {.parse = parse_layer,
          .print = [](const J& spec) { return spec.layer ? Text(std::string(name(*spec.layer))) : std::nullopt; },
          .take = take<&J::layer>};
}

constexpr auto kReadDivisor = [](View name, View text) {
  const std::int64_t number = read_whole(name, text, {});
  if (number == 0) reject(name, "a number other than 0", text);
  return number;
};
constexpr auto kJoinViews = [](const std::vector<std::string>& views) { return base::join(views, "+"); };
constexpr auto kSizeText = [](PixelSize size) { return fmt::format("{}x{}", size.width, size.height); };
constexpr auto kLoopText = [](int loop) {
  return loop == 0 ? std::string("forever") : loop == 1 ? std::string("once") : std::to_string(loop);
};
constexpr auto kStepsText = [](StepRange steps) { return fmt::format("{}..{}", steps.first, steps.last); };
constexpr auto kAssignmentText = [](const auto& pair) { return fmt::format("{}={}", pair.first, pair.second); };
constexpr auto kReadSpeed = [](View name, View text) { return read_number(name, text, 0.01, 100); };

constexpr std::array<View, 4> kPaddingModes = {"zeros", "reflect", "replicate", "circular"};
constexpr std::array<View, 4> kLayouts = {"full", "article", "plain", "portrait"};
constexpr std::array<View, 2> kChapters = {"all", "none"};
constexpr std::array<View, 2> kMotions = {"step", "smooth"};
constexpr std::array<View, 2> kPaces = {"teach", "even"};

constexpr auto kPlaceNames = [] {
  std::array<View, std::size(kPlaces)> names;
  std::ranges::transform(kPlaces, names.begin(), &Place::name);
  return names;
}();

constexpr std::array<View, 1> kLayerAliases = {"kind"};
constexpr std::array<View, 2> kKernelAliases = {"pool-size", "kernel-shape"};
constexpr std::array<View, 1> kStrideAliases = {"strides"};
constexpr std::array<View, 2> kDilationAliases = {"dilation-rate", "dilations"};
constexpr std::array<View, 1> kOutChannelAliases = {"filters"};
constexpr std::array<View, 1> kGroupAliases = {"group"};
constexpr std::array<View, 1> kViewAliases = {"views"};
constexpr std::array<View, 1> kOutputAliases = {"outputs"};
constexpr std::span<const View> kNone;

constexpr Group kLayer = Group::layer, kData = Group::data, kShow = Group::show, kOut = Group::out;
constexpr View kSizesValue = "N|[Dx]RxC", kSrc = "SRC";

// clang-format off
constexpr Field kFields[] = {
    {"layer", 0, kLayerAliases, kLayer, "KIND", "the kind of layer, or a whole layer as PyTorch prints it; the command says it otherwise", "the command",
        layer_kind()},
    {"input-size", 'i', kNone, kLayer, kSizesValue, "size of the input, depth before rows before columns", "5; 3 for a transposed layer",
        sizes<&J::input_size, 1>()},
    {"kernel-size", 'k', kKernelAliases, kLayer, kSizesValue, "size of the kernel or pooling window", "3",
        sizes<&J::kernel_size, 1>()},
    {"stride", 's', kStrideAliases, kLayer, kSizesValue, "how far the window moves; for a transposed layer how far apart the inputs land", "1; pooling: the kernel size",
        sizes<&J::stride, 1>()},
    {"padding", 'p', kNone, kLayer, "N|[Dx]RxC|NAME|T,B,L,R",
        "cells around the input (a transposed layer's output loses them): a number, rows x columns, top,bottom,left,right (1-D: before,after; 3-D: front,back before them), "
        "same (PyTorch's, stride 1), valid, full, same-upper or same-lower (TensorFlow's and ONNX's), causal (1-D: all before)", "0",
        codec<&J::padding, read_padding, print_padding>("x")},
    {"dilation", 'd', kDilationAliases, kLayer, kSizesValue, "distance between the kernel's taps", "1",
        sizes<&J::dilation, 1>()},
    {"output-padding", 0, kNone, kLayer, kSizesValue, "slices, rows and columns computed at the end of a transposed layer's output", "0",
        sizes<&J::output_padding, 0>()},
    {"output-size", 0, kNone, kLayer, kSizesValue, "wanted output size of a transposed layer; decides the output padding", "",
        sizes<&J::output_size, 1>()},
    {"in-channels", 0, kNone, kLayer, "N", "channels of the input", "what the values have, else the groups",
        whole<&J::in_channels, 1>()},
    {"out-channels", 0, kOutChannelAliases, kLayer, "N", "channels of the output", "what the values have, else the groups",
        whole<&J::out_channels, 1>()},
    {"groups", 'g', kGroupAliases, kLayer, "N", "groups of channels that do not see each other", "1",
        whole<&J::groups, 1, kAnyCount, &Layer::groups>()},
    {"padding-mode", 0, kNone, kLayer, "MODE", "what the padding holds", "zeros",
        choice<&J::padding_mode, kPaddingModes, &Layer::padding_mode>()},
    {"ceil-mode", 0, kNone, kLayer, "", "pooling: a last window may hang over the end", "no",
        toggle<&J::ceil_mode, &Layer::ceil_mode>()},
    {"count-include-pad", 0, kNone, kLayer, "", "average pooling: padding counts in the divisor", "yes",
        toggle<&J::count_include_pad, &Layer::count_include_pad>()},
    {"divisor-override", 0, kNone, kLayer, "N", "average pooling: divide by this number", "the window's size",
        codec<&J::divisor_override, kReadDivisor, kDigits, &Layer::divisor_override>()},
    {"flip-kernel", 0, kNone, kLayer, "", "true convolution: the kernel turned by 180 degrees", "no",
        toggle<&J::flip_kernel, &Layer::flip_kernel>()},
    {"rules", 0, kNone, kLayer, "FRAMEWORK", "whose rules say what is legal and what defaults and words mean: pytorch, onnx, keras or jax", "pytorch; a layer line's own",
        choice<&J::rules, numerics::kRulesNames, &Layer::rules>()},

    {"input-values", 0, kNone, kData, kSrc,
        "the input's numbers: '1 2; 3 4' (depth slices by ;;, channels by |), a number, ramp, ones, zeros, impulse, checker, gradient, random:SEED, or a file "
        "(.npy .csv .json .png .jpg .webp .gif); shape [C,(D,)(H,)W]", "small numbers that teach",
        text<&J::input_values>()},
    {"kernel-values", 0, kNone, kData, kSrc,
        "the kernel's numbers: as for the input (outer kernels by ||), or sobel-x, sobel-y, gaussian, box, sharpen, laplacian, emboss, identity, bilinear, several by || for as many outputs; "
        "shape [O,I/g,(kd,)(kh,)kw], transposed [I,O/g,(kd,)(kh,)kw]", "vertical edges; transposed: rising into one corner",
        text<&J::kernel_values>()},
    {"bias", 0, kNone, kData, kSrc, "one number added to every output, or one a channel; without it none is shown, also where PyTorch would have one", "none",
        text<&J::bias>()},
    {"grad-values", 0, kNone, kData, kSrc, "the gradient at the output, in its shape: the trace then has those at the input, the weights and the bias", "none",
        text<&J::grad_values>()},

    {"view", 0, kViewAliases, kShow, "NAME[+NAME]", "how the layer is drawn; several side by side, in step", "zero-insertion for a transposed layer, else slide",
        codec<&Show::views, read_views, kJoinViews>("+")},
    {"theme", 0, kNone, kShow, "NAME|FILE", "colours, textures and fonts", "light",
        text<&Show::theme>()},
    {"set", 0, kNone, kShow, "KEY=VALUE", "change one value of the theme, such as role.input.fill=#94B6D2", "",
        list<&Show::theme_overrides, read_assignment, kAssignmentText>()},
    {"layout", 0, kNone, kShow, "LAYOUT", "full: title, formula, arithmetic, progress; article: two panels under a heading; plain: the grids alone; portrait: full in a narrow page, grids below each other, for phones and stories", "full",
        choice<&Show::layout, kLayouts>()},
    {"size", 0, kNone, kShow, "WxH", "fit the picture into this many pixels", "960 wide, as high as needed",
        codec<&Show::size, read_pixels, kSizeText>("x")},
    {"cell", 0, kNone, kShow, "PX", "size of a cell", "what fits",
        whole<&Show::cell, 4, 512>()},
    {"title", 0, kNone, kShow, "TEXT", "title instead of the layer's own", "the layer's parameters",
        codec<&Show::title, [](View, View words) { return std::string(words); }, kAsIs>()},
    {"numbers", 0, kNone, kShow, "", "write the numbers into the cells", "yes",
        toggle<&Show::numbers>()},
    {"arithmetic", 0, kNone, kShow, "", "write out each step's sum", "yes",
        toggle<&Show::arithmetic>()},
    {"chapters", 0, kNone, kShow, "WHICH", "the steps before the sliding: all or none", "all",
        choice<&Show::chapters, kChapters>()},
    {"motion", 0, kNone, kShow, "MOTION", "step: one picture a step; smooth: the window glides", "step; smooth for video",
        choice<&Show::motion, kMotions>()},
    {"pace", 0, kNone, kShow, "PACE", "teach: time to read, the first steps slowly and term by term, then faster, many steps a row at a time (about a minute at most); even: every step as long as the other",
        "teach; even with --step or --predict",
        choice<&Show::pace, kPaces>()},
    {"step", 0, kNone, kShow, "TIME", "how long a step lasts", "0.6s",
        time<&Show::step, 1000>()},
    {"hold-start", 0, kNone, kShow, "TIME", "extra time for the first picture", "0s",
        time<&Show::hold_start, 0>()},
    {"hold-end", 0, kNone, kShow, "TIME", "how long the finished result stays; 0: no such picture", "2s",
        time<&Show::hold_end, 0>()},
    {"predict", 0, kNone, kShow, "TIME", "hide each result this long, then reveal it", "off",
        time<&Show::predict, 1000>()},
    {"speed", 0, kNone, kShow, "FACTOR", "divides all times", "1",
        codec<&J::speed, kReadSpeed, kExact>()},
    {"fps", 0, kNone, kShow, "N", "pictures a second while something glides", "the format's own",
        whole<&Show::fps, 1, 240>()},
    {"loop", 0, kNone, kShow, "forever|once|N", "how many times the animation is played", "forever",
        codec<&Show::loop, read_loop, kLoopText>()},
    {"steps", 0, kNone, kShow, "N|A..B", "only these steps, counted from 1", "all",
        codec<&Show::steps, read_steps, kStepsText>("..")},
    {"transparent", 0, kNone, kShow, "", "no background", "no",
        toggle<&Show::transparent>()},
    {"credit", 0, kNone, kShow, "", "say in the file, where its format has a place for it, that it is under CC0: yours", "yes",
        toggle<&Show::credit>()},
    {"aa-levels", 0, kNone, kShow, "N", "steps of coverage at the edges of shapes and letters; fewer make smaller files", "12",
        whole<&Show::aa_levels, 2, 256>()},

    {"output", 'o', kOutputAliases, kOut, "FILE[:KEY=VALUE]", "file to write, the format by its ending; may be given several times; - is stdout", "",
        list<&J::outputs, read_text, kAsIs>()},
    {"format", 0, kNone, kOut, "NAME", "format where no ending tells", "by the ending",
        text<&J::format>()},
    {"still", 0, kNone, kOut, "first|last|N", "which picture a still shows", "last",
        codec<&J::still, read_still, print_still>()},
    {"max-bytes", 0, kNone, kOut, "SIZE",
        "no file is larger: 500k and 10M are thousands of bytes, MiB 1024s; what nobody chose gives way (edges, rate, compression, pixels)", "no limit",
        codec<&J::max_bytes, read_byte_size, print_byte_size>()},
    {"for", 0, kNone, kOut, "PLACE", "write what that place wants beside a name without an ending (-o talk/conv) and print what to paste there", "",
        choice<&J::place, kPlaceNames>()},
    {"compare", 0, kNone, kLayer, "LAYER", "one of two to four layers to show side by side, as 'conv2d -s 2'", "",
        list<&J::compare, read_text, kAsIs>()},
    {"stack", 0, kNone, kLayer, "LAYERS", "layers one after the other instead of one, as PyTorch prints them: a line each or a Sequential(...); options of a layer may follow it", "",
        stack()},
    {"model", 0, kNone, kLayer, "FILE.onnx", "a model of which model-part is a layer or several, with the weights it has", "",
        text<&J::model>()},
    {"model-part", 0, kNone, kLayer, "NAME|N|A..B", "a layer of the model by its name or by its row in the table, or all from one to another", "",
        text<&J::model_part>()},
    {"channels", 0, kNone, kLayer, "LIST[:LIST]...", "channels of a model's layer that are kept, counted from 0: the input's, then those of every convolution's output (0..2:5)", "all",
        text<&J::channels>()},
    {"crop", 0, kNone, kLayer, "RxC[+ROW+COLUMN]", "a window of the input of a model's layer", "all of it; in the middle",
        text<&J::crop>()},
    {"name", 0, kNone, kOut, "TEXT", "what {name} stands for", "the preset's name, else the kind",
        text<&J::name>()},
};
// clang-format on

/// '_' and '-' alike.
bool same_name(View a, View b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x == '_' ? '-' : x) == (y == '_' ? '-' : y); });
}

/// A size from below gives way to values from above, unless a size stands beside them.
bool yields(const std::optional<Sizes>& base, const std::optional<Sizes>& over) { return base && !over; }

}  // namespace

void Field::parse(JobSpec& spec, std::string_view text) const {
  if (const std::string bad = base::forbidden_character(text); !bad.empty())
    throw base::Error(base::ErrorKind::usage, fmt::format("--{} holds {}, which no text may hold", name, bad),
                      "text is UTF-8 without control characters");
  codec.parse(spec, name, text);
}

std::span<const Field> fields() { return kFields; }

bool names_file(const Field& field, std::string_view text) {
  if (field.name == "theme") return text.ends_with(".toml");
  return field.name == "model" || (field.group == Group::data && data::names_file(text));
}

const Field* field_named(std::string_view name) {
  for (const Field& field : kFields) {
    if (same_name(field.name, name)) return &field;
    for (View alias : field.aliases)
      if (same_name(alias, name)) return &field;
  }
  return nullptr;
}

JobSpec merge(const JobSpec& base, const JobSpec& over) {
  JobSpec result = base;
  for (const Field& field : kFields) field.codec.take(result, over);
  result.limits.take(over.limits);
  if (over.input_values || over.input_size)
    result.input_size_yields =
        over.input_size_yields || (over.input_values && yields(base.input_size, over.input_size));
  if (over.kernel_values || over.kernel_size)
    result.kernel_size_yields =
        over.kernel_size_yields || (over.kernel_values && yields(base.kernel_size, over.kernel_size));
  return result;
}

}  // namespace convreel::job
