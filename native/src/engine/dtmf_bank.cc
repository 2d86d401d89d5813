// One pass over the samples makes all sixteen sums: two samples times sixteen coefficients a step.
#include "engine/dtmf_bank.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "engine/energy.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace node_dahdi::media {
namespace {

constexpr int kSums = 2 * kTones;
constexpr int kPairs = kSubBlock / 2;

struct Table {
  /** By pair of samples, sum, and sample of the pair: the order in which multiply-and-add takes them. */
  alignas(32) int16_t pairs[kPairs][kSums][2];
  /** By sample and sum: what a compiler turns into vectors by itself, whatever the processor. */
  alignas(32) int16_t plain[kSubBlock][kSums];
};

Table MakeTable() {
  Table table{};
  for (int n = 0; n < kSubBlock; n++) {
    for (int tone = 0; tone < kTones; tone++) {
      const double angle =
          2 * std::numbers::pi * kDtmfHz[static_cast<size_t>(tone)] / 8000 * (n - (kSubBlock - 1) / 2.0);
      const auto cos = static_cast<int16_t>(std::lround(kBankScale * std::cos(angle)));
      const auto sin = static_cast<int16_t>(std::lround(kBankScale * std::sin(angle)));
      table.pairs[n / 2][tone][n % 2] = table.plain[n][tone] = cos;
      table.pairs[n / 2][kTones + tone][n % 2] = table.plain[n][kTones + tone] = sin;
    }
  }
  return table;
}

const Table kTable = MakeTable();

void CorrelateScalar(const int16_t* samples, SubBlock* block) {
  int32_t sums[kSums] = {};
  for (int n = 0; n < kSubBlock; n++) {
    for (int sum = 0; sum < kSums; sum++) sums[sum] += samples[n] * kTable.plain[n][sum];
  }
  std::copy(sums, sums + kSums, block->sums.begin());
  block->energy = static_cast<int32_t>(Energy(samples, kSubBlock));
}

#if defined(__x86_64__)

__m128i PairSse2(const int16_t* samples) {
  int32_t pair;
  memcpy(&pair, samples, sizeof pair);
  return _mm_set1_epi32(pair);
}

void CorrelateSse2(const int16_t* samples, SubBlock* block) {
  __m128i s0 = _mm_setzero_si128(), s1 = s0, s2 = s0, s3 = s0;
  for (int pair = 0; pair < kPairs; pair++) {
    const __m128i x = PairSse2(samples + 2 * pair);
    const auto* t = reinterpret_cast<const __m128i*>(kTable.pairs[pair]);
    s0 = _mm_add_epi32(s0, _mm_madd_epi16(x, t[0]));
    s1 = _mm_add_epi32(s1, _mm_madd_epi16(x, t[1]));
    s2 = _mm_add_epi32(s2, _mm_madd_epi16(x, t[2]));
    s3 = _mm_add_epi32(s3, _mm_madd_epi16(x, t[3]));
  }
  auto* sums = reinterpret_cast<__m128i*>(block->sums.data());
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
  block->energy = static_cast<int32_t>(Energy(samples, kSubBlock));
}

__attribute__((target("avx2"))) void CorrelateAvx2(const int16_t* samples, SubBlock* block) {
  __m256i s0 = _mm256_setzero_si256(), s1 = s0, s2 = s0, s3 = s0;
  for (int pair = 0; pair < kPairs; pair += 2) {
    int32_t even, odd;
    memcpy(&even, samples + 2 * pair, sizeof even);
    memcpy(&odd, samples + 2 * pair + 2, sizeof odd);
    const __m256i x = _mm256_set1_epi32(even), y = _mm256_set1_epi32(odd);
    const auto* t = reinterpret_cast<const __m256i*>(kTable.pairs[pair]);
    s0 = _mm256_add_epi32(s0, _mm256_madd_epi16(x, t[0]));
    s1 = _mm256_add_epi32(s1, _mm256_madd_epi16(x, t[1]));
    s2 = _mm256_add_epi32(s2, _mm256_madd_epi16(y, t[2]));
    s3 = _mm256_add_epi32(s3, _mm256_madd_epi16(y, t[3]));
  }
  auto* sums = reinterpret_cast<__m256i*>(block->sums.data());
  _mm256_store_si256(sums, _mm256_add_epi32(s0, s2));
  _mm256_store_si256(sums + 1, _mm256_add_epi32(s1, s3));
  block->energy = static_cast<int32_t>(Energy(samples, kSubBlock));
}

#elif defined(__aarch64__)

void CorrelateNeon(const int16_t* samples, SubBlock* block) {
  int32x4_t s0 = vdupq_n_s32(0), s1 = s0, s2 = s0, s3 = s0;
  for (int n = 0; n < kSubBlock; n++) {
    const int16x8_t low = vld1q_s16(kTable.plain[n]), high = vld1q_s16(kTable.plain[n] + 8);
    s0 = vmlal_n_s16(s0, vget_low_s16(low), samples[n]);
    s1 = vmlal_n_s16(s1, vget_high_s16(low), samples[n]);
    s2 = vmlal_n_s16(s2, vget_low_s16(high), samples[n]);
    s3 = vmlal_n_s16(s3, vget_high_s16(high), samples[n]);
  }
  vst1q_s32(block->sums.data(), s0);
  vst1q_s32(block->sums.data() + 4, s1);
  vst1q_s32(block->sums.data() + 8, s2);
  vst1q_s32(block->sums.data() + 12, s3);
  block->energy = static_cast<int32_t>(Energy(samples, kSubBlock));
}

#endif

}  // namespace

Simd BestSimd() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") ? Simd::kAvx2 : Simd::kSse2;
#elif defined(__aarch64__)
  return Simd::kNeon;
#else
  return Simd::kScalar;
#endif
}

void Correlate(Simd simd, const int16_t* samples, SubBlock* block) {
  switch (simd) {
#if defined(__x86_64__)
    case Simd::kSse2:
      return CorrelateSse2(samples, block);
    case Simd::kAvx2:
      return CorrelateAvx2(samples, block);
#elif defined(__aarch64__)
    case Simd::kNeon:
      return CorrelateNeon(samples, block);
#endif
    default:
      return CorrelateScalar(samples, block);
  }
}

}  // namespace node_dahdi::media
