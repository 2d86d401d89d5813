// Multifrequency signals between exchanges: R2's, forward and backward (ITU-T Q.441), and R1's (Q.320): by
// spandsp.
#pragma once

#include <cstdint>

#include "engine/ear.h"

namespace node_dahdi::media {

enum class Signals : uint8_t { kR2Forward, kR2Backward, kR1 };

/** Tells a signal's character, as spandsp names them, when it begins; of R2 also its end, as 0. */
class SignalEar final : public Ear {
 public:
  explicit SignalEar(Signals signals);
  ~SignalEar() override;
  SignalEar(const SignalEar&) = delete;
  SignalEar& operator=(const SignalEar&) = delete;
  void Hear(const int16_t* samples, int count, float mean_square, const Tell& tell) override;

 private:
  struct Spandsp;
  Spandsp* const spandsp_;
  const Tell* tell_ = nullptr;
};

}  // namespace node_dahdi::media
