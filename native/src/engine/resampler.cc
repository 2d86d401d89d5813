// The filter keeps up to 3.5 kHz and lets nothing above 4.1 kHz fold back.
#include "engine/resampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/g711.h"

namespace node_dahdi::media {
namespace {

constexpr int kSteps = 128;
constexpr int kCrossings = 24;
constexpr double kBeta = 5.65;  // Kaiser: 60 dB
constexpr double kCutoff = 0.475;

double Bessel0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 40; k++) {
    term *= (x / 2 / k) * (x / 2 / k);
    sum += term;
  }
  return sum;
}

}  // namespace

Resampler::Resampler(uint32_t rate)
    : rate_(rate),
      reach_(static_cast<int>(std::ceil(kCrossings * std::max(1.0, static_cast<double>(rate) / kRate)))),
      window_start_(-reach_) {
  const double cutoff = kCutoff * std::min<double>(rate, kRate) / rate;
  kernel_.resize(static_cast<size_t>(reach_) * kSteps + 2);
  for (size_t i = 0; i < kernel_.size(); i++) {
    const double x = static_cast<double>(i) / kSteps, edge = x / reach_;
    if (edge >= 1) continue;
    const double angle = 2 * std::numbers::pi * cutoff * x;
    const double sinc = angle == 0 ? 1 : std::sin(angle) / angle;
    kernel_[i] =
        static_cast<float>(2 * cutoff * sinc * Bessel0(kBeta * std::sqrt(1 - edge * edge)) / Bessel0(kBeta));
  }
  window_.assign(static_cast<size_t>(reach_), 0.0f);
}

int64_t Resampler::Read(int16_t* samples, size_t count, const Pull& pull) {
  size_t done = 0;
  while (done < count) {
    const int64_t scaled = next_ * rate_;
    const int64_t centre = scaled / kRate;
    if (centre >= end_) break;
    const int64_t have = window_start_ + static_cast<int64_t>(window_.size());
    if (have <= centre + reach_ + 1) {
      const int64_t useless = std::max<int64_t>(0, centre - reach_ - window_start_);
      window_.erase(window_.begin(), window_.begin() + std::min<int64_t>(useless, window_.size()));
      window_start_ += useless;
      int16_t fresh[2048];
      const int64_t got = end_ == INT64_MAX ? pull(fresh, std::size(fresh)) : 0;
      if (got < 0) return got;
      if (got == 0) {
        end_ = std::min(end_, have);
        window_.insert(window_.end(), std::size(fresh), 0.0f);
      } else {
        window_.insert(window_.end(), fresh, fresh + got);
      }
      continue;
    }
    const float fraction = static_cast<float>(scaled % kRate) / kRate;
    const auto at = [&](float distance) {
      const float point = distance * kSteps;
      const auto step = static_cast<size_t>(point);
      const float between = point - static_cast<float>(step);
      return step + 1 < kernel_.size() ? kernel_[step] + between * (kernel_[step + 1] - kernel_[step]) : 0.0f;
    };
    const float* middle = window_.data() + (centre - window_start_);
    float sum = 0;
    for (int i = 0; i < reach_; i++)
      sum += middle[-i] * at(fraction + i) + middle[i + 1] * at(1 - fraction + i);
    samples[done++] = static_cast<int16_t>(std::clamp(std::lrintf(sum), -32768L, 32767L));
    next_++;
  }
  return static_cast<int64_t>(done);
}

}  // namespace node_dahdi::media
