// How late ticks are: a histogram that one thread fills and another empties.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace node_dahdi::media {

struct LatenessSummary {
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
};

class Lateness {
 public:
  void Add(int64_t ns);
  /** Sums up since the last call, and begins anew. */
  LatenessSummary Take();

 private:
  static constexpr int64_t kStepNs = 20'000;
  static constexpr size_t kSteps = 1000;  // to 20 ms; the last holds all above
  std::array<std::atomic<uint32_t>, kSteps> counts_{};
  std::atomic<int64_t> max_ns_{0};
};

}  // namespace node_dahdi::media
