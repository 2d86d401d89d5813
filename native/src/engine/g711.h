// G.711 companding by table. A-law survives decode and encode bit for bit; of µ-law only negative zero
// (0x7F) comes back as positive zero (0xFF), which is the same silence.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace node_dahdi::media {

enum class Law : uint8_t { kAlaw, kUlaw, kLinear16 };

/** Samples per millisecond of everything inside the engine. */
inline constexpr int kSamplesPerMs = 8;
inline constexpr int kRate = 8000;
/** Level in dBm0 of a sine that just reaches the largest sample (G.711, A-law). */
inline constexpr double kOverloadDbm0 = 3.14;

struct G711Tables {
  std::array<int16_t, 256> from_alaw;
  std::array<int16_t, 256> from_ulaw;
  /** By the upper 12 bits of a sample. */
  std::array<uint8_t, 4096> to_alaw;
  /** By the upper 14 bits of a sample. */
  std::array<uint8_t, 16384> to_ulaw;
};

extern const G711Tables kG711;

inline int16_t FromAlaw(uint8_t code) { return kG711.from_alaw[code]; }
inline int16_t FromUlaw(uint8_t code) { return kG711.from_ulaw[code]; }
inline uint8_t ToAlaw(int16_t sample) { return kG711.to_alaw[static_cast<uint16_t>(sample) >> 4]; }
inline uint8_t ToUlaw(int16_t sample) { return kG711.to_ulaw[static_cast<uint16_t>(sample) >> 2]; }

inline constexpr uint8_t kAlawSilence = 0xD5;
inline constexpr uint8_t kUlawSilence = 0xFF;

void Decode(Law law, const uint8_t* from, int16_t* to, size_t count);
void Encode(Law law, const int16_t* from, uint8_t* to, size_t count);

}  // namespace node_dahdi::media
