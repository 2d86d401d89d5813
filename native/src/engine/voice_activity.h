// Voice or silence, by the level of each block above what is always there.
#pragma once

namespace node_dahdi::media {

class VoiceActivity {
 public:
  VoiceActivity();
  void Reset() { *this = VoiceActivity(); }
  /** Somebody has spoken for 40 ms, and not been silent for 400 ms since. */
  bool talking() const { return talking_; }
  /** There was a voice, however short, in the last 400 ms. */
  bool recent() const { return silent_ < kEndSamples; }
  /** Listens to a block's mean square. True when `talking` has changed by it. */
  bool Add(float mean_square, int count);

 private:
  static constexpr int kEndSamples = 400 * 8;

  /** What is there without a voice: falls at once, rises slowly, so that speech does not become its own
   * noise. */
  float noise_;
  /** Samples of voice of late, less those of silence among them. */
  int voiced_ = 0;
  /** Samples since there was a voice. */
  int silent_ = kEndSamples;
  bool talking_ = false;
};

}  // namespace node_dahdi::media
