#include "job/job_spec.hpp"

namespace convreel::job {

namespace {

template <auto... kMembers>
void take(JobSpec& base, const JobSpec& over) {
  (void(over.*kMembers ? base.*kMembers = over.*kMembers : base.*kMembers), ...);
}

/// A size from below gives way to values from above, unless a size stands beside them.
bool yields(const std::optional<Sizes>& base, const std::optional<Sizes>& over) { return base && !over; }

}  // namespace

JobSpec merge(const JobSpec& base, const JobSpec& over) {
  using J = JobSpec;
  JobSpec result = base;
  take<&J::name, &J::layer, &J::compare, &J::input_size, &J::kernel_size, &J::stride, &J::dilation, &J::output_padding,
       &J::output_size, &J::padding, &J::in_channels, &J::out_channels, &J::groups, &J::divisor_override,
       &J::padding_mode, &J::ceil_mode, &J::count_include_pad, &J::flip_kernel>(result, over);
  take<&J::input_values, &J::kernel_values, &J::bias>(result, over);
  if (over.input_values || over.input_size)
    result.input_size_yields =
        over.input_size_yields || (over.input_values && yields(base.input_size, over.input_size));
  if (over.kernel_values || over.kernel_size)
    result.kernel_size_yields =
        over.kernel_size_yields || (over.kernel_values && yields(base.kernel_size, over.kernel_size));
  take<&J::views, &J::theme, &J::title, &J::set, &J::layout, &J::size, &J::cell, &J::fps, &J::loop, &J::aa_levels,
       &J::numbers, &J::arithmetic, &J::transparent, &J::chapters, &J::motion, &J::step, &J::hold_start, &J::hold_end,
       &J::predict, &J::speed, &J::steps>(result, over);
  take<&J::outputs, &J::format, &J::still, &J::max_bytes, &J::place>(result, over);
  return result;
}

}  // namespace convreel::job
