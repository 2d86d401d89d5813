// Says one period over and over, and adds up what comes back by its place in the period: what the line makes
// of it stands out of noise, speech and dial tone by 10 log10(periods) dB.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "engine/line_test.h"

namespace node_dahdi::media {

class LineProbe final : public LineTest {
 public:
  /** 512 ms. */
  static constexpr int kPeriod = 4096;

  struct Found {
    /** Of each place in the period, the sum over all periods. */
    std::array<int32_t, kPeriod> sums{};
    /** Of all samples that were added up, squared. */
    int64_t energy = 0;
    int periods = 0;
  };

  /** @param settle so many periods are not added up: a canceller learns in them. @param periods 1 to 1000. */
  LineProbe(const int16_t* period, int settle, int periods) : left_(settle + periods), periods_(periods) {
    for (size_t i = 0; i < kPeriod; i++) said_[i] = period[i];
  }

  void Speak(int16_t* samples, int count) override;
  void Hear(const int16_t* samples, int count) override;

  /** Any thread; nullptr until all periods were heard. */
  const Found* found() const { return done_.load(std::memory_order_acquire) ? &found_ : nullptr; }

 private:
  std::array<int16_t, kPeriod> said_{};
  int said_at_ = 0, heard_at_ = 0;
  int left_;
  const int periods_;
  Found found_;
  std::atomic<bool> done_{false};
};

}  // namespace node_dahdi::media
