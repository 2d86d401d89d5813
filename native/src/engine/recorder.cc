// The media thread's half of a recording.
#include "engine/recorder.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace node_dahdi::media {
namespace {

constexpr size_t kMaxFrameBytes = 4;

void Put(Law law, const int16_t* from, int count, uint8_t* to, size_t stride) {
  for (int i = 0; i < count; i++, to += stride) {
    switch (law) {
      case Law::kAlaw:
        *to = ToAlaw(from[i]);
        break;
      case Law::kUlaw:
        *to = ToUlaw(from[i]);
        break;
      case Law::kLinear16:
        to[0] = static_cast<uint8_t>(from[i]);
        to[1] = static_cast<uint8_t>(from[i] >> 8);
        break;
    }
  }
}

}  // namespace

bool Recorder::PutSilence() {
  std::array<uint8_t, kMaxBlock * kMaxFrameBytes> bytes;
  bytes.fill(law == Law::kAlaw ? kAlawSilence : law == Law::kUlaw ? kUlawSilence : 0);
  for (int rounds = 0; owed > 0 && rounds < 4; rounds++) {
    const uint64_t frames = std::min<uint64_t>({owed, kMaxBlock, ring.Writable() / frame_bytes});
    ring.Write(bytes.data(), frames * frame_bytes);
    owed -= frames;
  }
  return owed == 0;
}

bool Recorder::Append(const int16_t* received, const int16_t* sent, int count) {
  if (failed.load(std::memory_order_acquire)) {
    reason = RecordReason::kError;
    return false;
  }
  if (max_frames > 0) count = static_cast<int>(std::min<uint64_t>(count, max_frames - frames_));
  frames_ += static_cast<uint64_t>(count);
  if ((owed > 0 && !PutSilence()) || ring.Writable() < static_cast<size_t>(count) * frame_bytes) {
    owed += static_cast<uint64_t>(count);
    lost.fetch_add(static_cast<uint64_t>(count), std::memory_order_relaxed);
  } else {
    std::array<uint8_t, kMaxBlock * kMaxFrameBytes> bytes;
    static constexpr std::array<int16_t, kMaxBlock> kNothing{};
    std::array<int16_t, kMaxBlock> sum;
    if (paused.load(std::memory_order_relaxed)) {
      received = sent = kNothing.data();
    } else if (layout == Layout::kMixed) {
      for (int i = 0; i < count; i++) {
        sum[static_cast<size_t>(i)] = static_cast<int16_t>(std::clamp(received[i] + sent[i], -32768, 32767));
      }
      received = sum.data();
    }
    Put(law, received, count, bytes.data(), frame_bytes);
    if (channels == 2) Put(law, sent, count, bytes.data() + frame_bytes / 2, frame_bytes);
    ring.Write(bytes.data(), static_cast<size_t>(count) * frame_bytes);
  }
  reason = RecordReason::kMax;
  return max_frames == 0 || frames_ < max_frames;
}

void Recorder::End(RecordReason why) {
  reason = why;
  ended.store(true, std::memory_order_release);
}

}  // namespace node_dahdi::media
