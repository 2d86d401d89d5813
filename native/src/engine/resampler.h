// Brings a file of any rate to 8 kHz: a windowed-sinc filter, 60 dB down outside the telephone band.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace node_dahdi::media {

class Resampler {
 public:
  explicit Resampler(uint32_t rate);
  /** Gives up to `count` samples at the source's rate; 0 at its end, negative on failure. */
  using Pull = std::function<int64_t(int16_t* samples, size_t count)>;
  /** Makes up to `count` samples at 8 kHz; 0 at the end, negative what `pull` failed with. */
  int64_t Read(int16_t* samples, size_t count, const Pull& pull);

 private:
  const uint32_t rate_;
  /** Samples of the source on either side of a point that count for it. */
  const int reach_;
  /** The filter's right half, kSteps points to a sample of the source. */
  std::vector<float> kernel_;
  std::vector<float> window_;
  /** Source index of window_[0]. */
  int64_t window_start_;
  int64_t end_ = INT64_MAX;
  /** Index of the next sample at 8 kHz. */
  int64_t next_ = 0;
};

}  // namespace node_dahdi::media
