// What views of a stack's maps have in common: the maps are the whole picture.
#pragma once

#include <string>
#include <vector>

#include "explain/stack_text.hpp"
#include "views/stack/maps.hpp"
#include "views/stack/words.hpp"

namespace convreel::views {

class MapsView : public View {
 public:
  explicit MapsView(const StackContext& context) : context_(context), maps_(context) {}

  scene::Size measure(double cell) const override { return maps_.measure(cell); }
  bool numbered(double cell) const override { return maps_.numbered(cell); }
  Meaning meaning() const override { return maps_.meaning(); }
  std::vector<Span> conclusion() const override { return field_conclusion(context_); }
  std::string formula() const override { return explain::field_formula(stages(), stages().size() - 1); }

 protected:
  [[nodiscard]] const std::vector<numerics::Stage>& stages() const { return context_.stages; }

  const StackContext context_;
  StackMaps maps_;
};

}  // namespace convreel::views
