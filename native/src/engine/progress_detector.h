// Call-progress tones of one port: which tone of a country's it hears, by frequencies and cadence (ITU-T
// E.180, Q.35).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/ear.h"
#include "engine/sequence_detector.h"

namespace node_dahdi::media {

/** A tone to listen for. */
struct ProgressTone {
  static constexpr int kMostParts = 8;
  /** Hz; the second is 0 where there is but one. */
  std::array<float, 2> hz{};
  /** On and off in turn, milliseconds; a single part is a tone without end. */
  std::array<uint32_t, kMostParts> cadence{};
  int parts = 0;
  /** Sounds of one frequency each that follow each other, if it is that kind of tone; `cadence` has their
   * lengths. */
  std::array<float, SequenceDetector::kMostSounds> sequence{};
};

/** `tone`: the place in the list that it was made with; -1: what was heard last is over. */
struct ProgressEvent {
  int tone;
  /** Share of what was heard that was the tone's own: 0.35 to 1. */
  float confidence;
};

/**
 * A tone is told once its cadence has come twice (one whose period is beyond 2.5 s: once, and a second of its
 * silence), one without end after a second and a half. It is over when neither its sound nor its silence fits
 * any more, or when its silence is filled by something else. A sequence is told when it is through.
 */
class ProgressDetector {
 public:
  static constexpr int kMostTones = 8;
  static constexpr int kMostFrequencies = 8;

  /** At most kMostTones. */
  explicit ProgressDetector(std::span<const ProgressTone> tones);

  template <typename Emit>
  void Process(const int16_t* samples, int count, Emit&& emit) {
    for (Sequence& each : sequences_) {
      const float confidence = each.detector.Process(samples, count);
      if (confidence > 0) emit(ProgressEvent{each.tone, confidence});
    }
    while (count > 0) {
      ProgressEvent event;
      if (Take(&samples, &count, &event)) emit(static_cast<const ProgressEvent&>(event));
    }
  }

 private:
  /** 20 ms; a window is two of them, which tells 440 from 480 Hz. */
  static constexpr int kHop = 160;
  static constexpr uint32_t kHopMs = 20;
  static constexpr int kSegments = 4;

  struct Oscillator {
    float cos, sin, step_cos, step_sin;
    /** Correlations of the hop that is being filled, and of the one before. */
    float re, im, last_re, last_im;
  };
  /** Tones of the same frequencies, which their cadences tell apart. */
  struct Sound {
    int first, second;
    bool on;
    uint32_t ms;
    /** Of what it was heard in, its own share: summed over its windows. */
    float shares;
    int windows;
    /** Of its silence, how much was filled by something else: somebody speaks. */
    uint32_t other;
    /** Energy of the window when it was on last. */
    float level;
    /** How long it was on or off before this, the latest first; 0: never. */
    std::array<uint32_t, kSegments> before;
  };

  struct Sequence {
    int tone;
    SequenceDetector detector;
  };

  bool Take(const int16_t** samples, int* count, ProgressEvent* event);
  bool Hop(ProgressEvent* event);
  int Match() const;
  /** In the silence after its sound, which lasts as long as it should so far. */
  static bool Silent(const Sound& sound, uint32_t wanted);
  bool Fits(const ProgressTone& tone, const Sound& sound) const;
  bool StillFits(const ProgressTone& tone, const Sound& sound) const;
  int OscillatorOf(float hz);

  std::vector<ProgressTone> tones_;
  std::vector<Sequence> sequences_;
  std::vector<Oscillator> oscillators_;
  std::vector<float> hz_;
  std::vector<Sound> sounds_;
  /** Of each tone, its sound. */
  std::vector<int> sound_of_;
  int filled_ = 0;
  float energy_ = 0, last_energy_ = 0;
  int told_ = -1;
};

/** Tells a tone by its place in the list, with its confidence; -1: the last is over. */
class ToneEar final : public Ear {
 public:
  explicit ToneEar(std::span<const ProgressTone> tones) : Ear(EarKind::kTones), detector_(tones) {}
  void Hear(const int16_t* samples, int count, float, const Tell& tell) override {
    detector_.Process(samples, count,
                      [&](const ProgressEvent& event) { tell(event.tone, event.confidence); });
  }

 private:
  ProgressDetector detector_;
};

}  // namespace node_dahdi::media
