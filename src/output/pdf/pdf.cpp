// .pdf: one page a step, one page a frame, or sheets of many pictures.
#include "output/pdf/pdf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "explain/alt_text.hpp"
#include "explain/stack_text.hpp"
#include "explain/title.hpp"
#include "paint/pdf_pages.hpp"

namespace convreel::output {

namespace {

constexpr double kSheetScale = 0.5, kSheetGap = 24;  // of a picture on a sheet; scene units between pictures

/// Words that a reader's library searches for.
std::string keywords(const Subject& subject) {
  const std::string_view licence = subject.job.show.credit ? ", CC0-1.0" : "";
  if (subject.job.chain.stack)
    return fmt::format("{}, convreel{}", explain::stack_title(subject.job.chain.stages), licence);
  const numerics::Layer& layer = subject.job.chain.only().layer();
  return fmt::format("{}, {}, convreel{}", explain::layer_title(layer), layer.row().name, licence);
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
  const auto columns = static_cast<std::size_t>(*subject.output.options.columns);
  const auto rows = static_cast<std::size_t>(*subject.output.options.rows);
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

}  // namespace

void check_pdf(const job::Output& output, const job::Show&) {
  const job::OutputOptions& options = output.options;
  if (options.pages == job::Pages::grid) return;
  for (const auto& [key, given] : {std::pair{"columns", options.columns.chosen()}, {"rows", options.rows.chosen()}})
    if (given)
      throw base::Error(base::ErrorKind::usage, fmt::format("pdf:{}: only sheets have {}", key, key),
                        "add :pages=grid, or leave it out");
}

void write_pdf(const Subject& subject, base::ByteSink& sink) {
  paint::PdfPages pages(subject.theme, sink, {subject.reel.title(), subject.reel.alt_text(), keywords(subject)});
  switch (subject.output.options.pages) {
    case job::Pages::steps:
      add_steps(subject.reel, pages);
      break;
    case job::Pages::frames:
      add_frames(subject.reel, pages);
      break;
    case job::Pages::grid:
      add_sheets(subject, pages);
      break;
  }
  pages.finish();
}

}  // namespace convreel::output
