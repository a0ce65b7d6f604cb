#include "spec/job_spec.hpp"

namespace convreel::spec {

namespace {

template <auto... kMembers>
void take(JobSpec& base, const JobSpec& over) {
  (void(over.*kMembers ? base.*kMembers = over.*kMembers : base.*kMembers), ...);
}

}  // namespace

JobSpec merge(const JobSpec& base, const JobSpec& over) {
  using J = JobSpec;
  JobSpec result = base;
  take<&J::name, &J::layer, &J::compare, &J::input_size, &J::kernel_size, &J::stride, &J::dilation, &J::output_padding,
       &J::output_size, &J::padding, &J::in_channels, &J::out_channels, &J::groups, &J::divisor_override,
       &J::padding_mode, &J::ceil_mode, &J::count_include_pad, &J::flip_kernel>(result, over);
  take<&J::input_values, &J::kernel_values, &J::bias>(result, over);
  take<&J::views, &J::theme, &J::title, &J::set, &J::layout, &J::size, &J::cell, &J::fps, &J::loop, &J::aa_levels,
       &J::numbers, &J::arithmetic, &J::transparent, &J::chapters, &J::motion, &J::step, &J::hold_start, &J::hold_end,
       &J::predict, &J::speed, &J::steps>(result, over);
  take<&J::outputs, &J::format, &J::still, &J::place>(result, over);
  return result;
}

}  // namespace convreel::spec
