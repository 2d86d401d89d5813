// Messages in FSK at 1,200 bit/s, as exchanges send caller identity to a telephone that rings (Bellcore
// GR-30, ETSI EN 300 659): demodulated and checked by spandsp.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/ear.h"
#include "engine/spsc_ring.h"

namespace node_dahdi::media {

/** Mark and space: 1200 and 2200 Hz (Bell 202), or 1300 and 2100 Hz (ITU-T V.23). */
enum class Modem : uint8_t { kBell202, kV23 };

class FskReceiver final : public Ear {
 public:
  explicit FskReceiver(Modem modem);
  ~FskReceiver() override;
  FskReceiver(const FskReceiver&) = delete;
  FskReceiver& operator=(const FskReceiver&) = delete;

  /** Tells that a message has come whole. */
  void Hear(const int16_t* samples, int count, float mean_square, const Tell& tell) override;
  /** The oldest message: type, length, and so many bytes; empty when there is none. One thread. */
  std::vector<uint8_t> Take();

 private:
  static void OnMessage(void* self, const uint8_t* message, int length);
  struct Spandsp;
  Spandsp* const spandsp_;
  bool came_ = false;
  /** Each message after its length. */
  SpscRing<uint8_t> messages_{1024};
};

}  // namespace node_dahdi::media
