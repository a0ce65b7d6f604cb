// Ends the worker threads before the process does. Left to TBB they end while the process is taken down, beside the
// leak check, which then reads the stacks of threads that are going and can die of it ("Tracer caught signal 11").
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <new>

namespace {

class Workers final : public ::testing::Environment {
 public:
  void TearDown() override { EXPECT_TRUE(oneapi::tbb::finalize(handle_, std::nothrow)); }

 private:
  oneapi::tbb::task_scheduler_handle handle_{oneapi::tbb::attach{}};
};

[[maybe_unused]] const auto* const workers = ::testing::AddGlobalTestEnvironment(new Workers);

}  // namespace
