#include "engine/bridge_buffer.h"

#include <algorithm>

namespace node_dahdi::media {
namespace {

constexpr int kDelayWindow = 1000 / kTickMs;

}  // namespace

void BridgeBuffer::Begin(int cushion) {
  count_ = takes_ = 0;
  cushion_ = std::min(cushion, kMostCushion);
  shallowest_ = kSize;
  flowing_ = false;
}

bool BridgeBuffer::Put(const int16_t* samples, int count) {
  const int excess = std::max(0, count_ + count - kSize);
  if (excess > 0) {
    std::copy(samples_.begin() + excess, samples_.begin() + count_, samples_.begin());
    count_ -= excess;
  }
  std::copy(samples, samples + count, samples_.begin() + count_);
  count_ += count;
  return excess == 0;
}

bool BridgeBuffer::Take(int16_t* samples, int count) {
  if (!flowing_ && count_ < count + cushion_) {
    std::fill_n(samples, count, int16_t{0});
    return true;
  }
  flowing_ = true;
  const int got = std::min(count, count_);
  const int missing = count - got;
  cushion_ = std::min(cushion_ + missing, kMostCushion);
  std::copy(samples_.begin(), samples_.begin() + got, samples);
  std::fill(samples + got, samples + count, int16_t{0});
  count_ -= got;
  shallowest_ = std::min(shallowest_, count_);
  int drop = 0;
  if (++takes_ >= kDelayWindow) {
    // What has lain on the cushion for a second is only delay: two card clocks drift apart.
    drop = shallowest_ >= cushion_ + kTickSamples ? kTickSamples : 0;
    count_ -= drop;
    takes_ = 0;
    shallowest_ = kSize;
  }
  std::copy(samples_.begin() + got + drop, samples_.begin() + got + drop + count_, samples_.begin());
  return missing == 0;
}

}  // namespace node_dahdi::media
