// How long the machine itself stands still: on each processor a real-time thread that does nothing but sleep
// for a millisecond, again and again. What it is late nobody could have been on time for. Argument: seconds.
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

double LongestMs(unsigned processor, double seconds) {
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
  const long end = now() + static_cast<long>(seconds * 1e9);
  long longest = 0;
  for (long due = now() + kStepNs; due < end; due += kStepNs) {
    const timespec until{.tv_sec = due / 1'000'000'000, .tv_nsec = due % 1'000'000'000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    const long late = now() - due;
    longest = std::max(longest, late);
    // What was slept through is one standstill, not many.
    due += late / kStepNs * kStepNs;
  }
  return static_cast<double>(longest) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
  const double seconds = count > 1 ? std::atof(arguments[1]) : 1;
  std::vector<double> longest(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < longest.size(); i++)
    threads.emplace_back([&, i] { longest[i] = LongestMs(i, seconds); });
  for (std::thread& thread : threads) thread.join();
  std::printf("{\"longestMs\":%.2f}\n", *std::max_element(longest.begin(), longest.end()));
}
