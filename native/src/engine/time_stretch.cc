// In the file thread: a piece of 15 ms costs some 15,000 multiplications.
#include "engine/time_stretch.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace node_dahdi::media {
namespace {

/** Half of a piece, 15 ms: a pitch period and more of any voice. */
constexpr int kHop = 120;
/** How far from its place a piece is looked for, 10 ms: all phases of 100 Hz and above. */
constexpr int kSearch = 80;

}  // namespace

TimeStretch::TimeStretch(double speed) : speed_(std::clamp(speed, kSlowest, kFastest)), rise_(kHop) {
  for (int i = 0; i < kHop; i++) {
    rise_[static_cast<size_t>(i)] =
        0.5F - 0.5F * std::cos(std::numbers::pi_v<float> * (static_cast<float>(i) + 0.5F) / kHop);
  }
}

void TimeStretch::Put(const int16_t* samples, size_t count) {
  // What no piece to come can want.
  const auto ideal = static_cast<int64_t>(static_cast<double>(pieces_ * kHop) * speed_);
  const int64_t keep = std::min({last_ + kHop, std::max<int64_t>(0, ideal - kSearch), end()});
  if (keep - start_ > 4 * kHop) {
    input_.erase(input_.begin(), input_.begin() + (keep - start_));
    start_ = keep;
  }
  input_.insert(input_.end(), samples, samples + count);
}

size_t TimeStretch::Take(int16_t* samples, size_t count) {
  while (made_.size() - taken_ < count && Step()) {
  }
  const size_t got = std::min(count, made_.size() - taken_);
  std::copy_n(made_.begin() + static_cast<std::ptrdiff_t>(taken_), got, samples);
  taken_ += got;
  if (taken_ == made_.size()) {
    made_.clear();
    taken_ = 0;
  }
  return got;
}

/** Lays one more half of a piece. False when more input is wanted, or all is said. */
bool TimeStretch::Step() {
  const auto ideal = static_cast<int64_t>(static_cast<double>(pieces_ * kHop) * speed_);
  const int64_t wanted = std::max(ideal + kSearch + kHop, last_ + 2 * kHop);
  if (wanted > end()) {
    if (total_ < 0 || ideal >= total_) return false;
    // The last piece fades into silence.
    input_.resize(static_cast<size_t>(wanted - start_), 0);
  }
  if (pieces_ == 0) {
    made_.insert(made_.end(), At(0), At(0) + kHop);
  } else {
    const int64_t begin = Best(ideal);
    const int16_t* const before = At(last_ + kHop);
    const int16_t* const after = At(begin);
    for (int i = 0; i < kHop; i++) {
      const float rise = rise_[static_cast<size_t>(i)];
      made_.push_back(static_cast<int16_t>(std::lrintf((1 - rise) * before[i] + rise * after[i])));
    }
    last_ = begin;
  }
  pieces_++;
  return true;
}

/** Where the input is most like that which would follow the last piece. */
int64_t TimeStretch::Best(int64_t ideal) const {
  const int16_t* const natural = At(last_ + kHop);
  int64_t best = std::max(ideal, start_);
  float most = -1;
  for (int64_t at = std::max(ideal - kSearch, start_); at <= ideal + kSearch; at++) {
    const int16_t* const candidate = At(at);
    float product = 0, energy = 1;
    for (int i = 0; i < kHop; i++) {
      product += static_cast<float>(natural[i]) * static_cast<float>(candidate[i]);
      energy += static_cast<float>(candidate[i]) * static_cast<float>(candidate[i]);
    }
    const float likeness = product <= 0 ? 0 : product * product / energy;
    if (likeness > most) {
      most = likeness;
      best = at;
    }
  }
  return best;
}

}  // namespace node_dahdi::media
