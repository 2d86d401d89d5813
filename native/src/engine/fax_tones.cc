// Two Goertzel filters; a tone is one where nearly all of the energy is at its frequency.
#include "engine/fax_tones.h"

namespace node_dahdi::media {
namespace {

/** Of the energy of a block, at the tone's frequency; one that is off by all of its tolerance has 0.6 of it
 * there. */
constexpr float kShare = 0.5F;
/** Mean square of -43 dBm0. */
constexpr float kQuietest = 13'000;
/** 0.5 s less 15 % and a block cut at each end; and more. */
constexpr int kCallingLeast = 40, kCallingMost = 60;
constexpr int kAnsweringLeast = 50;

}  // namespace

void FaxEar::Hear(const int16_t* samples, int count, float, const Tell& tell) {
  for (int i = 0; i < count; i++) {
    const auto sample = static_cast<float>(samples[i]);
    calling_.Add(sample);
    answering_.Add(sample);
    energy_ += sample * sample;
    if (++filled_ < kBlock) continue;
    if (const FaxTone tone = Block(); tone != FaxTone::kNone) tell(static_cast<int>(tone));
    energy_ = 0;
    filled_ = 0;
  }
}

FaxTone FaxEar::Block() {
  const bool loud = energy_ > kQuietest * kBlock;
  const bool calling = calling_.Share(energy_, kBlock) > kShare && loud;
  const bool answering = answering_.Share(energy_, kBlock) > kShare && loud;
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
