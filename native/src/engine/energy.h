// The energy of a block of samples, in one pass without a choice of instruction set: SSE2 is in every x86-64.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

namespace node_dahdi::media {

/**
 * Σ x² / 32 of up to 128 samples, each pair's sum cut to whole numbers, whatever the processor. So much fits
 * 32 bits; what is cut is below A-law's idle noise. A last odd sample is left out.
 */
inline uint32_t Energy(const int16_t* samples, int count) {
  uint32_t energy = 0;
  int i = 0;
#if defined(__x86_64__)
  __m128i sums = _mm_setzero_si128();
  for (; i + 8 <= count; i += 8) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(samples + i));
    // Two squares of -32768 just fit 32 bits without a sign.
    sums = _mm_add_epi32(sums, _mm_srli_epi32(_mm_madd_epi16(x, x), 5));
  }
  sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0x4E));
  sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0xB1));
  energy = static_cast<uint32_t>(_mm_cvtsi128_si32(sums));
#endif
  for (; i + 2 <= count; i += 2) {
    energy += (static_cast<uint32_t>(samples[i] * samples[i]) +
               static_cast<uint32_t>(samples[i + 1] * samples[i + 1])) >>
              5;
  }
  return energy;
}

}  // namespace node_dahdi::media
