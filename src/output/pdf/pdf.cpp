// .pdf: one page a step, one page a frame, or sheets of many pictures.
#include "output/pdf/pdf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "explain/alt_text.hpp"
#include "explain/title.hpp"
#include "output/options.hpp"
#include "paint/pdf_pages.hpp"

namespace convreel::output {

namespace {

constexpr double kSheetScale = 0.5, kSheetGap = 24;  // of a picture on a sheet; scene units between pictures

/// Words that a reader's library searches for.
std::string keywords(const Subject& subject) {
  const numerics::Layer& layer = subject.job.trace.layer();
  return fmt::format("{}, {}, convreel", explain::layer_title(layer), layer.row().name);
}

void add_frames(const views::Reel& reel, paint::PdfPages& pages) {
  for (std::int64_t i = 0; i < reel.size(); ++i) pages.page(reel.shot(i).scene);
}

void add_steps(const views::Reel& reel, paint::PdfPages& pages) {
  for (const std::int64_t shot : reel.stills()) pages.page(reel.shot(shot).scene);
}

/// How pictures stand on a sheet.
struct Sheet {
  std::size_t columns = 1, rows = 1;
  scene::Size step;  ///< from one picture to the next

  Sheet(scene::Size canvas, std::size_t wide, std::size_t high)
      : columns(wide),
        rows(high),
        step{canvas.width * kSheetScale + kSheetGap, canvas.height * kSheetScale + kSheetGap} {}

  [[nodiscard]] scene::Size size() const {
    return {step.width * static_cast<double>(columns) + kSheetGap, step.height * static_cast<double>(rows) + kSheetGap};
  }
  [[nodiscard]] scene::Point place(std::size_t n) const {
    return {kSheetGap + step.width * static_cast<double>(n % columns),
            kSheetGap + step.height * static_cast<double>(n / columns)};
  }
};

void add_sheets(const Subject& subject, paint::PdfPages& pages) {
  const std::vector<std::int64_t> stills = subject.reel.stills();
  const auto columns = static_cast<std::size_t>(whole_option(subject.output, "columns", 3, 1, 20));
  const auto rows = static_cast<std::size_t>(whole_option(subject.output, "rows", 4, 1, 20));
  const Sheet sheet(subject.reel.canvas(), std::min(columns, stills.size()),
                    std::min(rows, (stills.size() + columns - 1) / columns));
  const std::size_t a_sheet = sheet.columns * sheet.rows;
  for (std::size_t first = 0; first < stills.size(); first += a_sheet) {
    std::vector<paint::PdfPages::Placed> placed;
    for (std::size_t n = first; n < std::min(first + a_sheet, stills.size()); ++n)
      placed.push_back({subject.reel.shot(stills[n]).scene, sheet.place(n - first), kSheetScale});
    pages.sheet(sheet.size(), placed);
  }
}

/// columns and rows say nothing without pages=grid.
void refuse_idle_options(const Subject& subject, std::string_view pages) {
  for (const char* key : {"columns", "rows"})
    if (pages != "grid" && subject.output.options.contains(key))
      throw base::Error(base::ErrorKind::usage, fmt::format("pdf:{}: only sheets have {}", key, key),
                        "add :pages=grid, or leave it out");
}

}  // namespace

void write_pdf(const Subject& subject, base::ByteSink& sink) {
  static constexpr std::array<std::string_view, 3> kPages{"steps", "frames", "grid"};
  const std::string kind = choice_option(subject.output, "pages", kPages);
  refuse_idle_options(subject, kind);
  paint::PdfPages pages(subject.theme, sink, {subject.reel.title(), subject.reel.alt_text(), keywords(subject)});
  if (kind == "steps") add_steps(subject.reel, pages);
  if (kind == "frames") add_frames(subject.reel, pages);
  if (kind == "grid") add_sheets(subject, pages);
  pages.finish();
}

}  // namespace convreel::output
