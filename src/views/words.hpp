// What every view speaks of: the layer's numbers, and the items that show them.
#pragma once

#include "numerics/trace.hpp"
#include "scene/scene.hpp"

namespace convreel::views {

using numerics::Cell;
using numerics::Layer;
using numerics::Map;
using numerics::Place;
using numerics::Step;
using numerics::Trace;
using scene::Align;
using scene::Form;
using scene::Item;
using scene::Items;
using scene::Point;
using scene::Rect;
using scene::Role;
using scene::Size;
using scene::Span;
using scene::Weight;

}  // namespace convreel::views
