// Where a port's audio comes from and goes to. One implementation per kind of endpoint.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/g711.h"

namespace node_dahdi::media {

/** Samples of one tick: 8 ms. */
inline constexpr int kTickSamples = 64;
inline constexpr int kTickMs = kTickSamples / kSamplesPerMs;
/** The most samples a source may give or take in one tick: what piled up while the thread was late. */
inline constexpr int kMaxBlock = 4 * kTickSamples;
/** The most ticks that a line's queue is made longer by because the machine is late: 128 ms. */
inline constexpr int kMostMargin = 16;
/**
 * A card's buffers of one tick, each way. What a machine is late beyond its queue is heard as a gap once: the
 * samples read late are written all the same, so the queue is longer by as much from then on, until it is
 * flushed. This is the most it can come to: 256 ms.
 */
inline constexpr int kCardBuffers = 32;

/** Counted on the media thread, read on any. */
struct SourceCounters {
  std::atomic<uint64_t> underruns{0};
  std::atomic<uint64_t> overruns{0};
};

/** All calls but construction and destruction come from the media thread and must not block. */
class Source {
 public:
  virtual ~Source() = default;
  virtual Law law() const = 0;
  /** Before the first `Read`, at the beginning of a tick. */
  virtual void Begin() {}
  /** Readable when the far end's own clock has completed a block; -1 where there is no such clock. */
  virtual int ClockFd() const { return -1; }
  /** Takes what the far end sent, at most kMaxBlock samples; 0 when nothing has come; −errno when it is gone.
   */
  virtual int Read(uint64_t tick, int16_t* samples) = 0;
  /** Sends `count` samples, as many as were read in this tick. Returns 0, or −errno when it is gone. */
  virtual int Write(uint64_t tick, const int16_t* samples, int count) = 0;
  /**
   * The far end is sent what `from` receives without passing here, within a millisecond, until it is told
   * otherwise (nullptr); nothing is to be written meanwhile. False where that cannot be.
   */
  virtual bool Relay(const Source* from) { return from == nullptr; }
  /** Samples that go out before what is written next. */
  virtual int Queued() const { return 0; }
  /** Forgets what is queued towards the far end. */
  virtual void Flush() {}
  /** Fetches the memory of the next `Read` and `Write` ahead. */
  virtual void Prefetch() const {}
  /** True when JavaScript should be told that audio waits for it. */
  virtual bool HasAudio() const { return false; }
  const SourceCounters& counters() const { return counters_; }

 protected:
  SourceCounters counters_;
};

}  // namespace node_dahdi::media
