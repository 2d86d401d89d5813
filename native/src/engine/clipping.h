// A line so loud that its peaks are cut off: gains are wrong somewhere.
#pragma once

#include <cstdint>

#include "engine/ear.h"
#include "engine/g711.h"

namespace node_dahdi::media {

/** Tells 1 once a second's audio was cut, with the share of its samples, and 0 once three seconds were not.
 */
class ClippingEar final : public Ear {
 public:
  ClippingEar() : Ear(EarKind::kClipping) {}
  void Hear(const int16_t* samples, int count, float, const Tell& tell) override {
    for (int i = 0; i < count; i++) cut_ += samples[i] >= kLimit || samples[i] <= -kLimit;
    heard_ += count;
    if (heard_ < kRate) return;
    const float share = static_cast<float>(cut_) / static_cast<float>(heard_);
    cut_ = heard_ = 0;
    clean_ = share < kShare ? clean_ + 1 : 0;
    if (!told_ && clean_ == 0) {
      told_ = true;
      tell(1, share);
    } else if (told_ && clean_ == kCleanSeconds) {
      told_ = false;
      tell(0);
    }
  }

 private:
  /** The last step of either law: 0.2 dB below what it can say at most. */
  static constexpr int kLimit = 31'500;
  static constexpr float kShare = 0.002F;
  static constexpr int kCleanSeconds = 3;

  int cut_ = 0, heard_ = 0, clean_ = kCleanSeconds;
  bool told_ = false;
};

}  // namespace node_dahdi::media
