// A port whose far end is JavaScript: linear samples come in by a ring and leave by another.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/source.h"
#include "engine/spsc_ring.h"

namespace node_dahdi::media {

class StreamSource final : public Source {
 public:
  /** Beyond so much queue the oldest is dropped. */
  static constexpr size_t kMaxQueue = 400 * kSamplesPerMs;
  /** A talk spurt begins once so much is queued, or has waited as long: JavaScript's timing is uneven. */
  static constexpr size_t kPrefill = 40 * kSamplesPerMs;

  /** What a listener is given at a time: 20 ms. */
  static constexpr size_t kBlock = 20 * kSamplesPerMs;

  Law law() const override { return Law::kLinear16; }
  int Read(uint64_t tick, int16_t* samples) override;
  int Write(uint64_t tick, const int16_t* samples, int count) override;
  bool HasAudio() const override { return outgoing_.Readable() >= kBlock; }

  // Control thread.
  /** Queues what the far end says. */
  void Put(const int16_t* samples, size_t count);
  /** Takes what the far end hears. */
  std::vector<int16_t> TakeBlocks();
  void Listen(bool on);

 private:
  // Twice the promised queue and more, so that a burst is trimmed by age and not cut at its end.
  SpscRing<int16_t> incoming_{16384};
  SpscRing<int16_t> outgoing_{8192};
  std::atomic<bool> listening_{false};
  bool speaking_ = false;
  int waited_ = 0;
  int ticks_ = 0;
  size_t shallowest_ = SIZE_MAX;
};

}  // namespace node_dahdi::media
