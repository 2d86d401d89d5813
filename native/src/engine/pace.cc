#include "engine/pace.h"

#include <poll.h>
#include <time.h>

#include <algorithm>
#include <cerrno>

#include "engine/realtime.h"
#include "engine/source.h"

namespace node_dahdi::media {
namespace {

constexpr int64_t kTickNs = kTickMs * 1'000'000LL;
/** After a longer standstill (the machine slept) the past is let go. */
constexpr int64_t kForgetNs = 1'000'000'000;
/** A tick comes so long after a block is complete: time for the other spans that one interrupt serves. */
constexpr int64_t kLagNs = 500'000;
/** How long before it is expected a block is looked for, and how long after the tick it is waited for. */
constexpr int64_t kSightNs = 300'000;
constexpr int64_t kPatienceNs = 2'000'000;
/** The most that a look moves the ticks: 400 parts in a million, far more than clocks differ. */
constexpr int64_t kStepNs = 100'000;

void SleepUntil(int64_t ns) {
  const timespec until{.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

/** False when it was not readable in `ns`. */
bool AwaitReadable(int fd, int64_t ns) {
  pollfd waited{.fd = fd, .events = POLLIN, .revents = 0};
  const timespec most{.tv_sec = 0, .tv_nsec = std::max<int64_t>(0, ns)};
  return ppoll(&waited, 1, &most, nullptr) > 0 && (waited.revents & POLLIN) != 0;
}

}  // namespace

void Pace::Begin() { due_ns_ = NowNs() + kTickNs; }

void Pace::Next() { due_ns_ += kTickNs; }

int64_t Pace::Await(int clock_fd) {
  if (clock_fd >= 0) Adjust(clock_fd);
  SleepUntil(due_ns_);
  const int64_t late = Late(NowNs());
  if (late > kForgetNs) due_ns_ += late / kTickNs * kTickNs;
  return late;
}

void Pace::Adjust(int clock_fd) {
  const int64_t expected = due_ns_ - kLagNs;
  SleepUntil(expected - kSightNs);
  // A thread that is late itself learns nothing of the card.
  if (NowNs() > expected) return;
  if (AwaitReadable(clock_fd, 0)) {
    due_ns_ -= kStepNs;
  } else if (AwaitReadable(clock_fd, due_ns_ + kPatienceNs - NowNs())) {
    due_ns_ += std::clamp(NowNs() - expected, -kStepNs, kStepNs);
  } else {
    due_ns_ += kStepNs;
  }
}

}  // namespace node_dahdi::media
