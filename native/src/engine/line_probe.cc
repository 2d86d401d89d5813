#include "engine/line_probe.h"

namespace node_dahdi::media {

void LineProbe::Speak(int16_t* samples, int count) {
  for (int i = 0; i < count; i++) {
    samples[i] = said_[static_cast<size_t>(said_at_)];
    said_at_ = (said_at_ + 1) % kPeriod;
  }
}

void LineProbe::Hear(const int16_t* samples, int count) {
  for (int i = 0; i < count && left_ > 0; i++) {
    if (left_ <= periods_) {
      found_.sums[static_cast<size_t>(heard_at_)] += samples[i];
      found_.energy += static_cast<int64_t>(samples[i]) * samples[i];
    }
    heard_at_ = (heard_at_ + 1) % kPeriod;
    if (heard_at_ == 0) left_--;
  }
  if (left_ > 0 || done_.load(std::memory_order_relaxed)) return;
  found_.periods = periods_;
  done_.store(true, std::memory_order_release);
}

}  // namespace node_dahdi::media
