// Octets pass the engine as samples: each companded code has a value of its own that comes back as the same
// code (of mu-law's two noughts one).
#include "engine/bit_error_test.h"

#include "engine/g711.h"

namespace node_dahdi::media {
namespace {

constexpr uint32_t kMask = 0x7FF;
constexpr int kOctetBits = 8;
constexpr int kSecondBits = 64'000;
/** Foretold so many in a row, it is the pattern. */
constexpr int kFound = 64;
/** More errors than a quarter of the bits, and it is not. */
constexpr int kWindowBits = 1024, kWindowErrors = kWindowBits / 4;
/** The other code of nought. */
constexpr uint8_t kUlawMinusNought = 0x7F, kUlawNought = 0xFF;

/** x^11 + x^9 + 1. */
int Next(uint32_t bits) { return static_cast<int>(((bits >> 10) ^ (bits >> 8)) & 1); }

}  // namespace

void BitErrorTest::Speak(int16_t* samples, int count) {
  for (int i = 0; i < count; i++) {
    uint8_t octet = 0;
    for (int bit = 0; bit < kOctetBits; bit++) {
      const int next = Next(sent_);
      sent_ = ((sent_ << 1) | static_cast<uint32_t>(next)) & kMask;
      const bool wrong = error_every_ > 0 && ++since_error_ == error_every_;
      if (wrong) since_error_ = 0;
      octet = static_cast<uint8_t>((octet << 1) | (wrong ? 1 - next : next));
    }
    samples[i] = law_ == Law::kUlaw ? FromUlaw(octet) : FromAlaw(octet);
  }
}

void BitErrorTest::Hear(const int16_t* samples, int count) {
  for (int i = 0; i < count; i++) {
    uint8_t octet = law_ == Law::kUlaw ? ToUlaw(samples[i]) : ToAlaw(samples[i]);
    if (law_ == Law::kUlaw && octet == kUlawNought && locked_.load(std::memory_order_relaxed)) {
      uint32_t ahead = heard_;
      uint8_t foretold = 0;
      for (int bit = 0; bit < kOctetBits; bit++) {
        const int next = Next(ahead);
        ahead = ((ahead << 1) | static_cast<uint32_t>(next)) & kMask;
        foretold = static_cast<uint8_t>((foretold << 1) | next);
      }
      if (foretold == kUlawMinusNought) octet = kUlawMinusNought;
    }
    for (int bit = kOctetBits - 1; bit >= 0; bit--) HearBit((octet >> bit) & 1);
  }
}

void BitErrorTest::HearBit(int bit) {
  const int foretold = Next(heard_);
  if (!locked_.load(std::memory_order_relaxed)) {
    // Nothing but noughts foretells itself, too.
    right_ = foretold == bit && heard_ != 0 ? right_ + 1 : 0;
    heard_ = ((heard_ << 1) | static_cast<uint32_t>(bit)) & kMask;
    if (right_ >= kFound) locked_.store(true, std::memory_order_relaxed);
    return;
  }
  heard_ = ((heard_ << 1) | static_cast<uint32_t>(foretold)) & kMask;
  bits_.fetch_add(1, std::memory_order_relaxed);
  if (bit != foretold) {
    errors_.fetch_add(1, std::memory_order_relaxed);
    window_errors_++;
    second_errored_ = true;
  }
  if (++second_bits_ == kSecondBits) {
    if (second_errored_) errored_seconds_.fetch_add(1, std::memory_order_relaxed);
    second_bits_ = 0;
    second_errored_ = false;
  }
  if (++window_bits_ < kWindowBits) return;
  if (window_errors_ > kWindowErrors) Lose();
  window_bits_ = window_errors_ = 0;
}

void BitErrorTest::Lose() {
  losses_.fetch_add(1, std::memory_order_relaxed);
  locked_.store(false, std::memory_order_relaxed);
  right_ = 0;
}

BitErrorTest::Counts BitErrorTest::Read() const {
  return {.bits = bits_.load(std::memory_order_relaxed),
          .errors = errors_.load(std::memory_order_relaxed),
          .losses = losses_.load(std::memory_order_relaxed),
          .errored_seconds = errored_seconds_.load(std::memory_order_relaxed),
          .locked = locked_.load(std::memory_order_relaxed)};
}

}  // namespace node_dahdi::media
