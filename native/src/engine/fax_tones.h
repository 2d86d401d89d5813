// The tones by which a fax machine makes itself known: CNG of one that calls, CED of one that answers (T.30
// §4.3.3).
#pragma once

#include <cstdint>

#include "engine/ear.h"
#include "engine/goertzel.h"

namespace node_dahdi::media {

enum class FaxTone : uint8_t { kNone, kCalling, kAnswering };

/**
 * CNG: 1100 Hz ± 38 Hz for 0.5 s ± 15 %, told when it ends; CED: 2100 Hz ± 15 Hz, told when it has lasted
 * for 0.5 s. Each once. From -43 dBm0 on.
 */
class FaxEar final : public Ear {
 public:
  FaxEar() : Ear(EarKind::kFax) {}
  void Hear(const int16_t* samples, int count, float mean_square, const Tell& tell) override;

 private:
  FaxTone Block();
  /** Blocks of 10 ms: wide enough for the tolerance, narrow enough for a voice. */
  static constexpr int kBlock = 80;

  Goertzel calling_{1100}, answering_{2100};
  float energy_ = 0;
  int filled_ = 0;
  int calling_blocks_ = 0, answering_blocks_ = 0;
  bool told_calling_ = false, told_answering_ = false;
};

}  // namespace node_dahdi::media
