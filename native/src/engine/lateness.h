// How late ticks are: a histogram that one thread fills and another empties.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

namespace node_dahdi::media {

/** A tick that was done late: when (CLOCK_MONOTONIC), and by how much. */
struct LateTick {
  double at_ms = 0, late_ms = 0;
};

struct LatenessSummary {
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
  /** The last that were more than kLateNs. */
  std::vector<LateTick> late;
};

class Lateness {
 public:
  static constexpr int64_t kLateNs = 4'000'000;
  static constexpr size_t kMostLate = 64;

  /** @param ns by how much the tick that is done at `now_ns` was late */
  void Add(int64_t ns, int64_t now_ns);
  /** Sums up since the last call, and begins anew. */
  LatenessSummary Take();

 private:
  static constexpr int64_t kStepNs = 20'000;
  static constexpr size_t kSteps = 1000;  // to 20 ms; the last holds all above
  std::array<std::atomic<uint32_t>, kSteps> counts_{};
  std::atomic<int64_t> max_ns_{0};
  /** Microseconds: 44 bits of when, 20 of how late, at most a second; 0: none. The next takes the oldest's
   * place. */
  std::array<std::atomic<uint64_t>, kMostLate> late_{};
  size_t next_late_ = 0;
};

}  // namespace node_dahdi::media
