#include "driver/channel_core.h"

#include <dahdi/user.h>
#include <errno.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <utility>

namespace node_dahdi {

namespace {

uint64_t MonotonicNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<uint64_t>(now.tv_nsec);
}

}  // namespace

ChannelCore::~ChannelCore() { close(fd_); }

void ChannelCore::DrainEvents() {
  const std::lock_guard lock(mutex_);
  const size_t before = events_.size();
  while (!gone()) {
    int code = DAHDI_EVENT_NONE;
    const int result = ioctl(fd_, DAHDI_GETEVENT, &code);
    if (result != 0 && errno == ENODEV) {
      gone_.store(true, std::memory_order_release);
      // The driver may have queued REMOVED itself before the card went; one is enough.
      if (!removed_) events_.push_back({DAHDI_EVENT_REMOVED, MonotonicNs()});
      break;
    }
    if (result != 0 || code == DAHDI_EVENT_NONE) break;
    removed_ |= code == DAHDI_EVENT_REMOVED;
    events_.push_back({code, MonotonicNs()});
  }
  if (events_.size() > before && wake_) wake_();
}

std::vector<DriverEvent> ChannelCore::TakeEvents() {
  const std::lock_guard lock(mutex_);
  return std::exchange(events_, {});
}

void ChannelCore::SetWake(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
  if (wake_ && !events_.empty()) wake_();
}

}  // namespace node_dahdi
