#include "engine/progress_detector.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace node_dahdi::media {
namespace {

/** Of the window's energy, so much must be the tone's own. */
constexpr float kShare = 0.6F;
/** Mean square of the quietest tone, -40 dBm0 (0 dBm0 is +3.14 dB below full scale, G.711). */
constexpr float kQuietest = 5.2e8F * 1e-4F / 2;
/** Of what is no line's noise, -35 dBm0; so long of it is somebody who speaks. */
constexpr float kSpeech = kQuietest * 3.2F;
constexpr uint32_t kSpoken = 200;
/** Beyond it a cadence is too slow to be waited for twice. */
constexpr uint32_t kSlow = 2500;
constexpr uint32_t kEndless = 1500;
constexpr uint32_t kSlowSilence = 1000;
/** The silence before the first sound. */
constexpr uint32_t kForEver = 60'000;

/** Exchanges keep their cadences within a tenth; edges are seen to within a window. */
constexpr uint32_t Tolerance(uint32_t ms) { return ms / 8 + 45; }
constexpr bool Near(uint32_t is, uint32_t wanted) {
  return is + Tolerance(wanted) >= wanted && is <= wanted + Tolerance(wanted);
}

uint32_t Period(const ProgressTone& tone) {
  uint32_t sum = 0;
  for (int i = 0; i < tone.parts; i++) sum += tone.cadence[static_cast<size_t>(i)];
  return sum;
}

}  // namespace

ProgressDetector::ProgressDetector(std::span<const ProgressTone> tones) {
  for (const ProgressTone& tone : tones.first(std::min<size_t>(tones.size(), kMostTones))) {
    if (tone.sequence[0] > 0) {
      sequences_.push_back(
          {static_cast<int>(tones_.size()),
           SequenceDetector(tone.sequence, {tone.cadence[0], tone.cadence[1], tone.cadence[2]})});
    }
    if (!(tone.hz[0] > 0)) {
      tones_.push_back(tone);
      sound_of_.push_back(-1);
      continue;
    }
    const int first = OscillatorOf(tone.hz[0]);
    const int second = tone.hz[1] > 0 ? OscillatorOf(tone.hz[1]) : -1;
    const auto same = std::find_if(sounds_.begin(), sounds_.end(), [&](const Sound& sound) {
      return sound.first == first && sound.second == second;
    });
    sound_of_.push_back(static_cast<int>(same - sounds_.begin()));
    if (same == sounds_.end()) {
      sounds_.push_back({.first = first,
                         .second = second,
                         .on = false,
                         .ms = kForEver,
                         .shares = 0,
                         .windows = 0,
                         .other = 0,
                         .level = 0,
                         .before = {}});
    }
    tones_.push_back(tone);
  }
}

int ProgressDetector::OscillatorOf(float hz) {
  const auto known = std::find(hz_.begin(), hz_.end(), hz);
  const int at = static_cast<int>(known - hz_.begin());
  if (known != hz_.end()) return at;
  hz_.push_back(hz);
  const float step = 2 * std::numbers::pi_v<float> * hz / static_cast<float>(kRate);
  oscillators_.push_back({.cos = 1,
                          .sin = 0,
                          .step_cos = std::cos(step),
                          .step_sin = std::sin(step),
                          .re = 0,
                          .im = 0,
                          .last_re = 0,
                          .last_im = 0});
  return at;
}

bool ProgressDetector::Take(const int16_t** samples, int* count, ProgressEvent* event) {
  const int now = std::min(*count, kHop - filled_);
  for (int i = 0; i < now; i++) {
    const auto sample = static_cast<float>((*samples)[i]);
    energy_ += sample * sample;
    for (Oscillator& each : oscillators_) {
      each.re += sample * each.cos;
      each.im += sample * each.sin;
      const float next = each.cos * each.step_cos - each.sin * each.step_sin;
      each.sin = each.sin * each.step_cos + each.cos * each.step_sin;
      each.cos = next;
    }
  }
  *samples += now;
  *count -= now;
  filled_ += now;
  if (filled_ < kHop) return false;
  filled_ = 0;
  return Hop(event);
}

bool ProgressDetector::Hop(ProgressEvent* event) {
  const float window = energy_ + last_energy_;
  // What one frequency has: 2/N |sum|^2 of the window's N samples, as energy.
  auto energy = [&](int at) {
    if (at < 0) return 0.0F;
    const Oscillator& each = oscillators_[static_cast<size_t>(at)];
    const float re = each.re + each.last_re;
    const float im = each.im + each.last_im;
    return (re * re + im * im) / kHop;
  };
  for (Sound& sound : sounds_) {
    const float first = energy(sound.first);
    const float second = energy(sound.second);
    const bool loud = window / (2 * kHop) > kQuietest;
    // Of two frequencies neither may be missing.
    const bool both = sound.second < 0 || (first > second / 8 && second > first / 8);
    const bool on = loud && both && first + second > kShare * window;
    if (on != sound.on) {
      std::shift_right(sound.before.begin(), sound.before.end(), 1);
      sound.before[0] = sound.ms;
      sound.on = on;
      sound.ms = sound.other = 0;
    }
    if (on) {
      // Of the last few windows: what is heard now counts.
      constexpr int kMostWindows = 32;
      if (++sound.windows > kMostWindows) sound.shares -= sound.shares / static_cast<float>(sound.windows--);
      sound.shares += std::min(1.0F, (first + second) / window);
    }
    sound.ms += kHopMs;
    if (on) sound.level = window;
    // The windows at the edges of the tone have some of it; the line's noise is far below it.
    const bool speech = window / (2 * kHop) > kSpeech && window > sound.level / 30;
    if (!on && sound.ms > 3 * kHopMs && speech) sound.other += kHopMs;
  }
  for (Oscillator& each : oscillators_) {
    each.last_re = std::exchange(each.re, 0.0F);
    each.last_im = std::exchange(each.im, 0.0F);
    // Rounding would let it grow or shrink in hours.
    const float size = 1.5F - 0.5F * (each.cos * each.cos + each.sin * each.sin);
    each.cos *= size;
    each.sin *= size;
  }
  last_energy_ = std::exchange(energy_, 0.0F);

  const int tone = Match();
  if (tone >= 0 && tone != told_) {
    told_ = tone;
    const Sound& sound = sounds_[static_cast<size_t>(sound_of_[static_cast<size_t>(tone)])];
    *event = {tone, sound.shares / static_cast<float>(std::max(1, sound.windows))};
    return true;
  }
  if (told_ >= 0 && tone != told_) {
    const auto at = static_cast<size_t>(told_);
    if (!StillFits(tones_[at], sounds_[static_cast<size_t>(sound_of_[at])])) {
      told_ = -1;
      *event = {-1, 0};
      return true;
    }
  }
  return false;
}

int ProgressDetector::Match() const {
  for (size_t i = 0; i < tones_.size(); i++) {
    if (sound_of_[i] < 0) continue;
    if (Fits(tones_[i], sounds_[static_cast<size_t>(sound_of_[i])])) return static_cast<int>(i);
  }
  return -1;
}

/** The silence of a slow cadence is not waited for to its end. */
static bool LongEnough(uint32_t silence, uint32_t wanted) {
  return silence >= std::min(kSlowSilence, wanted / 2);
}

bool ProgressDetector::Silent(const Sound& sound, uint32_t wanted) {
  return !sound.on && sound.other < kSpoken && LongEnough(sound.ms, wanted) &&
         sound.ms <= wanted + Tolerance(wanted);
}

bool ProgressDetector::Fits(const ProgressTone& tone, const Sound& sound) const {
  const auto& [cadence, before] = std::pair{tone.cadence, sound.before};
  if (tone.parts == 1) {
    // Longer than any other tone of this sound lasts.
    uint32_t longest = kEndless;
    for (size_t i = 0; i < tones_.size(); i++) {
      if (&tones_[i] == &tone || sound_of_[i] < 0 || &sounds_[static_cast<size_t>(sound_of_[i])] != &sound)
        continue;
      for (int part = 0; part < tones_[i].parts; part += 2) {
        longest = std::max(longest, tones_[i].cadence[static_cast<size_t>(part)] * 5 / 4);
      }
    }
    return sound.on && sound.ms >= longest;
  }
  if (tone.parts == 2) {
    if (Period(tone) > kSlow) {
      return Silent(sound, cadence[1]) && Near(before[0], cadence[0]) && LongEnough(before[1], cadence[1]);
    }
    // On, off, on, off, each as it should be: told at the end of the second silence.
    return sound.on && sound.ms == kHopMs && Near(before[0], cadence[1]) && Near(before[1], cadence[0]) &&
           Near(before[2], cadence[1]) && Near(before[3], cadence[0]);
  }
  // On, off, on, and then the long silence.
  return tone.parts == 4 && Silent(sound, cadence[3]) && Near(before[0], cadence[2]) &&
         Near(before[1], cadence[1]) && Near(before[2], cadence[0]) && LongEnough(before[3], cadence[3]);
}

bool ProgressDetector::StillFits(const ProgressTone& tone, const Sound& sound) const {
  if (tone.parts == 1) return sound.on;
  if (sound.other >= kSpoken) return false;
  uint32_t most = 0;
  for (int part = sound.on ? 0 : 1; part < tone.parts; part += 2) {
    most = std::max(most, tone.cadence[static_cast<size_t>(part)]);
  }
  if (sound.ms > most + Tolerance(most)) return false;
  // What was on or off last was as it should be: another tone of the same sound is none of this.
  for (int part = sound.on ? 1 : 0; part < tone.parts; part += 2) {
    if (Near(sound.before[0], tone.cadence[static_cast<size_t>(part)])) return true;
  }
  return false;
}

}  // namespace node_dahdi::media
