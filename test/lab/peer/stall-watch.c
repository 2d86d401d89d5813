// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Tells when the emulated machine itself stood still: one thread on each processor, above all others, that
// wakes every 5 ms. What delays it is not the guest's doing, unless its kernel kept interrupts off for as
// long.
//   stall-watch [FLOOR]     {"cpu":0,"ms":120,"at":12345} on stdout for each delay of at least FLOOR ms
//   (default 50)
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int floor_ms = 50;

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void* watch(void* argument) {
  const int cpu = (int)(intptr_t)argument;
  cpu_set_t own;
  CPU_ZERO(&own);
  CPU_SET(cpu, &own);
  const struct sched_param priority = {.sched_priority = 99};
  if (pthread_setaffinity_np(pthread_self(), sizeof own, &own) != 0 ||
      pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority) != 0) {
    fprintf(stderr, "stall-watch: no SCHED_FIFO on processor %d\n", cpu);
    exit(1);
  }
  for (int64_t due = now_ns() + 5000000;; due = now_ns() + 5000000) {
    const struct timespec until = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0) {
    }
    const int64_t late = (now_ns() - due) / 1000000;
    if (late < floor_ms) continue;
    printf("{\"cpu\":%d,\"ms\":%lld,\"at\":%lld}\n", cpu, (long long)late, (long long)(due / 1000000));
    fflush(stdout);
  }
  return NULL;
}

int main(int count, char** words) {
  if (count > 1) floor_ms = atoi(words[1]);
  const long cpus = sysconf(_SC_NPROCESSORS_ONLN);
  pthread_t thread;
  for (long cpu = 0; cpu < cpus; cpu++)
    if (pthread_create(&thread, NULL, watch, (void*)(intptr_t)cpu) != 0) return 1;
  // Ends with the pipe that it writes to, or by a signal.
  pthread_join(thread, NULL);
  return 0;
}
