// A semaphore that the media thread may post (it never blocks) and another thread waits on.
#pragma once

#include <semaphore.h>
#include <time.h>

namespace node_dahdi::media {

class Wakeup {
 public:
  Wakeup() { sem_init(&semaphore_, 0, 0); }
  ~Wakeup() { sem_destroy(&semaphore_); }
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;
  void Post() { sem_post(&semaphore_); }
  /** Returns when posted or after `ms`; takes all posts together. */
  void Wait(int ms) {
    timespec until{};
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += static_cast<long>(ms % 1000) * 1'000'000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1'000'000'000;
    until.tv_nsec %= 1'000'000'000;
    sem_clockwait(&semaphore_, CLOCK_MONOTONIC, &until);
    while (sem_trywait(&semaphore_) == 0) {
    }
  }

 private:
  sem_t semaphore_;
};

}  // namespace node_dahdi::media
