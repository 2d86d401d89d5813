// How much of a block's energy is at one frequency.
#pragma once

#include <cmath>
#include <numbers>
#include <utility>

#include "engine/g711.h"

namespace node_dahdi::media {

class Goertzel {
 public:
  explicit Goertzel(float hz)
      : coefficient_(2 * std::cos(2 * std::numbers::pi_v<float> * hz / static_cast<float>(kRate))) {}
  void Add(float sample) {
    const float next = sample + coefficient_ * first_ - second_;
    second_ = std::exchange(first_, next);
  }
  /** Of `count` samples with this sum of squares: 1 is a pure tone of this frequency. Begins anew. */
  float Share(float energy, int count) {
    const float power = first_ * first_ + second_ * second_ - coefficient_ * first_ * second_;
    first_ = second_ = 0;
    return 2 * power / (static_cast<float>(count) * energy + 1);
  }

 private:
  float coefficient_;
  float first_ = 0, second_ = 0;
};

}  // namespace node_dahdi::media
