// What a thread needs to be on time, as far as the machine permits.
#pragma once

#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace node_dahdi::media {

/** Above ordinary work and below the kernel's own interrupt threads (50). */
inline constexpr int kMediaPriority = 40;

/** CLOCK_MONOTONIC. */
inline int64_t NowNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

/** Makes the calling thread SCHED_FIFO. Returns 0 or an errno. */
inline int BecomeRealtime() {
  sched_param param{};
  param.sched_priority = kMediaPriority;
  return pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
}

/**
 * Puts the calling thread before ordinary ones, where that is permitted: on one processor, files must be read
 * and written though JavaScript is busy.
 */
inline void BecomeUrgent() {
  constexpr int kNice = -10;
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNice);
}

/** Puts the calling thread behind all others: what it does can wait. */
inline void BecomeModest() {
  constexpr int kNice = 19;
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNice);
}

/**
 * Keeps in memory, once it is there, what a thread of ours runs on: its stack, and the code of this addon and
 * the libraries it calls. Not the whole process: the JavaScript engine gives pages back by madvise(), takes a
 * refusal for a fault, and ends the process; what the thread touches at each tick is never swapped anyway.
 * Does what the limit of locked memory permits.
 */
void LockThreadMemory();

}  // namespace node_dahdi::media
