// A fax on a port (T.30): the media thread's half is two rings, everything else is the fax thread's.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/source.h"
#include "engine/spsc_ring.h"

namespace node_dahdi::media {

/** `kDone`: by the protocol, well or not, as the status tells. */
enum class FaxReason : uint8_t { kDone, kStopped, kClosed };

struct FaxSetup {
  /** The side that has called: it sends, unless it is polled. */
  bool calling = false;
  /** TIFF to send, of one page or more; or where to put what is received. One of them. */
  std::string send{}, receive{};
  /** Station identification, at most 20 of digits, `+` and space. */
  std::string ident{};
  /** Printed above each page sent, after date and time; none: no header line. */
  std::string header{};
  /** Time zone of the header's date, as POSIX has it (`CST-8`). */
  std::string zone{};
  bool error_correction = true;
  /** V.17 is offered too; else V.29 and V.27ter alone. */
  bool fast = true;
};

class Fax {
 public:
  /** What is said is made so far ahead: as late may the fax thread be. */
  static constexpr size_t kAhead = 96 * kSamplesPerMs;

  Fax(uint32_t id, FaxSetup setup) : id(id), setup(std::move(setup)) {
    const std::array<int16_t, kAhead> silence{};
    said.Write(silence.data(), silence.size());
  }

  // Media thread.
  void Hear(const int16_t* samples, int count) { heard.Write(samples, static_cast<size_t>(count)); }
  /** What the far end is to hear. False where the fax thread is late, and silence takes its place. */
  bool Speak(int16_t* samples, int count) {
    const size_t got = said.Read(samples, static_cast<size_t>(count));
    std::fill(samples + got, samples + count, int16_t{0});
    return got == static_cast<size_t>(count);
  }
  /** As its last touch. */
  void End(FaxReason why) {
    reason = why;
    ended.store(true, std::memory_order_release);
  }

  const uint32_t id;
  const FaxSetup setup;
  SpscRing<int16_t> heard{8192};
  SpscRing<int16_t> said{8192};
  /** Set by the fax thread: all is said. */
  std::atomic<bool> finished{false};
  /** Written by the media thread before `ended`, read after it. */
  FaxReason reason = FaxReason::kDone;
  std::atomic<bool> ended{false};
};

/** How far a fax has come. */
struct FaxReport {
  uint32_t id = 0;
  /** Nothing more comes. */
  bool ended = false;
  FaxReason reason = FaxReason::kDone;
  /** How T.30 ended: `ok`, or what went wrong. */
  std::string status{};
  /** Sent or received so far. */
  int pages = 0;
  int bit_rate = 0;
  bool error_correction = false;
  /** Of the last page received without error correction. */
  int bad_rows = 0, longest_bad_run = 0;
  /** The far station's identification. */
  std::string far{};
};

}  // namespace node_dahdi::media
