#include "engine/sequence_detector.h"

#include <utility>

namespace node_dahdi::media {
namespace {

constexpr float kShare = 0.35F;
/** Mean square of -38 dBm0. */
constexpr float kQuietest = 42'000;
/** Between two sounds. */
constexpr uint32_t kMostGapMs = 40;

}  // namespace

SequenceDetector::SequenceDetector(const std::array<float, kMostSounds>& hz,
                                   const std::array<uint32_t, kMostSounds>& ms)
    : filters_{Goertzel(hz[0]), Goertzel(hz[1]), Goertzel(hz[2])}, wanted_ms_(ms) {}

float SequenceDetector::Process(const int16_t* samples, int count) {
  float found = 0;
  for (int i = 0; i < count; i++) {
    const auto sample = static_cast<float>(samples[i]);
    for (Goertzel& filter : filters_) filter.Add(sample);
    energy_ += sample * sample;
    if (++filled_ < kBlock) continue;
    if (const float through = Block(); through > 0) found = through;
    energy_ = 0;
    filled_ = 0;
  }
  return found;
}

bool SequenceDetector::Fits() const {
  const uint32_t wanted = wanted_ms_[static_cast<size_t>(at_)];
  return ms_ * 3 >= wanted * 2 && ms_ * 3 <= wanted * 4;
}

void SequenceDetector::Restart(int sound, float share) {
  at_ = sound == 0 ? 0 : -1;
  ms_ = kBlockMs;
  gap_ms_ = 0;
  shares_ = share;
  blocks_ = 1;
}

float SequenceDetector::Block() {
  int heard = -1;
  float most = kShare;
  for (size_t i = 0; i < filters_.size(); i++) {
    const float share = filters_[i].Share(energy_, kBlock);
    if (share > most) most = share, heard = static_cast<int>(i);
  }
  if (energy_ < kQuietest * kBlock) heard = -1;
  if (heard < 0) {
    gap_ms_ += kBlockMs;
    if (at_ >= 0 && gap_ms_ > kMostGapMs) at_ = -1;
    return 0;
  }
  if (heard == at_) {
    ms_ += kBlockMs + std::exchange(gap_ms_, 0);
  } else if (at_ >= 0 && heard == at_ + 1 && Fits()) {
    at_ = heard;
    ms_ = kBlockMs;
    gap_ms_ = 0;
  } else {
    Restart(heard, most);
    return 0;
  }
  shares_ += most;
  blocks_++;
  if (at_ + 1 < kMostSounds || !Fits()) return 0;
  at_ = -1;
  return shares_ / static_cast<float>(blocks_);
}

}  // namespace node_dahdi::media
