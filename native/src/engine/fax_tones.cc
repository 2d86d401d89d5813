// Two Goertzel filters; a tone is one where nearly all of the energy is at its frequency.
#include "engine/fax_tones.h"

#include <cmath>
#include <numbers>

namespace node_dahdi::media {
namespace {

constexpr float kRateHz = 8000;
/** Of the energy of a block, at the tone's frequency; one that is off by all of its tolerance has 0.6 of it
 * there. */
constexpr float kShare = 0.5F;
/** Mean square of -43 dBm0. */
constexpr float kQuietest = 13'000;
/** 0.5 s less 15 % and a block cut at each end; and more. */
constexpr int kCallingLeast = 40, kCallingMost = 60;
constexpr int kAnsweringLeast = 50;

float Coefficient(float hz) { return 2 * std::cos(2 * std::numbers::pi_v<float> * hz / kRateHz); }
const float kCalling = Coefficient(1100), kAnswering = Coefficient(2100);

void Add(float sample, float coefficient, float* first, float* second) {
  const float next = sample + coefficient * *first - *second;
  *second = *first;
  *first = next;
}

/** Share of the energy that is at the filter's frequency. */
float Share(float coefficient, float first, float second, float energy, int count) {
  const float power = first * first + second * second - coefficient * first * second;
  return 2 * power / (static_cast<float>(count) * energy + 1);
}

}  // namespace

FaxTone FaxToneDetector::Process(const int16_t* samples, int count) {
  FaxTone found = FaxTone::kNone;
  for (int i = 0; i < count; i++) {
    const auto sample = static_cast<float>(samples[i]);
    Add(sample, kCalling, &calling_.first, &calling_.second);
    Add(sample, kAnswering, &answering_.first, &answering_.second);
    energy_ += sample * sample;
    if (++filled_ < kBlock) continue;
    if (const FaxTone tone = Block(); tone != FaxTone::kNone) found = tone;
    calling_ = answering_ = Filter{};
    energy_ = 0;
    filled_ = 0;
  }
  return found;
}

FaxTone FaxToneDetector::Block() {
  const bool loud = energy_ > kQuietest * kBlock;
  const bool calling = loud && Share(kCalling, calling_.first, calling_.second, energy_, kBlock) > kShare;
  const bool answering =
      loud && Share(kAnswering, answering_.first, answering_.second, energy_, kBlock) > kShare;
  FaxTone found = FaxTone::kNone;
  if (calling) {
    calling_blocks_++;
  } else {
    const bool fits = calling_blocks_ >= kCallingLeast && calling_blocks_ <= kCallingMost;
    if (fits && !told_calling_) {
      told_calling_ = true;
      found = FaxTone::kCalling;
    }
    calling_blocks_ = 0;
  }
  answering_blocks_ = answering ? answering_blocks_ + 1 : 0;
  if (answering_blocks_ >= kAnsweringLeast && !told_answering_) {
    told_answering_ = true;
    found = FaxTone::kAnswering;
  }
  return found;
}

}  // namespace node_dahdi::media
