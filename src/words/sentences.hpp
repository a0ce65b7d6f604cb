// The table: every sentence of pictures, captions, alt texts and transcripts, by name. In English.
#pragma once

#include "words/words.hpp"

namespace convreel::words {

// How remarks are joined.
inline constexpr Sentence kNextRemark{"next-remark", "{before}, {next}"};
inline constexpr Sentence kNextStatement{"next-statement", "{before}; {next}"};
inline constexpr Sentence kEither{"either", "{before} or {last}"};
inline constexpr Sentence kBoth{"both", "{before} and {last}"};

// Layers and their parameters.
inline constexpr Sentence kDepthwise{"depthwise", "depthwise {layer}"};
inline constexpr Sentence kGrouped{"grouped", "grouped {layer}"};
inline constexpr Sentence kChannels{"channels", "{layer}, {n} channels"};
inline constexpr Sentence kChannelsChange{"channels-change", "{layer}, {in} → {out} channels"};
inline constexpr Sentence kInGroups{"in-groups", "{layer} in {n} groups"};
inline constexpr Sentence kKernelSize{"kernel-size", "{size} kernel"};
inline constexpr Sentence kKernelLength{"kernel-length", "kernel of {size}"};
inline constexpr Sentence kWindowSize{"window-size", "{size} window"};
inline constexpr Sentence kWindowLength{"window-length", "window of {size}"};
inline constexpr Sentence kStride{"stride", "stride {stride}"};
inline constexpr Sentence kPadding{"padding", "padding {padding}"};
inline constexpr Sentence kDilation{"dilation", "dilation {dilation}"};
inline constexpr Sentence kOutputPadding{"output-padding", "output padding {padding}"};
inline constexpr Sentence kPaddingMode{"padding-mode", "padding mode {mode}"};
inline constexpr Sentence kGroups{"groups", "{n} groups"};
inline constexpr Sentence kCeilMode{"ceil-mode", "ceil mode"};
inline constexpr Sentence kRulesOf{"rules-of", "by the rules of {framework}"};
inline constexpr Sentence kAnInput{"an-input", "a {size} input"};
inline constexpr Sentence kAnInputVowel{"an-input-vowel", "an {size} input"};
inline constexpr Sentence kAnInputStrip{"an-input-strip", "an input of {size}"};
inline constexpr Sentence kAltText{"alt-text", "{layer}: {parameters} over {input}; the output is {output}."};
inline constexpr Sentence kArticleHeading{"article-heading", "Type: {type} - Stride: {stride} Padding: {padding}"};

// What maps and weights are called, under them and in chips.
inline constexpr Sentence kInput{"input", "input"};
inline constexpr Sentence kKernel{"kernel", "kernel"};
inline constexpr Sentence kOutput{"output", "output"};
inline constexpr Sentence kBiasName{"bias-name", "bias"};
inline constexpr Sentence kWindows{"windows", "windows"};
inline constexpr Sentence kProductsName{"products-name", "products"};
inline constexpr Sentence kReadsName{"reads-name", "reads"};

// Chips: a parameter's name, and values that are words.
inline constexpr Sentence kStrideName{"stride-name", "stride"};
inline constexpr Sentence kPaddingName{"padding-name", "padding"};
inline constexpr Sentence kDilationName{"dilation-name", "dilation"};
inline constexpr Sentence kOutputPaddingName{"output-padding-name", "output padding"};
inline constexpr Sentence kGroupsName{"groups-name", "groups"};
inline constexpr Sentence kPaddingModeName{"padding-mode-name", "padding mode"};
inline constexpr Sentence kCountPaddingName{"count-padding-name", "count padding"};
inline constexpr Sentence kRulesName{"rules-name", "rules"};
inline constexpr Sentence kReceptiveFieldName{"receptive-field-name", "receptive field"};
inline constexpr Sentence kOn{"on", "on"};
inline constexpr Sentence kNo{"no", "no"};
inline constexpr Sentence kFlipped{"flipped", "flipped"};
inline constexpr Sentence kSidesOfDepth{"sides-of-depth", "front {before}, back {after}"};
inline constexpr Sentence kSidesOfRows{"sides-of-rows", "top {before}, bottom {after}"};
inline constexpr Sentence kSidesOfColumns{"sides-of-columns", "left {before}, right {after}"};

// Signs between maps.
inline constexpr Sentence kAdd{"add", "add"};
inline constexpr Sentence kWeightsBackwards{"weights-backwards", "w, backwards"};

// Panels of the article's layout.
inline constexpr Sentence kInputPanel{"input-panel", "Input"};
inline constexpr Sentence kOutputPanel{"output-panel", "Output"};

// Titles: what a view adds.
inline constexpr Sentence kStamped{"stamped", "{layer}, stamped"};
inline constexpr Sentence kOverlapOfStamps{"overlap-of-stamps", "{layer}, overlap of its stamps"};
inline constexpr Sentence kOverlapOfWindows{"overlap-of-windows", "{layer}, overlap of its windows"};
inline constexpr Sentence kThereAndBack{"there-and-back", "{layer}, there and back"};
inline constexpr Sentence kAsMatrix{"as-matrix", "{layer} as a matrix"};
inline constexpr Sentence kIm2col{"im2col", "{layer}, im2col"};
inline constexpr Sentence kBackward{"backward", "{layer}, backward"};

inline constexpr Sentence kReceptiveFieldOf{"receptive-field-of", "{layer}, the receptive field"};
inline constexpr Sentence kEqualsOneLayer{"equals-one-layer", "{layer} = one layer"};
inline constexpr Sentence kGradientIsOneLayer{"gradient-is-one-layer", "{layer}: its gradient is one layer"};

// Captions.
inline constexpr Sentence kPaddedTo{"padded-to", "padded to {size}"};
inline constexpr Sentence kPaddingNotCounted{"padding-not-counted", "padding not counted"};
inline constexpr Counted kNeverRead{{"never-read-one", "{n} cell never read"}, {"never-read", "{n} cells never read"}};
inline constexpr Sentence kNotRead{"not-read", "not read"};
inline constexpr Sentence kNotFed{"not-fed", "not fed"};
inline constexpr Sentence kMoreChannels{"more-channels", "{n} more"};
inline constexpr Sentence kShadedByValue{"shaded-by-value", "shaded by value"};
inline constexpr Sentence kChannelsNotRead{"channels-not-read", "{n} not read"};
inline constexpr Sentence kRestOfChannels{"rest-of-channels", " ({n} more channels)"};
inline constexpr Sentence kRotated{"rotated", "rotated 180°"};
inline constexpr Sentence kOverItsInputs{"over-its-inputs", "over its inputs"};
inline constexpr Sentence kFlippedTwice{"flipped-twice", "flipped twice: as stored"};
inline constexpr Sentence kZerosInserted{"zeros-inserted", "zeros inserted: {size}"};
inline constexpr Sentence kInsertedAndPadded{"inserted-and-padded", "zeros inserted and padded: {size}"};
inline constexpr Sentence kInsertedAndCropped{"inserted-and-cropped", "zeros inserted and cropped: {size}"};
inline constexpr Sentence kOutputPaddingDashed{"output-padding-dashed", "output padding {padding} dashed"};
inline constexpr Sentence kSpreadByDilation{"spread-by-dilation", "spread by dilation {dilation}"};
inline constexpr Sentence kCroppedTo{"cropped-to", "cropped to {size}"};
inline constexpr Sentence kHowOftenRead{"how-often-read", "how often each input cell is read"};
inline constexpr Sentence kAddedIntoEach{"added-into-each", "added into each output"};
inline constexpr Sentence kAddedSomeRemain{"added-some-remain", "added into each output; dashed: {size} remain"};
inline constexpr Sentence kOneRowAnOutput{"one-row-an-output", "{size}, one row an output"};
inline constexpr Sentence kOneARow{"one-a-row", "{size}, one a row"};
inline constexpr Sentence kAColumnAChannel{"a-column-a-channel", "a column a channel"};
inline constexpr Sentence kItsWindow{"its-window", "its window"};
inline constexpr Sentence kInsertedItsWindow{"inserted-its-window", "zeros inserted, its window"};

// Chapters.
inline constexpr Sentence kPad{"pad", "pad"};
inline constexpr Sentence kCrop{"crop", "crop"};
inline constexpr Sentence kSlide{"slide", "slide"};
inline constexpr Sentence kDeriveZAndP{"derive", "derive z, p′"};
inline constexpr Sentence kInsertZeros{"insert-zeros", "insert zeros"};
inline constexpr Sentence kConvolveOnce{"convolve", "convolve"};
inline constexpr Sentence kAtTheEnd{"at-the-end", "{padding}, at the end {after}"};
inline constexpr Sentence kBeginWithBias{"begin-with-bias", "begin with the bias"};
inline constexpr Counted kValues{{"value", "{n} value"}, {"values", "{n} values"}};
inline constexpr Sentence kStampAndAdd{"stamp-and-add", "stamp and add"};
inline constexpr Sentence kInputs{"inputs", "{n} inputs"};
inline constexpr Sentence kCountProducts{"count-products", "count products"};
inline constexpr Sentence kCountReads{"count-reads", "count reads"};
inline constexpr Sentence kMultiply{"multiply", "multiply"};
inline constexpr Sentence kTranspose{"transpose", "transpose"};
inline constexpr Sentence kCompare{"compare", "compare"};
inline constexpr Sentence kGradients{"gradients", "gradients"};
inline constexpr Sentence kField{"field", "field"};
inline constexpr Sentence kStack{"stack", "stack"};
inline constexpr Sentence kNumberedLayer{"numbered-layer", "{n} {layer}"};
inline constexpr Sentence kARowAtATime{"a-row-at-a-time", "a row at a time"};
inline constexpr Sentence kUnrollAndMultiply{"unroll-and-multiply", "unroll and multiply"};
inline constexpr Sentence kAWindowARow{"a-window-a-row", "a window a row"};

// The page.
inline constexpr Sentence kStepOf{"step-of", "step {step} of {all}"};
inline constexpr Sentence kStepsOf{"steps-of", "steps {first}–{last} of {all}"};
inline constexpr Sentence kDone{"done", "done"};
inline constexpr Sentence kStepsTogether{"steps-together", "steps {first} to {last}, each in the same way"};
inline constexpr Sentence kShownTogether{
    "shown-together",
    "The animation shows steps {first} to {alone} one at a time, and from step {next} on up to {together} together.\n"};
inline constexpr Sentence kAxisRemark{"axis-remark", "{axis}: {remark}"};

// Sums.
inline constexpr Sentence kWithZeros{"with-zeros", "  ({zeros} of {products} products are with a zero)"};
inline constexpr Sentence kRowTimesX{"row-times-x", "row {row} · x"};
inline constexpr Sentence kSumAndBias{"sum-and-bias", "Σ + bias {bias}"};
inline constexpr Sentence kNoProduct{"no-product", "no product"};
inline constexpr Sentence kPlusBias{"plus-bias", "{sum} + bias {bias}"};
inline constexpr Sentence kMoreTerms{"more-terms", "… {n} more …"};
inline constexpr Sentence kStepSays{"step-says", "step {step}: {sum}\n"};
inline constexpr Sentence kFromWinner{"from-winner", "{sum}, from {cell}"};

// Zero insertion.
inline constexpr Counted kZerosBetween{{"zero-between", "z = {z} zero between neighbours: {size}"},
                                       {"zeros-between", "z = {z} zeros between neighbours: {size}"}};
inline constexpr Sentence kPaddedOnEverySide{"padded-on-every-side", "p′ zeros on every side: {padding}"};
inline constexpr Sentence kLosesCells{"loses-cells", "p′ is negative: the map loses cells instead, {padding}"};
inline constexpr Sentence kKernelTurned{"kernel-turned",
                                        "the kernel is turned by 180°, then an ordinary convolution with {stride}"};

// Stamps.
inline constexpr Sentence kBiasFirst{"bias-first", "every output begins with its channel's bias, {bias}"};
inline constexpr Sentence kOneValueAChannel{"one-value-a-channel", "one value a channel"};
inline constexpr Sentence kNothingCropped{"nothing-cropped", "nothing is cropped: the output is {size}"};
inline constexpr Sentence kPaddingCrops{"padding-crops", "padding {padding} crops the border: {sheet} → {size}"};
inline constexpr Sentence kStamps{"stamps", "{cell} stamps {stamp} onto {place}"};
inline constexpr Sentence kStampsAndAdds{"stamps-and-adds",
                                         "{cell} stamps {stamp} onto {place}; where stamps overlap they add up"};
inline constexpr Sentence kStampsBack{"stamps-back", "{cell} stamps {stamp} back onto the cells that it was read from"};
inline constexpr Sentence kStampsThere{"stamps-there", "{cell} stamps {stamp}; where stamps overlap they add up"};
inline constexpr Sentence kLandsFirst{"lands-first", "{product} lands where nothing was"};
inline constexpr Sentence kLandsOn{"lands-on", "{product} lands on {before}: {sum}"};
inline constexpr Sentence kTimesKernel{"times-kernel", "{value} · kernel"};
inline constexpr Sentence kOneCell{"one-cell", "cell {first}"};
inline constexpr Sentence kSomeCells{"some-cells", "cells {first}–{last}"};
inline constexpr Sentence kOneRow{"one-row", "row {first}"};
inline constexpr Sentence kSomeRows{"some-rows", "rows {first}–{last}"};
inline constexpr Sentence kOneColumn{"one-column", "column {first}"};
inline constexpr Sentence kSomeColumns{"some-columns", "columns {first}–{last}"};
inline constexpr Sentence kOneSlice{"one-slice", "slice {first}"};
inline constexpr Sentence kSomeSlices{"some-slices", "slices {first}–{last}"};
inline constexpr Sentence kEverySecond{"every-second", "{range} (every 2nd)"};
inline constexpr Sentence kEveryThird{"every-third", "{range} (every 3rd)"};
inline constexpr Sentence kEveryNth{"every-nth", "{range} (every {n}th)"};

// Overlap.
inline constexpr Sentence kAddsProducts{
    "adds-products", "{cell} adds one product to each of {count} outputs; {before} of them had one already"};
inline constexpr Sentence kReadsCells{"reads-cells",
                                      "{cell} reads {count} input cells; {before} of them were read before"};
inline constexpr Sentence kAddsProductsBriefly{"adds-products-briefly",
                                               "{cell}: {count} products, {before} onto others"};
inline constexpr Sentence kReadsCellsBriefly{"reads-cells-briefly", "{cell}: {count} cells, {before} read before"};
inline constexpr Sentence kProductsSoFar{"products-so-far", "{cell} has {products} now"};
inline constexpr Sentence kCroppedHasSoFar{"cropped-has-so-far", "a cell that will be cropped has {products} now"};
inline constexpr Sentence kReadSoFar{"read-so-far", "{cell} has been read {times} so far"};
inline constexpr Sentence kNone{"none", "none"};
inline constexpr Sentence kRange{"range", "{low} to {high}"};
inline constexpr Sentence kEveryOutputAddsUp{"every-output-adds-up", "every output that remains adds up {products}"};
inline constexpr Sentence kEveryCellIsRead{"every-cell-is-read", "every input cell is read {times}"};
inline constexpr Counted kProducts{{"product", "{range} product"}, {"products", "{range} products"}};
inline constexpr Counted kProductsOfChannels{
    {"product-of-channels", "{range} product from each of {channels} channels"},
    {"products-of-channels", "{range} products from each of {channels} channels"}};
inline constexpr Counted kTimes{{"time", "{range} time"}, {"times", "{range} times"}};
inline constexpr Sentence kProductsOfOutput{"products-of-output",
                                            "products of output y: the pairs (a, u) with s·a + d·u − p = y"};
inline constexpr Sentence kReadsOfCell{"reads-of-cell",
                                       "reads of input cell x: the pairs (y, u) with s·y + d·u − p = x"};
inline constexpr Sentence kShareFactor{"share-factor",
                                       "dilation {dilation} and stride {stride} share the factor {factor}"};
inline constexpr Sentence kModulus{"modulus", "{kernel} mod {stride} = {rest}"};
inline constexpr Sentence kVerdict{"verdict", "{reason}: {outcome}"};
inline constexpr Sentence kEvenInside{"even-inside", "even inside"};
inline constexpr Sentence kHolesInOutput{"holes-in-output", "holes, outputs with no product"};
inline constexpr Sentence kHolesInInput{"holes-in-input", "holes, cells that are never read"};
inline constexpr Sentence kCheckerboard{"checkerboard", "uneven, a checkerboard"};
inline constexpr Sentence kStripes{"stripes", "uneven, stripes"};
inline constexpr Sentence kSharedFactorHoles{
    "shared-factor-holes",
    "dilation {dilation} and stride {stride} share the factor {factor}: some outputs get no product"};
inline constexpr Sentence kShortKernelHoles{"short-kernel-holes",
                                            "k = {kernel} < s = {stride}: some outputs get no product"};

// Round trips.
inline constexpr Sentence kShapeComesBack{"shape-comes-back", "the shape comes back: {x} → {y} → {x}"};
inline constexpr Sentence kShapeComesBackPadded{
    "shape-comes-back-padded",
    "the shape comes back: {x} → {y} → {x}, with output padding {padding} for the remainder"};
inline constexpr Sentence kValuesComeBack{"values-come-back", "here the values come back too: all {all} agree"};
inline constexpr Sentence kValuesDiffer{"values-differ", "the values do not: {differ} of {all} differ"};
inline constexpr Sentence kCameBackWithout{"came-back-without", "{size}: the shape came back; the values did not"};
inline constexpr Sentence kCameBackWith{"came-back-with", "{size}: the shape came back; the values did too"};

// Matrices.
inline constexpr Sentence kOneMatrixProduct{"one-matrix-product",
                                            "one product, y = {matrix} · x, gives all {outputs} outputs"};
inline constexpr Sentence kAllWindowsAtOnce{"all-windows-at-once",
                                            "all {windows} windows at once: the convolution is one matrix product"};
inline constexpr Sentence kEveryEntry{"every-entry", "every entry is 1 / the window's divisor; {formula}"};
inline constexpr Sentence kTransposedMatrix{
    "transposed-matrix",
    "transposed convolution with the same parameters: multiply by Cᵀ ({size}); the values do not come back"};
inline constexpr Sentence kConvolutionMatrix{
    "convolution-matrix", "C ({size}) is the matrix of the convolution with the same parameters over this output"};

// Gradients.
inline constexpr Sentence kWindowsItWon{"windows-it-won", "every gradient sums up the outputs whose windows it won"};
inline constexpr Sentence kMeetsPaddingOnly{"meets-padding-only", "it meets padding only"};
inline constexpr Sentence kNoOutputReadsIt{"no-output-reads-it", "no output reads it"};
inline constexpr Sentence kNoWindowsWinner{"no-windows-winner", "it is no window's {winner}"};
inline constexpr Sentence kGradientOfPick{"gradient-of-pick", "∂L/∂x = Σ ∂L/∂y over the windows that x won"};
inline constexpr Sentence kGradientOfMean{"gradient-of-mean", "∂L/∂x = Σ ∂L/∂y ÷ divisor over the windows that hold x"};
inline constexpr Sentence kAdjoint{"adjoint",
                                   "⟨A x, g⟩ = {forward} and ⟨x, Aᵀ g⟩ = {backward}, for g = ∂L/∂y and Aᵀ g = ∂L/∂x"};

// Formulas.
inline constexpr Sentence kWith{"with", "{formula}, with {where}"};
inline constexpr Sentence kPaddingAtTheEnd{"padding-at-the-end", "{padding}, at the end p′ + op = {after}"};
inline constexpr Sentence kPaddingSides{"padding-sides",
                                        "p′ = {k} − 1 − pL = {before} before, {k} − 1 − {pr} = {after} after"};
inline constexpr Sentence kSameOutput{"same-output", "{formula}; {inputs} give the same output"};
inline constexpr Sentence kInputOf{"input-of", "i = {first}"};
inline constexpr Sentence kInputsOfTwo{"inputs-of-two", "i = {first} and {last}"};
inline constexpr Sentence kInputsOfMore{"inputs-of-more", "i = {first} to {last}"};

// Stacks.
inline constexpr Sentence kOnlyItsShape{"only-its-shape", "{layer}: only its shape is told"};
inline constexpr Sentence kFieldOfStack{"field-of-stack", "{input} becomes {output}; an output sees {field} of it"};
inline constexpr Sentence kWhichCells{"which-cells", "one output of the last layer: which cells is it made from?"};
inline constexpr Sentence kPathsOfCells{"paths-of-cells",
                                        "how often each input cell is counted: the paths from it to the output"};
inline constexpr Sentence kWeightsOfCells{"weights-of-cells",
                                          "how much each input cell weighs here, in per cent: the effective field"};
inline constexpr Counted kBackThrough{{"back-through-cell", "back through {layer}: {n} cell"},
                                      {"back-through-cells", "back through {layer}: {n} cells"}};
inline constexpr Sentence kSomeShown{"some-shown", "{shown} of {all} shown"};
inline constexpr Sentence kChannelsShown{"channels-shown", "{shown} of {all} channels shown"};
inline constexpr Sentence kBothSides{"both-sides", "both sides"};
inline constexpr Sentence kEachInItsWay{"each-in-its-way", "both sides make the same output, each in its own way"};
inline constexpr Sentence kOutputsAgree{"outputs-agree", "all {n} outputs are the same on both sides"};
inline constexpr Sentence kGradientsAgree{"gradients-agree", "all {n} gradients are the same on both sides"};
inline constexpr Sentence kOutputsDiffer{"outputs-differ", "{differ} of {n} outputs differ"};
inline constexpr Sentence kGradientsDiffer{"gradients-differ", "{differ} of {n} gradients differ"};
inline constexpr Sentence kNotLinear{"not-linear", "{differ}: {layer} is not linear"};
inline constexpr Sentence kCostOfBoth{
    "cost-of-both",
    "above: {weights} weights, {products} products; one layer: {own-weights} weights, {own-products} products; {rule}"};
inline constexpr Sentence kAbove{"above", "above {value}"};
inline constexpr Sentence kSidesSame{"sides-same", "{above}, one layer {below}: the same"};
inline constexpr Sentence kSidesDiffer{"sides-differ", "{above}, one layer {below}: not the same"};

inline constexpr Counted kStackLayers{{"stack-layer", "{n} layer"}, {"stack-layers", "{n} layers"}};
inline constexpr Sentence kInARow{"in-a-row", "{n} in a row"};
inline constexpr Sentence kWidth{"width", "width {size}"};
inline constexpr Sentence kToSize{"to-size", "to {size}"};
inline constexpr Sentence kBackToSize{"back-to-size", "back to {size}"};
inline constexpr Sentence kByFactor{"by-factor", "by {factor}"};
inline constexpr Sentence kPlacesFirst{"places-first", "places before channels"};
inline constexpr Sentence kSlope{"slope", "slope {slope}"};
inline constexpr Sentence kNearest{"nearest", "{change} nearest"};
inline constexpr Sentence kLinear{"linear", "{change} linear"};
inline constexpr Sentence kBilinear{"bilinear", "{change} bilinear"};
inline constexpr Sentence kCubic{"cubic", "{change} cubic"};
inline constexpr Sentence kBicubic{"bicubic", "{change} bicubic"};
inline constexpr Sentence kCornersAligned{"corners-aligned", "corners aligned"};
inline constexpr Sentence kWindowsUneven{"windows-uneven", "windows uneven"};
inline constexpr Sentence kWindowsOf{"windows-of", "{change} = windows of {kernel}, stride {stride}"};
inline constexpr Sentence kPassesThrough{"passes-through", "passes through"};
inline constexpr Sentence kShapeOnly{"shape-only", "shape only"};
inline constexpr Counted kWeightsCount{{"weight-count", "{n} weight"}, {"weights-count", "{n} weights"}};
inline constexpr Sentence kShapeAndSummary{"shape-and-summary", "{from} → {to}: {summary}.\n"};
inline constexpr Sentence kAllCells{"all-cells", "all"};
inline constexpr Sentence kFieldEverything{"field-everything", "r = everything"};
inline constexpr Sentence kFieldGrows{"field-grows",
                                      "r = {before} + ({kernel} − 1)·{jump} = {field}, jump {jump}·{stride} = {after}"};
inline constexpr Sentence kFieldAsBefore{"field-as-before", "r = {field}, jump {jump}: as before"};
inline constexpr Sentence kFieldJumps{"field-jumps", "r = {field}, jump {jump}·{stride} = {after}"};
inline constexpr Sentence kLayerColumn{"layer-column", "layer"};
inline constexpr Sentence kJumpColumn{"jump-column", "jump"};
inline constexpr Sentence kParametersColumn{"parameters-column", "parameters"};
inline constexpr Sentence kMultiplicationsColumn{"multiplications-column", "multiplications"};
inline constexpr Sentence kTotal{"total", "total"};
inline constexpr Sentence kLayerSays{"layer-says", "layer {n}: {formula}\n"};
inline constexpr Sentence kAdaptiveRule{"adaptive-rule",
                                        "{layer}: window y begins at ⌊y·i/o⌋ and ends before ⌈(y + 1)·i/o⌉"};
inline constexpr Sentence kAdaptiveFixed{
    "adaptive-fixed", "\n  {from} → {to}: {windows}; a fixed kernel {kernel} with stride {stride} does the same"};
inline constexpr Sentence kAdaptiveUneven{"adaptive-uneven",
                                          "\n  {from} → {to}: {windows}; no fixed kernel and stride do this"};
inline constexpr Sentence kLongStack{"long-stack", "A stack of {layers}: {first} … {last}"};
inline constexpr Sentence kStacksSideBySide{"stacks-side-by-side", "Stacks side by side"};
inline constexpr Sentence kStackComparison{"stack-comparison", "{shapes}, of {fields} of the input, with {costs}"};
inline constexpr Sentence kGives{"gives", "{layer} gives {shape}"};
inline constexpr Sentence kWholeInput{"whole-input", "the whole input"};
inline constexpr Sentence kCellsOfInput{"cells-of-input", "{field} cells of the input"};
inline constexpr Sentence kAltTextOfStack{"alt-text-of-stack",
                                          "A stack of {layers} over a {input} input: {parts}. An output sees {field}."};
inline constexpr Sentence kLayerNumber{"layer-number", "\nlayer {n}: {layer}\n"};

// Conclusions.
inline constexpr Sentence kBecomes{"becomes", "{from} becomes {to}"};
inline constexpr Sentence kStays{"stays", "{from} stays {to}"};
inline constexpr Sentence kCellBecomes{"cell-becomes", "{from} cell becomes {to}"};
inline constexpr Sentence kCellStays{"cell-stays", "{from} cell stays {to}"};
inline constexpr Sentence kCellsBecome{"cells-become", "{from} cells become {to}"};
inline constexpr Sentence kCellsStay{"cells-stay", "{from} cells stay {to}"};
inline constexpr Sentence kShapeOfConvolution{
    "shape-of-convolution", "{change}: the shape that the convolution had comes back, its values do not"};
inline constexpr Sentence kOnePlace{"one-place", "the window has {places} place on {map}: {change}"};
inline constexpr Sentence kPlaces{"places", "the window has {places} places on {map}: {change}"};
inline constexpr Sentence kOnePlaceAtStride{"one-place-at-stride",
                                            "at stride {stride} the window has {places} place on {map}: {change}"};
inline constexpr Sentence kPlacesAtStride{"places-at-stride",
                                          "at stride {stride} the window has {places} places on {map}: {change}"};
inline constexpr Sentence kOutputsOf{"outputs-of", "{outputs} outputs"};
inline constexpr Sentence kOutputsOfProducts{"outputs-of-products", "{outputs} outputs, of {products} products"};
inline constexpr Sentence kSameInputGives{"same-input-gives",
                                          "the same {input} input gives {outputs} outputs, of {products} products"};
inline constexpr Sentence kSomeValuesDiffer{"some-values-differ",
                                            "the same shape, {shape}; {differ} of {all} values differ"};
inline constexpr Sentence kSameValues{"same-values", "the same shape, {shape}, and the same values"};

// Captions of exporters.
inline constexpr Sentence kFinished{"finished", "finished"};
inline constexpr Sentence kResult{"result", "result"};
inline constexpr Sentence kStep{"step", "step {step}"};
inline constexpr Sentence kPart{"part", "part {part}"};
inline constexpr Sentence kStepTitle{"step-title", "{title}, {step}"};

// Galleries and contact sheets.
inline constexpr Counted kCasesShare{{"cases-share-one", "All cases share {n} setting"},
                                     {"cases-share", "All cases share {n} settings"}};
inline constexpr Counted kAnimations{{"animation", "{n} animation"}, {"animations", "{n} animations"}};
inline constexpr Sentence kFailedCases{"failed-cases", "{n} failed"};
inline constexpr Sentence kImpossibleCases{"impossible-cases", "{n} impossible combinations"};
inline constexpr Sentence kCase{"case", "case"};
inline constexpr Sentence kSettings{"settings", "settings"};
inline constexpr Sentence kReason{"reason", "reason"};
inline constexpr Sentence kMoreFiles{"more-files", "{files} · and {n} more"};
inline constexpr Sentence kSweepTitle{"sweep-title", "Sweep"};
inline constexpr Sentence kContactSheet{"contact-sheet", "Contact sheet"};

}  // namespace convreel::words
