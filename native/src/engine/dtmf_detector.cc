// How a digit is told from a voice: for 32 ms on end the same row and column must dominate their groups, lie
// within the frequency limits (by the turn of their phases over 8 ms, which is far sharper than a filter's
// slope), keep their level, and together be nearly all the energy there is.
#include "engine/dtmf_detector.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "engine/levels.h"

namespace node_dahdi::media {
namespace {

constexpr char kKeys[4][5] = {"123A", "456B", "789C", "*0#D"};
/** 20 ms without the tone end it: a break of 10 ms does not, one of 30 ms does. */
constexpr int kAbsentToEnd = 5;
/** Something else as loud as the digit ends it after so many windows. */
constexpr int kMissesToEnd = 11;
/** Lowest level of one frequency, dBm0. */
constexpr double kMinLevel = -42;
/** The most that one frequency may be above the other, either way, dB. */
constexpr double kMaxTwist = 8.6;
/** Others of the same group must be below the best by this, dB. */
constexpr double kGroupMargin = 7;
/** Of the frequency: 1.5 % must be accepted, 3.5 % must not. */
constexpr double kMaxDeviation = 0.025;
/** The part of all energy that the two frequencies must have: S/N of about 6 dB. */
constexpr float kMinPurity = 0.80f;
/** And on average over the windows that make a digit certain: 8 dB. A voice that comes near it wavers. */
constexpr float kMeanPurity = 0.86f;
/** And both frequencies' deviations together, on average, in parts of kMaxDeviation: 3.4 %, where 3 % is in
 * order. */
constexpr float kMeanDeviation = 1.36f;
/** The most that a frequency's power may change from one half of a window to the other. */
constexpr float kMaxStep = 2.0f;

float Decibels(double db) { return static_cast<float>(std::pow(10.0, db / 10.0)); }

/** Turns by ω·samples for every frequency. */
struct Turn {
  std::array<float, kTones> cos, sin;
};

/** Undoes what two frequencies leave of themselves in each other's sums over 64 samples. */
struct Separation {
  float even[2][2], odd[2][2];
};

struct Constants {
  Turn quarter;  // 16 samples
  Turn half;     // 32 samples
  Turn whole;    // 64 samples
  std::array<float, kTones> max_turn;
  Separation separation[4][4];
};

double Omega(int tone) { return 2 * std::numbers::pi * kDtmfHz[static_cast<size_t>(tone)] / kRate; }

void Invert(double a, double b, double d, float to[2][2]) {
  const double determinant = a * d - b * b;
  to[0][0] = static_cast<float>(d / determinant);
  to[0][1] = to[1][0] = static_cast<float>(-b / determinant);
  to[1][1] = static_cast<float>(a / determinant);
}

Constants MakeConstants() {
  Constants constants{};
  const auto turn = [](double samples) {
    Turn turn{};
    for (int tone = 0; tone < kTones; tone++) {
      turn.cos[static_cast<size_t>(tone)] = static_cast<float>(std::cos(Omega(tone) * samples));
      turn.sin[static_cast<size_t>(tone)] = static_cast<float>(std::sin(Omega(tone) * samples));
    }
    return turn;
  };
  constants.quarter = turn(16);
  constants.half = turn(32);
  constants.whole = turn(64);
  for (int tone = 0; tone < kTones; tone++) {
    constants.max_turn[static_cast<size_t>(tone)] = static_cast<float>(Omega(tone) * kMaxDeviation * 64);
  }
  for (int row = 0; row < 4; row++) {
    for (int column = 0; column < 4; column++) {
      double even[3] = {0, 0, 0}, odd[3] = {0, 0, 0};
      for (int n = 0; n < 64; n++) {
        const double a = Omega(row) * (n - 31.5), b = Omega(4 + column) * (n - 31.5);
        even[0] += std::cos(a) * std::cos(a), even[1] += std::cos(a) * std::cos(b),
            even[2] += std::cos(b) * std::cos(b);
        odd[0] += std::sin(a) * std::sin(a), odd[1] += std::sin(a) * std::sin(b),
            odd[2] += std::sin(b) * std::sin(b);
      }
      Invert(even[0], even[1], even[2], constants.separation[row][column].even);
      Invert(odd[0], odd[1], odd[2], constants.separation[row][column].odd);
    }
  }
  return constants;
}

const Constants kConst = MakeConstants();
const auto kMinPower = static_cast<float>(MeanSquareOf(kMinLevel));
const float kTwist = Decibels(kMaxTwist);
const float kMargin = Decibels(kGroupMargin);

/** The strongest of four, or -1 when another comes too near. */
int Dominant(const float* power) {
  const float low = std::max(power[0], power[1]), high = std::max(power[2], power[3]);
  const float best = std::max(low, high) / kMargin;
  const int near = (power[0] > best) + (power[1] > best) + (power[2] > best) + (power[3] > best);
  if (near != 1) return -1;
  return low > high ? power[1] > power[0] : 2 + (power[3] > power[2]);
}

}  // namespace

void DtmfDetector::Reset() {
  pending_count_ = 0;
  step_ = 0;
  last_ = {};
  halves_ = {};
  energies_ = {};
  certainties_ = {};
  matched_ = {};
  matched_row_ = matched_column_ = row_ = column_ = 0;
  candidate_ = digit_ = 0;
  hits_ = misses_ = absent_ = 0;
  power_ = 0;
  onset_samples_ = 0;
}

int DtmfDetector::Take(const int16_t** samples, int* count, DtmfEvent* events) {
  SubBlock block;
  if (pending_count_ == 0 && *count >= kSubBlock) {
    Correlate(simd_, *samples, &block);
    *samples += kSubBlock;
    *count -= kSubBlock;
    return Step(block, events);
  }
  const int run = std::min(*count, kSubBlock - pending_count_);
  std::copy(*samples, *samples + run, pending_.begin() + pending_count_);
  *samples += run;
  *count -= run;
  pending_count_ += run;
  if (pending_count_ < kSubBlock) return 0;
  pending_count_ = 0;
  Correlate(simd_, pending_.data(), &block);
  return Step(block, events);
}

int DtmfDetector::Step(const SubBlock& block, DtmfEvent* events) {
  step_++;
  energies_[step_ % kEnergies] = static_cast<float>(block.energy);
  Half& half = halves_[step_ % kHalves];
  const Turn& turn = kConst.quarter;
  for (size_t t = 0; t < kTones; t++) {
    const auto re = static_cast<float>(block.sums[t]), im = -static_cast<float>(block.sums[kTones + t]);
    half.re[t] = (last_.re[t] + re) * turn.cos[t] + (im - last_.im[t]) * turn.sin[t];
    half.im[t] = (last_.im[t] + im) * turn.cos[t] + (last_.re[t] - re) * turn.sin[t];
    last_.re[t] = re;
    last_.im[t] = im;
  }
  return Follow(Match(), events);
}

char DtmfDetector::Match() {
  // energy() is a mean square because its sums have 32 samples and are scaled by 32.
  const float mean = (energy(0) + energy(1) + energy(2) + energy(3)) / 4;
  if (mean < 2 * kMinPower) return 0;
  // Both frequencies keep their level and are nearly all there is: so does the whole.
  const float first = energy(3) + energy(2), second = energy(1) + energy(0);
  if (first * kMinPurity > kMaxStep * second || second * kMinPurity > kMaxStep * first) return 0;
  const Half& before = halves_[(step_ - 2) % kHalves];
  const Half& after = halves_[step_ % kHalves];
  float power[kTones];
  for (size_t t = 0; t < kTones; t++) {
    const float re =
        (before.re[t] + after.re[t]) * kConst.half.cos[t] + (after.im[t] - before.im[t]) * kConst.half.sin[t];
    const float im =
        (before.im[t] + after.im[t]) * kConst.half.cos[t] + (before.re[t] - after.re[t]) * kConst.half.sin[t];
    power[t] = re * re + im * im;
  }
  const int row = Dominant(power), column = Dominant(power + 4);
  if (row < 0 || column < 0) return 0;

  const Separation& separation = kConst.separation[row][column];
  const size_t tones[2] = {static_cast<size_t>(row), static_cast<size_t>(4 + column)};
  float re[2][2], im[2][2];  // by half, by tone: amplitudes
  for (int h = 0; h < 2; h++) {
    const Half& half = h == 0 ? before : after;
    for (int i = 0; i < 2; i++) {
      re[h][i] = (separation.even[i][0] * half.re[tones[0]] + separation.even[i][1] * half.re[tones[1]]) /
                 kBankScale;
      im[h][i] =
          (separation.odd[i][0] * half.im[tones[0]] + separation.odd[i][1] * half.im[tones[1]]) / kBankScale;
    }
  }
  float mean_square[2], deviation = 0;
  for (int i = 0; i < 2; i++) {
    const size_t t = tones[i];
    const float p0 = re[0][i] * re[0][i] + im[0][i] * im[0][i],
                p1 = re[1][i] * re[1][i] + im[1][i] * im[1][i];
    if (p0 > kMaxStep * p1 || p1 > kMaxStep * p0) return 0;
    // after · conj(before), turned back by what the nominal frequency turns in 64 samples.
    const float c = re[1][i] * re[0][i] + im[1][i] * im[0][i], s = im[1][i] * re[0][i] - re[1][i] * im[0][i];
    const float turned = std::atan2(s * kConst.whole.cos[t] - c * kConst.whole.sin[t],
                                    c * kConst.whole.cos[t] + s * kConst.whole.sin[t]);
    if (std::fabs(turned) > kConst.max_turn[t]) return 0;
    deviation += std::fabs(turned) / kConst.max_turn[t];
    // What a frequency beside the nominal one loses over 64 samples.
    const float u = turned / 2, loss = 1 - u * u / 6 + u * u * u * u / 120;
    mean_square[i] = (p0 + p1) / 4 / (loss * loss);
    if (mean_square[i] < kMinPower) return 0;
  }
  if (mean_square[0] > kTwist * mean_square[1] || mean_square[1] > kTwist * mean_square[0]) return 0;
  if (mean_square[0] + mean_square[1] < kMinPurity * mean) return 0;
  matched_ = {(mean_square[0] + mean_square[1]) / mean, deviation};
  matched_row_ = mean_square[0];
  matched_column_ = mean_square[1];
  return kKeys[row][column];
}

void DtmfDetector::Loudest() {
  if (matched_row_ + matched_column_ <= row_ + column_) return;
  row_ = matched_row_;
  column_ = matched_column_;
}

int DtmfDetector::Follow(char match, DtmfEvent* events) {
  int made = 0;
  const auto end = [&](uint64_t end_samples) {
    const uint64_t length = end_samples > onset_samples_ ? end_samples - onset_samples_ : 0;
    events[made++] = {DtmfEvent::Type::kEnd, digit_,
                      static_cast<uint32_t>((length + kSamplesPerMs / 2) / kSamplesPerMs), row_, column_};
    digit_ = 0;
  };
  if (digit_ != 0) {
    if (match == digit_) Loudest();
    absent_ = energy(0) < power_ / 8 ? absent_ + 1 : 0;
    misses_ = match == digit_ ? 0 : misses_ + 1;
    if (absent_ >= kAbsentToEnd) {
      // The part of the last block that still had tone.
      const float part = std::min(1.0f, energy(absent_) / power_);
      end((step_ - static_cast<uint64_t>(absent_) - 1) * kSubBlock + static_cast<uint64_t>(part * kSubBlock));
    } else if (misses_ >= kMissesToEnd) {
      end((step_ - static_cast<uint64_t>(misses_)) * kSubBlock);
    }
  }
  hits_ = match == 0 ? 0 : match == candidate_ ? hits_ + 1 : 1;
  candidate_ = match;
  if (match != 0) certainties_[static_cast<size_t>(hits_) % certainties_.size()] = matched_;
  if (hits_ < kHitsToBegin || match == digit_) return made;
  Certainty sum;
  for (const Certainty& one : certainties_) {
    sum.purity += one.purity;
    sum.deviation += one.deviation;
  }
  if (sum.purity < kHitsToBegin * kMeanPurity || sum.deviation > kHitsToBegin * kMeanDeviation) return made;
  if (digit_ != 0) end((step_ - kHitsToBegin - 3) * kSubBlock);
  digit_ = match;
  power_ = matched_row_ + matched_column_;
  row_ = column_ = 0;
  Loudest();
  misses_ = absent_ = 0;
  // The hits' first window began here; the block before it may have had a part of the tone.
  const int first = kHitsToBegin + 3;
  const float part = std::min(1.0f, energy(first) / power_);
  onset_samples_ =
      (step_ - static_cast<uint64_t>(first)) * kSubBlock - static_cast<uint64_t>(part * kSubBlock);
  events[made++] = {DtmfEvent::Type::kBegin, digit_, 0, row_, column_};
  return made;
}

}  // namespace node_dahdi::media
