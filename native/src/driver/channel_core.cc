#include "driver/channel_core.h"

#include <dahdi/user.h>
#include <errno.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <mutex>
#include <utility>

namespace node_dahdi {

namespace {

// Bounds the queue of a channel whose events nobody takes; the oldest go first.
constexpr size_t kMaxQueued = 1024;

uint64_t MonotonicNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<uint64_t>(now.tv_nsec);
}

}  // namespace

ChannelCore::~ChannelCore() { close(fd_); }

void ChannelCore::DrainEvents() {
  const std::lock_guard lock(mutex_);
  bool any = false;
  const auto push = [&](int code) {
    if (events_.size() == kMaxQueued) events_.pop_front();
    events_.push_back({code, MonotonicNs()});
    any = true;
  };
  while (!gone()) {
    int code = DAHDI_EVENT_NONE;
    const int result = ioctl(fd_, DAHDI_GETEVENT, &code);
    if (result != 0 && errno == ENODEV) {
      gone_.store(true, std::memory_order_release);
      // The driver may have queued REMOVED itself before the card went; one is enough.
      if (!removed_) push(DAHDI_EVENT_REMOVED);
      break;
    }
    if (result != 0 || code == DAHDI_EVENT_NONE) break;
    removed_ |= code == DAHDI_EVENT_REMOVED;
    push(code);
  }
  if (any && wake_) wake_();
}

std::optional<DriverEvent> ChannelCore::NextEvent() {
  const std::lock_guard lock(mutex_);
  if (events_.empty()) return std::nullopt;
  const DriverEvent event = events_.front();
  events_.pop_front();
  return event;
}

void ChannelCore::SetWake(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
  if (wake_ && !events_.empty()) wake_();
}

}  // namespace node_dahdi
