// Single frequencies one after another, as special information tones are (ITU-T E.180 §6.7): 950, 1400 and
// 1800 Hz.
#pragma once

#include <array>
#include <cstdint>

#include "engine/goertzel.h"

namespace node_dahdi::media {

class SequenceDetector {
 public:
  static constexpr int kMostSounds = 3;

  /** @param hz, ms of each sound; E.180's tolerance of 50 Hz, and a third of its length. */
  SequenceDetector(const std::array<float, kMostSounds>& hz, const std::array<uint32_t, kMostSounds>& ms);

  /** 0, or once it is through the share of its energy that was the sounds' own: to 1. */
  float Process(const int16_t* samples, int count);

 private:
  /** 10 ms: half of a tone that is 50 Hz off is still seen. */
  static constexpr int kBlock = 80;
  static constexpr uint32_t kBlockMs = 10;

  float Block();
  void Restart(int sound, float share);
  bool Fits() const;

  std::array<Goertzel, kMostSounds> filters_;
  const std::array<uint32_t, kMostSounds> wanted_ms_;
  float energy_ = 0;
  int filled_ = 0;
  /** Which sound it is in, since when; -1: in none. */
  int at_ = -1;
  uint32_t ms_ = 0, gap_ms_ = 0;
  float shares_ = 0;
  int blocks_ = 0;
};

}  // namespace node_dahdi::media
