#include "engine/answer_detector.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/g711.h"
#include "engine/levels.h"

namespace node_dahdi::media {
namespace {

/** Nobody has said anything for so long. */
constexpr int kNobodyMs = 3000;
/** After so long nothing more is to be learnt. */
constexpr int kMostMs = 6000;
/** A person waits after the greeting. */
constexpr int kWaitMs = 800;
/** A person's greeting is shorter than this, by its voice alone, and has fewer words (runs of voice). */
constexpr int kGreetingMs = 2400;
constexpr int kManyWords = 7;
constexpr int kWordMs = 80;

/** Blocks of 20 ms. */
constexpr int kBlock = 160;
constexpr int kBeepLeast = 9, kBeepMost = 100;
/** Of a block's energy, what may be anything but the tone. */
constexpr float kImpure = 0.01F;
/** By how much 2 cos ω may change from block to block. */
constexpr float kDrift = 0.02F;
/** And its energy, times: a voice swells and fades. */
constexpr float kSwell = 0.3F;
/** 2 cos ω of 2200 and of 300 Hz. */
const float kHighest = 2 * std::cos(2 * 3.14159265F * 2200 / kRate);
const float kLowest = 2 * std::cos(2 * 3.14159265F * 300 / kRate);
const auto kFaintest = static_cast<float>(MeanSquareOf(-36));

}  // namespace

void AnswerEar::Hear(const int16_t* samples, int count, float mean_square, const Tell& tell) {
  if (!decided_) Weigh(mean_square, count, tell);
  ListenForBeep(samples, count, tell);
}

void AnswerEar::Weigh(float mean_square, int count, const Tell& tell) {
  const int ms = count / kSamplesPerMs;
  total_ms_ += ms;
  activity_.Add(mean_square, count);
  if (activity_.talking()) {
    word_ms_ += ms;
    voiced_ms_ += ms;
    silent_ms_ = 0;
  } else {
    if (std::exchange(word_ms_, 0) >= kWordMs) words_++;
    silent_ms_ += ms;
  }
  const bool spoken = words_ > 0 || word_ms_ >= kWordMs;
  if (!spoken) {
    if (total_ms_ >= kNobodyMs) Decide(Answer::kSilence, tell);
  } else if (voiced_ms_ >= kGreetingMs || words_ >= kManyWords) {
    Decide(Answer::kMachine, tell);
  } else if (silent_ms_ >= kWaitMs) {
    Decide(Answer::kHuman, tell);
  } else if (total_ms_ >= kMostMs) {
    Decide(Answer::kUnsure, tell);
  }
}

void AnswerEar::Decide(Answer answer, const Tell& tell) {
  decided_ = true;
  tell(static_cast<int>(answer), static_cast<float>(total_ms_));
}

void AnswerEar::ListenForBeep(const int16_t* samples, int count, const Tell& tell) {
  for (int i = 0; i < count; i++) {
    const auto next = static_cast<float>(samples[i]);
    const float both = before_ + next;
    energy_ += last_ * last_;
    product_ += last_ * both;
    neighbours_ += both * both;
    before_ = std::exchange(last_, next);
    if (++filled_ < kBlock) continue;
    if (Block()) {
      pure_blocks_++;
    } else {
      const int lasted = std::exchange(pure_blocks_, 0);
      if (lasted >= kBeepLeast && lasted <= kBeepMost) {
        if (!decided_) Decide(Answer::kMachine, tell);
        tell(static_cast<int>(Answer::kBeep), std::acos(tuned_ / 2) * kRate / (2 * 3.14159265F));
      }
    }
    energy_ = product_ = neighbours_ = 0;
    filled_ = 0;
  }
}

/** True while a single tone goes on. x[n-1] + x[n+1] is 2 cos ω x[n] of a sine, and of nothing else. */
bool AnswerEar::Block() {
  if (energy_ < kFaintest * kBlock) return false;
  const float tuned = product_ / energy_;
  const float rest = neighbours_ - tuned * product_;
  // Where the neighbours cancel each other (2000 Hz) they are measured against the samples themselves.
  const bool pure = rest < kImpure * std::max(neighbours_, energy_) && tuned > kHighest && tuned < kLowest;
  const bool same = pure_blocks_ == 0 || (std::fabs(tuned - tuned_) < kDrift &&
                                          std::fabs(energy_ - last_energy_) < kSwell * last_energy_);
  if (pure) tuned_ = tuned;
  last_energy_ = energy_;
  return pure && same;
}

}  // namespace node_dahdi::media
