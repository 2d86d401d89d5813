// G.711: tables for one sample, made when the addon is loaded, and arithmetic for many.
#include "engine/g711.h"

#include <algorithm>

#include "engine/vectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace node_dahdi::media {
namespace {

int16_t ExpandAlaw(uint8_t code) {
  const int value = code ^ 0x55;
  const int segment = (value >> 4) & 7;
  int magnitude = ((value & 15) << 4) + 8;
  if (segment > 0) magnitude = (magnitude + 256) << (segment - 1);
  return static_cast<int16_t>((value & 0x80) != 0 ? magnitude : -magnitude);
}

int16_t ExpandUlaw(uint8_t code) {
  const int value = ~code & 0xFF;
  const int magnitude = ((((value & 15) << 3) + 132) << ((value >> 4) & 7)) - 132;
  return static_cast<int16_t>((value & 0x80) != 0 ? -magnitude : magnitude);
}

/** `level` is a sample's upper 12 bits: G.711 table 1a compares in ones' complement. */
uint8_t CompressAlaw(int level) {
  const bool negative = level < 0;
  int magnitude = negative ? ~level : level;
  int segment = 0;
  if (magnitude > 15) {
    segment = 1;
    while (magnitude > 31) {
      magnitude >>= 1;
      segment++;
    }
    magnitude -= 16;
  }
  return static_cast<uint8_t>(((segment << 4) + magnitude + (negative ? 0 : 0x80)) ^ 0x55);
}

/** `level` is a sample's upper 14 bits: G.711 table 2a. */
uint8_t CompressUlaw(int level) {
  const bool negative = level < 0;
  int magnitude = (negative ? ~level : level) + 33;
  if (magnitude > 0x1FFF) magnitude = 0x1FFF;
  int segment = 0;
  while ((magnitude >> (segment + 6)) != 0) segment++;
  const int code = (segment << 4) | ((magnitude >> (segment + 1)) & 15);
  return static_cast<uint8_t>(~(code | (negative ? 0x80 : 0)) & 0xFF);
}

G711Tables MakeTables() {
  G711Tables tables{};
  for (int code = 0; code < 256; code++) {
    tables.from_alaw[code] = ExpandAlaw(static_cast<uint8_t>(code));
    tables.from_ulaw[code] = ExpandUlaw(static_cast<uint8_t>(code));
  }
  for (int i = 0; i < 4096; i++) tables.to_alaw[i] = CompressAlaw(i < 2048 ? i : i - 4096);
  for (int i = 0; i < 16384; i++) tables.to_ulaw[i] = CompressUlaw(i < 8192 ? i : i - 16384);
  return tables;
}

}  // namespace

const G711Tables kG711 = MakeTables();

namespace {

// What the tables say, in arithmetic that vectors have: a table is looked up one sample at a time.

// All of it fits 16 bits, eight or sixteen samples a vector. Shifts by the segment are made of comparisons:
// vectors do not shift each lane by its own number.

/** All ones where it is. */
inline int16_t Above(int16_t number, int16_t limit) { return static_cast<int16_t>(-(number > limit)); }
inline void Double(int16_t* number, int16_t where) {
  *number = static_cast<int16_t>(*number + (*number & where));
}
/** Into the next segment: half the mantissa. */
inline void Next(int16_t* mantissa, int16_t* code, int16_t where) {
  *mantissa = static_cast<int16_t>(*mantissa - ((*mantissa - (*mantissa >> 1)) & where));
  *code = static_cast<int16_t>(*code + (16 & where));
}

VECTORS void DecodeAlaw(const uint8_t* from, int16_t* to, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int16_t value = static_cast<int16_t>(from[i] ^ 0x55);
    const int16_t segment = static_cast<int16_t>((value >> 4) & 7);
    int16_t magnitude = static_cast<int16_t>(((value & 15) << 4) + 8 + (256 & Above(segment, 0)));
    Double(&magnitude, Above(segment, 1));
    Double(&magnitude, Above(segment, 2));
    Double(&magnitude, Above(segment, 3));
    Double(&magnitude, Above(segment, 4));
    Double(&magnitude, Above(segment, 5));
    Double(&magnitude, Above(segment, 6));
    const int16_t sign = static_cast<int16_t>(Above(value, 0x7F) ^ -1);
    to[i] = static_cast<int16_t>((magnitude ^ sign) - sign);
  }
}

VECTORS void DecodeUlaw(const uint8_t* from, int16_t* to, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int16_t value = static_cast<int16_t>(from[i] ^ 0xFF);
    const int16_t segment = static_cast<int16_t>((value >> 4) & 7);
    int16_t magnitude = static_cast<int16_t>(((value & 15) << 3) + 132);
    Double(&magnitude, Above(segment, 0));
    Double(&magnitude, Above(segment, 1));
    Double(&magnitude, Above(segment, 2));
    Double(&magnitude, Above(segment, 3));
    Double(&magnitude, Above(segment, 4));
    Double(&magnitude, Above(segment, 5));
    Double(&magnitude, Above(segment, 6));
    const int16_t sign = Above(value, 0x7F);
    to[i] = static_cast<int16_t>(((magnitude - 132) ^ sign) - sign);
  }
}

VECTORS void EncodeAlaw(const int16_t* from, uint8_t* to, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int16_t level = static_cast<int16_t>(from[i] >> 4);
    const int16_t sign = static_cast<int16_t>(level >> 15);
    const int16_t magnitude = static_cast<int16_t>(level ^ sign);
    // From 16 to 31 the mantissa's leading one is the first segment by itself.
    int16_t mantissa = magnitude, code = 0;
    Next(&mantissa, &code, Above(magnitude, 31));
    Next(&mantissa, &code, Above(magnitude, 63));
    Next(&mantissa, &code, Above(magnitude, 127));
    Next(&mantissa, &code, Above(magnitude, 255));
    Next(&mantissa, &code, Above(magnitude, 511));
    Next(&mantissa, &code, Above(magnitude, 1023));
    to[i] = static_cast<uint8_t>((code + mantissa) ^ 0xD5 ^ (sign & 0x80));
  }
}

VECTORS void EncodeUlaw(const int16_t* from, uint8_t* to, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int16_t level = static_cast<int16_t>(from[i] >> 2);
    const int16_t sign = static_cast<int16_t>(level >> 15);
    const int16_t beyond = static_cast<int16_t>((level ^ sign) + 33);
    const int16_t magnitude = std::min<int16_t>(beyond, 0x1FFF);
    // Every segment has the leading one here.
    int16_t mantissa = static_cast<int16_t>(magnitude >> 1), code = -16;
    Next(&mantissa, &code, Above(magnitude, 63));
    Next(&mantissa, &code, Above(magnitude, 127));
    Next(&mantissa, &code, Above(magnitude, 255));
    Next(&mantissa, &code, Above(magnitude, 511));
    Next(&mantissa, &code, Above(magnitude, 1023));
    Next(&mantissa, &code, Above(magnitude, 2047));
    Next(&mantissa, &code, Above(magnitude, 4095));
    to[i] = static_cast<uint8_t>((code + mantissa) ^ 0xFF ^ (sign & 0x80));
  }
}

#if defined(__x86_64__) && !defined(CALLBOX_ONE_INSTRUCTION_SET)

/** A table of 16 bytes for each half of a vector: by the low byte of each number, which is all there is of
 * it. */
__attribute__((target("avx2"))) inline __m256i Lookup(__m128i table, __m256i numbers) {
  // A high byte of 0x80 looks up nothing.
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table),
                             _mm256_or_si256(numbers, _mm256_set1_epi16(static_cast<int16_t>(0x8000))));
}

/** A-law by sixteen: shifts by the segment as multiplications by a power that is looked up. @return how many
 * were done. */
__attribute__((target("avx2"))) size_t DecodeAlawAvx2(const uint8_t* from, int16_t* to, size_t count) {
  const __m128i factors = _mm_setr_epi8(1, 1, 2, 4, 8, 16, 32, 64, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m128i leading = _mm_setr_epi8(0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    const __m128i codes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
    const __m256i value = _mm256_cvtepu8_epi16(_mm_xor_si128(codes, _mm_set1_epi8(0x55)));
    const __m256i segment = _mm256_and_si256(_mm256_srli_epi16(value, 4), _mm256_set1_epi16(7));
    const __m256i mantissa = _mm256_slli_epi16(_mm256_and_si256(value, _mm256_set1_epi16(15)), 4);
    const __m256i whole = _mm256_add_epi16(_mm256_or_si256(mantissa, _mm256_set1_epi16(8)),
                                           _mm256_slli_epi16(Lookup(leading, segment), 8));
    const __m256i magnitude = _mm256_mullo_epi16(whole, Lookup(factors, segment));
    const __m256i negative = _mm256_cmpgt_epi16(_mm256_set1_epi16(0x80), value);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i),
                        _mm256_sub_epi16(_mm256_xor_si256(magnitude, negative), negative));
  }
  return i;
}

__attribute__((target("avx2"))) size_t EncodeAlawAvx2(const int16_t* from, uint8_t* to, size_t count) {
  // Segments by the magnitude's bits 4 to 7, and by those from 8 on, which count first.
  const __m128i low = _mm_setr_epi8(0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4);
  const __m128i high = _mm_setr_epi8(0, 5, 6, 6, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0);
  // By segment, 2^(11 - shift): the upper half of a product with 32 times a number is that number shifted.
  const __m128i factors_low = _mm_setr_epi8(0, 0, 0, 0, 0, -128, 64, 32, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m128i factors_high = _mm_setr_epi8(8, 8, 4, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    const __m256i sample = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + i));
    const __m256i sign = _mm256_srai_epi16(sample, 15);
    const __m256i magnitude = _mm256_xor_si256(_mm256_srai_epi16(sample, 4), sign);
    const __m256i nibble = _mm256_and_si256(_mm256_srli_epi16(magnitude, 4), _mm256_set1_epi16(15));
    const __m256i segment =
        _mm256_max_epi16(Lookup(low, nibble), Lookup(high, _mm256_srli_epi16(magnitude, 8)));
    const __m256i factor =
        _mm256_or_si256(Lookup(factors_low, segment), _mm256_slli_epi16(Lookup(factors_high, segment), 8));
    const __m256i mantissa =
        _mm256_and_si256(_mm256_mulhi_epu16(_mm256_slli_epi16(magnitude, 5), factor), _mm256_set1_epi16(15));
    const __m256i code = _mm256_or_si256(_mm256_slli_epi16(segment, 4), mantissa);
    const __m256i flip =
        _mm256_xor_si256(_mm256_set1_epi16(0xD5), _mm256_and_si256(sign, _mm256_set1_epi16(0x80)));
    const __m256i words = _mm256_xor_si256(code, flip);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i),
                     _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
  }
  return i;
}

const bool kAvx2 = __builtin_cpu_supports("avx2");

#else

constexpr bool kAvx2 = false;
size_t DecodeAlawAvx2(const uint8_t*, int16_t*, size_t) { return 0; }
size_t EncodeAlawAvx2(const int16_t*, uint8_t*, size_t) { return 0; }

#endif

}  // namespace

void Decode(Law law, const uint8_t* from, int16_t* to, size_t count) {
  if (law == Law::kUlaw) return DecodeUlaw(from, to, count);
  const size_t done = kAvx2 ? DecodeAlawAvx2(from, to, count) : 0;
  if (done < count) DecodeAlaw(from + done, to + done, count - done);
}

void Encode(Law law, const int16_t* from, uint8_t* to, size_t count) {
  if (law == Law::kUlaw) return EncodeUlaw(from, to, count);
  const size_t done = kAvx2 ? EncodeAlawAvx2(from, to, count) : 0;
  if (done < count) EncodeAlaw(from + done, to + done, count - done);
}

}  // namespace node_dahdi::media
