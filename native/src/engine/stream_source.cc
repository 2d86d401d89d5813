// The jitter buffer between JavaScript's uneven writes and the tick.
#include "engine/stream_source.h"

#include <algorithm>

namespace node_dahdi::media {
namespace {

/** A queue that has not been shallower than this for two seconds is only delay: it is cut down to it. */
constexpr size_t kSpareDelay = 80 * kSamplesPerMs;
constexpr int kDelayWindow = 2000 / kTickMs;

}  // namespace

int StreamSource::Read(uint64_t, int16_t* samples) {
  size_t queued = incoming_.Readable();
  if (queued > kMaxQueue) {
    counters_.overruns++;
    incoming_.Skip(queued - kMaxQueue);
    queued = kMaxQueue;
  }
  if (!speaking_ && queued > 0) {
    waited_ += kTickSamples;
    speaking_ = queued >= kPrefill || waited_ >= static_cast<int>(kPrefill);
    ticks_ = 0;
    shallowest_ = SIZE_MAX;
  }
  size_t got = 0;
  if (speaking_) {
    got = incoming_.Read(samples, kTickSamples);
    shallowest_ = std::min(shallowest_, queued - got);
    if (++ticks_ >= kDelayWindow) {
      if (shallowest_ > kSpareDelay) incoming_.Skip(shallowest_ - kSpareDelay);
      ticks_ = 0;
      shallowest_ = SIZE_MAX;
    }
    if (got < kTickSamples) {
      speaking_ = false;
      waited_ = 0;
    }
  }
  std::fill(samples + got, samples + kTickSamples, int16_t{0});
  return kTickSamples;
}

int StreamSource::Write(uint64_t, const int16_t* samples, int count) {
  if (!listening_.load(std::memory_order_acquire)) return 0;
  if (outgoing_.Write(samples, static_cast<size_t>(count)) < static_cast<size_t>(count)) counters_.overruns++;
  return 0;
}

void StreamSource::Put(const int16_t* samples, size_t count) {
  if (count > kMaxQueue) {
    samples += count - kMaxQueue;
    count = kMaxQueue;
  }
  incoming_.Write(samples, count);
}

std::vector<int16_t> StreamSource::TakeBlocks() {
  std::vector<int16_t> samples(outgoing_.Readable() / kBlock * kBlock);
  outgoing_.Read(samples.data(), samples.size());
  return samples;
}

void StreamSource::Listen(bool on) {
  if (on) outgoing_.Skip(outgoing_.Readable());
  listening_.store(on, std::memory_order_release);
}

}  // namespace node_dahdi::media
