// The tones by which a fax machine makes itself known: CNG of one that calls, CED of one that answers (T.30
// §4.3.3).
#pragma once

#include <cstdint>

namespace node_dahdi::media {

enum class FaxTone : uint8_t { kNone, kCalling, kAnswering };

class FaxToneDetector {
 public:
  void Reset() { *this = FaxToneDetector(); }
  /**
   * CNG: 1100 Hz ± 38 Hz for 0.5 s ± 15 %, told when it ends; CED: 2100 Hz ± 15 Hz, told when it has lasted
   * for 0.5 s. Each once until `Reset`. From -43 dBm0 on.
   */
  FaxTone Process(const int16_t* samples, int count);

 private:
  FaxTone Block();
  struct Filter {
    float first = 0, second = 0;
  };
  /** Blocks of 10 ms: wide enough for the tolerance, narrow enough for a voice. */
  static constexpr int kBlock = 80;

  Filter calling_{}, answering_{};
  float energy_ = 0;
  int filled_ = 0;
  int calling_blocks_ = 0, answering_blocks_ = 0;
  bool told_calling_ = false, told_answering_ = false;
};

}  // namespace node_dahdi::media
