// A recording: the media thread puts companded frames into a ring, the writing thread takes them to the file.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/source.h"
#include "engine/spsc_ring.h"

namespace node_dahdi::media {

/** What goes into the file: left what is received and right what is sent; one of them; or both added up. */
enum class Layout : uint8_t { kStereo, kReceived, kMixed };

enum class RecordReason : uint8_t { kStopped, kMax, kClosed, kError };

class Recorder {
 public:
  /** What a disk may be late without a gap in the file: 4 s. Beyond, silence takes the place of what was
   * lost. */
  static constexpr size_t kWriteBehind = 4 * kRate;

  /**
   * @param max_frames 0: no end.
   * @param sealed the result is to have the file's digest.
   */
  Recorder(uint32_t id, std::string path, Law law, Layout layout, uint64_t max_frames, bool sealed)
      : id(id),
        path(std::move(path)),
        law(law),
        layout(layout),
        sealed(sealed),
        channels(layout == Layout::kStereo ? 2 : 1),
        frame_bytes(channels * (law == Law::kLinear16 ? 2 : 1)),
        max_frames(max_frames),
        ring(kWriteBehind * frame_bytes) {}

  /** Media thread. False when the recording has reached its end (`reason`). */
  bool Append(const int16_t* received, const int16_t* sent, int count);
  /** Media thread, as its last touch: nothing more will come. */
  void End(RecordReason why);

  /** Fetches the memory of the next frames ahead. */
  void PrefetchSamples() const { ring.PrefetchWrite(kTickSamples * frame_bytes); }

  const uint32_t id;
  const std::string path;
  const Law law;
  const Layout layout;
  const bool sealed;
  const uint32_t channels;
  const uint32_t frame_bytes;
  const uint64_t max_frames;
  SpscRing<uint8_t> ring;
  /** Any thread: silence is written until it is false again, so that the file stays as long as the call. */
  std::atomic<bool> paused{false};
  /** Written by the media thread before `ended`, read after it. */
  RecordReason reason = RecordReason::kStopped;
  std::atomic<bool> ended{false};
  /** Set by the writing thread: the file can take no more. */
  std::atomic<bool> failed{false};
  /** Frames that found the ring full and are silence in the file. */
  std::atomic<uint64_t> lost{0};
  /** Frames of silence that still have to follow what is in the ring; read after `ended` by the writing
   * thread. */
  uint64_t owed = 0;

 private:
  bool PutSilence();
  uint64_t frames_ = 0;
};

}  // namespace node_dahdi::media
