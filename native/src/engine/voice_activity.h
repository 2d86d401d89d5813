// Voice or silence, by the level of each block above what is always there.
#pragma once

#include "engine/g711.h"

namespace node_dahdi::media {

class VoiceActivity {
 public:
  /** @param end_ms silence that ends a voice. */
  explicit VoiceActivity(int end_ms = 400);
  void Reset() { *this = VoiceActivity(end_samples_ / kSamplesPerMs); }
  /** Somebody has spoken for 40 ms, and not been silent for `end_ms` since. */
  bool talking() const { return talking_; }
  /** There was a voice, however short, in the last `end_ms`. */
  bool recent() const { return silent_ < end_samples_; }
  /** Listens to a block's mean square. True when `talking` has changed by it. */
  bool Add(float mean_square, int count);

 private:
  /** What is there without a voice: falls at once, rises slowly, so that speech does not become its own
   * noise. */
  float noise_;
  /** Samples of voice of late, less those of silence among them. */
  int voiced_ = 0;
  /** Samples since there was a voice. */
  int silent_;
  bool talking_ = false;
  int end_samples_;
};

}  // namespace node_dahdi::media
