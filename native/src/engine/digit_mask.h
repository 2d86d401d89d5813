// Takes digits out of what a party says, so that neither a recording nor whoever is joined to it hears them.
// A digit is known some milliseconds after it begins: everything comes later by so much.
#pragma once

#include <array>
#include <cstdint>

#include "engine/source.h"

namespace node_dahdi::media {

class DigitMask {
 public:
  /** More than the detector takes from a digit's first sample until it tells of it. */
  static constexpr int kDelayMs = 56;

  void Begin() {
    held_.fill(0);
    sounding_ = false;
  }
  /** A digit is heard: what is in hand is silence, and what comes, until it is over. */
  void Hide() {
    held_.fill(0);
    sounding_ = true;
  }
  void Show() { sounding_ = false; }

  void Process(int16_t* samples, int count) {
    for (int i = 0; i < count; i++) {
      const int16_t late = held_[at_];
      held_[at_] = sounding_ ? int16_t{0} : samples[i];
      samples[i] = late;
      at_ = at_ + 1 == held_.size() ? 0 : at_ + 1;
    }
  }

 private:
  std::array<int16_t, kDelayMs * kSamplesPerMs> held_{};
  size_t at_ = 0;
  bool sounding_ = false;
};

}  // namespace node_dahdi::media
