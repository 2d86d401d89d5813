// What the driver binding and the media engine share of one open channel: its descriptor and its events.
// Held by std::shared_ptr; the descriptor is closed when the last holder lets go, so a descriptor that the
// media thread is reading can never be closed and handed out again under it.
#pragma once

#include <napi.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "driver/priority_mutex.h"

namespace node_dahdi {

enum class Law : int { kMu = 1, kA = 2 };  // DAHDI_LAW_MULAW, DAHDI_LAW_ALAW

struct DriverEvent {
  int code;               // DAHDI_EVENT_*
  uint64_t monotonic_ns;  // CLOCK_MONOTONIC when it was taken from the driver
};

class ChannelCore {
 public:
  // Takes the descriptor over.
  ChannelCore(int fd, int number) : fd_(fd), number_(number) {}
  ~ChannelCore();
  ChannelCore(const ChannelCore&) = delete;
  ChannelCore& operator=(const ChannelCore&) = delete;

  // The core behind a `channel` or `pseudo` handle of the driver face, for as long as the pointer is held.
  // Throws a JavaScript error: TypeError ERR_ARGUMENT for anything else, ERR_CLOSED for a closed handle.
  static std::shared_ptr<ChannelCore> FromHandle(const Napi::Value& value);

  // Never changes and never becomes invalid while the core is held. Always non-blocking.
  int fd() const { return fd_; }
  // DAHDI's channel number; 0 for a pseudo channel until the driver named it.
  int number() const { return number_; }
  // True once JavaScript closed the handle: a holder should let go soon.
  bool closed() const { return closed_.load(std::memory_order_acquire); }
  // True once the card is gone (ENODEV): reads and writes will never work again.
  bool gone() const { return gone_.load(std::memory_order_acquire); }
  Law law() const { return law_.load(std::memory_order_relaxed); }
  void set_law(Law law) { law_.store(law, std::memory_order_relaxed); }

  // Any thread. Takes all events that wait in the driver, stamps and queues them, and wakes JavaScript.
  // To be called when read() or write() fails with ELAST (500), which the driver does while events wait.
  // Does not block beyond a short lock.
  void DrainEvents();

  // JavaScript thread: takes the oldest queued event.
  std::optional<DriverEvent> NextEvent();
  // JavaScript thread: called (on any thread, under the lock) when events were queued; empty to stop.
  void SetWake(std::function<void()> wake);
  void MarkClosed() { closed_.store(true, std::memory_order_release); }

 private:
  const int fd_;
  const int number_;
  std::atomic<bool> closed_{false};
  std::atomic<bool> gone_{false};
  std::atomic<Law> law_{Law::kA};
  PriorityMutex mutex_;
  std::deque<DriverEvent> events_;
  bool removed_ = false;
  std::function<void()> wake_;
};

}  // namespace node_dahdi
