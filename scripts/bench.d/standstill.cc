// When the machine itself stands still: on each processor a real-time thread that does nothing but sleep for
// a millisecond, again and again. What all of them are late at once nobody could have been on time for.
// Argument: seconds.
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

constexpr long kStepNs = 1'000'000;
/** Above the media thread's, and below the kernel's own interrupt threads (50). */
constexpr int kPriority = 45;

struct Standstill {
  double from_ms, to_ms;
};

/** Of one processor: all that are longer than a millisecond. */
std::vector<Standstill> Watch(unsigned processor, double seconds) {
  cpu_set_t own;
  CPU_ZERO(&own);
  CPU_SET(processor, &own);
  pthread_setaffinity_np(pthread_self(), sizeof own, &own);
  sched_param param{};
  param.sched_priority = kPriority;
  pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
  const auto now = [] {
    timespec at{};
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1'000'000'000L + at.tv_nsec;
  };
  std::vector<Standstill> found;
  const long end = now() + static_cast<long>(seconds * 1e9);
  for (long due = now() + kStepNs; due < end; due += kStepNs) {
    const timespec until{.tv_sec = due / 1'000'000'000, .tv_nsec = due % 1'000'000'000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    const long woken = now();
    if (woken - due > kStepNs)
      found.push_back({static_cast<double>(due) / 1e6, static_cast<double>(woken) / 1e6});
    // What was slept through is one standstill, not many.
    due += (woken - due) / kStepNs * kStepNs;
  }
  return found;
}

/** When both stand still. */
std::vector<Standstill> Both(const std::vector<Standstill>& one, const std::vector<Standstill>& other) {
  std::vector<Standstill> both;
  for (size_t i = 0, j = 0; i < one.size() && j < other.size();) {
    const double from = std::max(one[i].from_ms, other[j].from_ms);
    const double to = std::min(one[i].to_ms, other[j].to_ms);
    if (from < to) both.push_back({from, to});
    one[i].to_ms < other[j].to_ms ? i++ : j++;
  }
  return both;
}

}  // namespace

int main(int count, char** arguments) {
  const double seconds = count > 1 ? std::atof(arguments[1]) : 1;
  std::vector<std::vector<Standstill>> found(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < found.size(); i++) threads.emplace_back([&, i] { found[i] = Watch(i, seconds); });
  for (std::thread& thread : threads) thread.join();
  std::vector<Standstill> all = found[0];
  for (const std::vector<Standstill>& one : found) all = Both(all, one);
  for (const Standstill& standstill : all)
    std::printf("{\"fromMs\":%.3f,\"toMs\":%.3f}\n", standstill.from_ms, standstill.to_ms);
}
