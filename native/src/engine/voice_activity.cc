#include "engine/voice_activity.h"

#include <algorithm>

#include "engine/levels.h"

namespace node_dahdi::media {
namespace {

/** Below this nobody speaks. */
const auto kLeast = static_cast<float>(MeanSquareOf(-46));
const auto kNoiseAtFirst = static_cast<float>(MeanSquareOf(-56));
/** Voice is so much above the noise: 7 dB. */
constexpr float kAbove = 5;
/** Noise that has grown is taken for noise after a while: 3 dB a second. */
constexpr float kRisePerSample = 8.6e-5f;
constexpr float kFallPart = 0.2f;
constexpr int kBeginSamples = 40 * kSamplesPerMs;

}  // namespace

VoiceActivity::VoiceActivity(int end_ms)
    : noise_(kNoiseAtFirst), silent_(end_ms * kSamplesPerMs), end_samples_(end_ms * kSamplesPerMs) {}

bool VoiceActivity::Add(float mean_square, int count) {
  if (mean_square < noise_) {
    noise_ += (mean_square - noise_) * kFallPart;
  } else {
    noise_ = std::min(mean_square, (noise_ + 1) * (1 + kRisePerSample * static_cast<float>(count)));
  }
  const bool voice = mean_square > kLeast && mean_square > kAbove * noise_;
  silent_ = voice ? 0 : std::min(silent_ + count, end_samples_);
  voiced_ = std::clamp(voice ? voiced_ + count : voiced_ - 2 * count, 0, kBeginSamples);
  const bool was = talking_;
  talking_ = talking_ ? recent() : voiced_ >= kBeginSamples;
  return talking_ != was;
}

}  // namespace node_dahdi::media
