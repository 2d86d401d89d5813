// DTMF of one port (ITU-T Q.23, Q.24): which digit, from when to when.
#pragma once

#include <array>
#include <cstdint>

#include "engine/dtmf_bank.h"

namespace node_dahdi::media {

struct DtmfEvent {
  enum class Type : uint8_t { kBegin, kEnd } type;
  char digit;
  /** How long the digit was on; of kEnd only. */
  uint32_t ms;
  /** Mean squares of the row's and of the column's frequency, where the digit was loudest so far. */
  float row = 0, column = 0;
};

class DtmfDetector {
 public:
  explicit DtmfDetector(Simd simd = BestSimd()) : simd_(simd) { Reset(); }
  void Reset();
  /** Listens to `count` samples. Calls `emit(const DtmfEvent&)` for what they make known. */
  template <typename Emit>
  void Process(const int16_t* samples, int count, Emit&& emit) {
    while (count > 0) {
      DtmfEvent events[2];
      const int made = Take(&samples, &count, events);
      for (int i = 0; i < made; i++) emit(static_cast<const DtmfEvent&>(events[i]));
    }
  }

 private:
  /** What one frequency of each group has in half a window: amplitude and phase. */
  struct Half {
    std::array<float, kTones> re, im;
  };
  /** How much of a window is the digit's, and how far its frequencies are from the nominal ones, both
   * together. */
  struct Certainty {
    float purity = 0, deviation = 0;
  };
  static constexpr int kHalves = 4;
  /** A digit is certain after so many windows of 16 ms, each 4 ms on: 32 ms of tone. Q.24: 40 ms accepted, 20
   * ms not. */
  static constexpr int kHitsToBegin = 5;

  int Take(const int16_t** samples, int* count, DtmfEvent* events);
  int Step(const SubBlock& block, DtmfEvent* events);
  /** The digit that fills the last 16 ms, or 0. */
  char Match();
  void Loudest();
  int Follow(char match, DtmfEvent* events);
  float energy(int back) const { return energies_[(step_ - static_cast<uint64_t>(back)) % kEnergies]; }

  static constexpr int kEnergies = 16;
  const Simd simd_;
  std::array<int16_t, kSubBlock> pending_;
  int pending_count_;
  uint64_t step_;
  /** The sums of the sub-block before. */
  Half last_;
  std::array<Half, kHalves> halves_;
  /** Mean square of the last sub-blocks. */
  std::array<float, kEnergies> energies_;
  /** Of the last windows with the candidate, and of the last of them. */
  std::array<Certainty, kHitsToBegin> certainties_;
  Certainty matched_;
  /** Mean squares of the two frequencies of the digit that `Match` found last. */
  float matched_row_, matched_column_;
  /** And of the digit that is on, at its loudest. */
  float row_, column_;

  char candidate_;
  int hits_;
  char digit_;
  float power_;
  int misses_;
  int absent_;
  uint64_t onset_samples_;
};

}  // namespace node_dahdi::media
