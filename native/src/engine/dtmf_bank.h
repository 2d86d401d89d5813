// The front of the DTMF detector: how much of each of the eight frequencies is in 4 ms of samples.
// Integers only, so that every instruction set gives the very same numbers.
#pragma once

#include <array>
#include <cstdint>

namespace node_dahdi::media {

/** 4 ms: half a tick. */
inline constexpr int kSubBlock = 32;
inline constexpr int kTones = 8;
/** Rows, then columns, of the keypad (Q.23), Hz. */
inline constexpr std::array<double, kTones> kDtmfHz{697, 770, 852, 941, 1209, 1336, 1477, 1633};
/** The correlations are scaled by this. */
inline constexpr int kBankScale = 1 << 10;

struct SubBlock {
  /** Σ x·cos and Σ x·sin, phase 0 at the block's centre. */
  alignas(32) std::array<int32_t, 2 * kTones> sums;
  /** Σ x² / 32. */
  int32_t energy;
};

enum class Simd { kScalar, kSse2, kAvx2, kNeon };

/** The widest that this processor has. */
Simd BestSimd();
/** Correlates kSubBlock samples. */
void Correlate(Simd simd, const int16_t* samples, SubBlock* block);

}  // namespace node_dahdi::media
