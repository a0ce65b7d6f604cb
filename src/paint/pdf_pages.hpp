// Scenes to the pages of a PDF: vectors, selectable text, the same bytes on every day.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/byte_sink.hpp"
#include "scene/scene.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

class PdfPages {
 public:
  struct Words {
    std::string title, subject;  ///< the subject is the picture's alt text
    std::string keywords{};
  };

  /// Writes into `sink`, which outlives the pages. One scene unit is 0.75 points, as in CSS.
  PdfPages(const theme::Theme& theme, base::ByteSink& sink, const Words& words);
  /// Abandons what is not finished.
  ~PdfPages();
  PdfPages(const PdfPages&) = delete;
  PdfPages& operator=(const PdfPages&) = delete;

  /// One page of the canvas's size.
  void page(const scene::Scene& scene);
  /// A scene somewhere on a page: its canvas's corner in units of the page, and how many of those one of its own is.
  struct Placed {
    scene::Scene scene;
    scene::Point at;
    double scale = 1;
  };
  /// One page of several scenes.
  void sheet(scene::Size size, const std::vector<Placed>& scenes);
  /// Writes the end. Throws what the sink threw, or Error{run_time}.
  void finish();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace convreel::paint
