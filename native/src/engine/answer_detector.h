// Who answers a call: a person says a short word and waits; a machine speaks on, and beeps.
#pragma once

#include <cstdint>

#include "engine/ear.h"
#include "engine/voice_activity.h"

namespace node_dahdi::media {

/**
 * `kSilence`: nobody said anything. `kUnsure`: neither rule fitted in time. `kBeep` may follow any of them:
 * the tone after which a machine records is over.
 */
enum class Answer : uint8_t { kHuman, kMachine, kSilence, kUnsure, kBeep };

class AnswerEar final : public Ear {
 public:
  AnswerEar() : Ear(EarKind::kAnswer) {}
  void Hear(const int16_t* samples, int count, float mean_square, const Tell& tell) override;

 private:
  void Weigh(float mean_square, int count, const Tell& tell);
  void Decide(Answer answer, const Tell& tell);
  void ListenForBeep(const int16_t* samples, int count, const Tell& tell);
  bool Block();

  VoiceActivity activity_{80};
  bool decided_ = false;
  /** Milliseconds: of all, since the first word began, of silence after the last, of the word that goes on.
   */
  int total_ms_ = 0, greeting_ms_ = 0, silent_ms_ = 0, word_ms_ = 0;
  int words_ = 0;
  /** Of the greeting, without the pauses. */
  int voiced_ms_ = 0;

  // The beep: a sample's neighbours are so many times the sample, by its frequency, all the time.
  float energy_ = 0, product_ = 0, neighbours_ = 0;
  float before_ = 0, last_ = 0;
  int filled_ = 0;
  float tuned_ = 0, last_energy_ = 0;
  int pure_blocks_ = 0;
};

}  // namespace node_dahdi::media
