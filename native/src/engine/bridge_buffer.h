// What one side of a bridge received and the other has yet to send.
#pragma once

#include <array>
#include <cstdint>

#include "engine/source.h"

namespace node_dahdi::media {

/**
 * Two cards never deliver at the same moment, so it keeps a cushion: the flow begins when that much has come,
 * and the cushion grows by what was once missing.
 */
class BridgeBuffer {
 public:
  static constexpr int kMostCushion = 2 * kMaxBlock;

  /** Empties it. @param cushion samples, at most kMostCushion. */
  void Begin(int cushion);
  /** False when the oldest had to make room. */
  bool Put(const int16_t* samples, int count);
  /** Fills `count` samples, with silence where nothing has come. False when the flow broke. */
  bool Take(int16_t* samples, int count);

 private:
  static constexpr int kSize = kMostCushion + 2 * kMaxBlock;  // 128 ms
  int count_ = 0;
  int cushion_ = 0;
  int shallowest_ = kSize;
  int takes_ = 0;
  bool flowing_ = false;
  std::array<int16_t, kSize> samples_;
};

}  // namespace node_dahdi::media
