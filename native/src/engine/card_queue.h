// How many samples wait towards a card, which the driver does not tell (GET_BUFINFO says −1).
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/source.h"

namespace node_dahdi::media {

/**
 * A port writes what it reads and the card's clock moves both ways, so the queue keeps its depth but when it
 * runs dry: then all that the card has received meanwhile is written behind it, and the queue is as deep as
 * that. What the card has received is told by the time, since a read says how much it took, not how much is
 * left. Never less than what waits; more by what a clock differs, and a block, until the next `Begin`.
 */
class CardQueue {
 public:
  /** The queue was filled with `samples`. */
  void Begin(int samples) { depth_ = samples; }
  /** Of what the card has received `samples` were taken at `now_ns`; `all`: nothing was left. */
  void Took(int64_t now_ns, int samples, bool all) {
    const int64_t elapsed_ns = last_ns_ == 0 ? 0 : now_ns - last_ns_;
    last_ns_ = now_ns;
    const int64_t waiting_ns = std::min(waiting_ns_ + elapsed_ns, kMostNs);
    depth_ = std::max(depth_, static_cast<int>(waiting_ns / kSampleNs));
    waiting_ns_ = all ? 0 : std::max<int64_t>(0, waiting_ns - samples * kSampleNs);
  }
  /** Samples that go out before what is written next. */
  int depth() const { return depth_; }

 private:
  static constexpr int64_t kSampleNs = 1'000'000 / kSamplesPerMs;
  /** What the driver's buffers hold at most. */
  static constexpr int64_t kMostNs = int64_t{kCardBuffers} * kTickSamples * kSampleNs;

  int depth_ = 0;
  int64_t waiting_ns_ = 0;
  int64_t last_ns_ = 0;
};

}  // namespace node_dahdi::media
