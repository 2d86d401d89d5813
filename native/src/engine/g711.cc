// The tables of G.711, made once when the addon is loaded.
#include "g711.h"

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

void Decode(Law law, const uint8_t* from, int16_t* to, size_t count) {
  const auto& table = law == Law::kUlaw ? kG711.from_ulaw : kG711.from_alaw;
  for (size_t i = 0; i < count; i++) to[i] = table[from[i]];
}

void Encode(Law law, const int16_t* from, uint8_t* to, size_t count) {
  if (law == Law::kUlaw) {
    for (size_t i = 0; i < count; i++) to[i] = ToUlaw(from[i]);
  } else {
    for (size_t i = 0; i < count; i++) to[i] = ToAlaw(from[i]);
  }
}

}  // namespace node_dahdi::media
