// What a port plays: samples that the file thread put into a ring, or a tone made on the spot.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/source.h"
#include "engine/spsc_ring.h"

namespace node_dahdi::media {

enum class PlayReason : uint8_t { kEnd, kStopped, kReplaced, kClosed, kError };

/** Made by the control thread; rendered by the media thread until it reports the end and never touches it
 * again. */
class Player {
 public:
  explicit Player(uint32_t id) : id_(id) {}
  virtual ~Player() = default;
  uint32_t id() const { return id_; }
  /** Media thread: up to `count` samples. Fewer only when `finished` or starved (see `underruns`). */
  virtual int Render(int16_t* samples, int count) = 0;
  /** Fetches the memory of the next samples ahead. */
  virtual void PrefetchSamples() const {}
  bool finished() const { return finished_; }
  /** Samples said so far. Any thread. */
  uint64_t rendered() const { return rendered_.load(std::memory_order_relaxed); }
  uint64_t underruns() const { return underruns_; }

 protected:
  bool finished_ = false;
  std::atomic<uint64_t> rendered_{0};
  uint64_t underruns_ = 0;

 private:
  const uint32_t id_;
};

struct PlayError {
  std::string item;
  std::string code;
};

class FilePlayer final : public Player {
 public:
  /** Read ahead so far, that a disk may stand still as long: 4 s. */
  static constexpr size_t kReadAhead = 4 * kRate;
  /** What is in hand before the first sample is said, so that a disk may stand still from the beginning: 2 s.
   */
  static constexpr size_t kInHand = 2 * kRate;

  FilePlayer(uint32_t id, std::vector<std::string> items, bool loop, uint64_t offset, double speed = 1,
             bool open = false)
      : Player(id), items(std::move(items)), loop(loop), offset(offset), speed(speed), open(open) {}
  int Render(int16_t* samples, int count) override;
  void PrefetchSamples() const override { ring.PrefetchRead(kTickSamples); }

  /** File thread's, once it has the player. */
  std::vector<std::string> items;
  const bool loop;
  /** Samples to leave out at the beginning. */
  const uint64_t offset;
  /** Of what is in the files, at its own pitch; TimeStretch::kSlowest to kFastest. */
  const double speed;
  /** More items may come; file thread's. */
  bool open;

  // Any thread writes, media thread reads.
  /** Silence until it goes on where it was. */
  std::atomic<bool> paused{false};
  std::atomic<float> gain{1};

  // File thread writes, media thread reads.
  SpscRing<int16_t> ring{kReadAhead};
  /** As much is in hand as there should be, or as there is. */
  std::atomic<bool> ready{false};
  /** Nothing comes after what is in the ring. */
  std::atomic<bool> complete{false};

  // File thread and control thread.
  void AddError(std::string item, std::string code);
  std::vector<PlayError> Errors();

 private:
  std::mutex mutex_;
  std::vector<PlayError> errors_;
};

/** Samples that were made beforehand. */
class SamplePlayer final : public Player {
 public:
  SamplePlayer(uint32_t id, std::vector<int16_t> samples) : Player(id), samples_(std::move(samples)) {}
  int Render(int16_t* samples, int count) override;

 private:
  const std::vector<int16_t> samples_;
  size_t at_ = 0;
};

/** One part of a cadence, in the units the generator wants. */
struct TonePart {
  /** Phase steps per sample (2^32 is a turn); 0 is no tone. */
  uint32_t step[2] = {0, 0};
  float amplitude = 0;
  uint32_t samples = 0;
};

class TonePlayer final : public Player {
 public:
  TonePlayer(uint32_t id, std::vector<TonePart> parts, bool repeat);
  int Render(int16_t* samples, int count) override;

 private:
  void Next();
  const std::vector<TonePart> parts_;
  const bool repeat_;
  size_t part_ = 0;
  uint32_t left_ = 0;
  uint32_t phase_[2] = {0, 0};
};

/** @param level of each frequency, dBm0. */
TonePart MakeTonePart(double frequency1, double frequency2, double level, double ms);

}  // namespace node_dahdi::media
