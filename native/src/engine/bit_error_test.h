// Bit errors of a 64 kbit/s channel: sends the pseudo-random bits of ITU-T O.152 (2^11 - 1) and looks for
// them in what comes back, from a loop or from the same test at the far end.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/line_test.h"
#include "engine/source.h"

namespace node_dahdi::media {

class BitErrorTest final : public LineTest {
 public:
  struct Counts {
    /** Looked at since the pattern was found first. */
    uint64_t bits = 0, errors = 0;
    /** Times that the pattern was lost: a slip, or no signal. */
    uint32_t losses = 0;
    /** Seconds with an error in them. */
    uint32_t errored_seconds = 0;
    bool locked = false;
  };

  /** @param error_every one bit of so many is sent wrong; 0: none. */
  explicit BitErrorTest(Law law, uint32_t error_every = 0) : law_(law), error_every_(error_every) {}

  void Speak(int16_t* samples, int count) override;
  void Hear(const int16_t* samples, int count) override;

  /** Any thread. */
  Counts Read() const;

 private:
  void HearBit(int bit);
  void Lose();

  const Law law_;
  const uint32_t error_every_;
  uint32_t since_error_ = 0;
  uint32_t sent_ = 0x7FF;
  uint32_t heard_ = 0;
  /** Bits foretold rightly in a row, while the pattern is looked for. */
  int right_ = 0;
  int window_bits_ = 0, window_errors_ = 0;
  int second_bits_ = 0;
  bool second_errored_ = false;
  std::atomic<uint64_t> bits_{0}, errors_{0};
  std::atomic<uint32_t> losses_{0}, errored_seconds_{0};
  std::atomic<bool> locked_{false};
};

}  // namespace node_dahdi::media
