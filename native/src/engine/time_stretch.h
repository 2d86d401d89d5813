// Speech slower or faster at its own pitch: WSOLA (Verhelst and Roelands, ICASSP 1993), pieces of 30 ms that
// overlap by half, each laid where it goes on best from the one before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace node_dahdi::media {

class TimeStretch {
 public:
  static constexpr double kSlowest = 0.5, kFastest = 2;

  explicit TimeStretch(double speed);

  void Put(const int16_t* samples, size_t count);
  /** Nothing more is put: what is left can be taken. */
  void Finish() { total_ = end(); }
  /** Up to `count` samples; 0 when more must be put first. */
  size_t Take(int16_t* samples, size_t count);

 private:
  bool Step();
  int64_t Best(int64_t ideal) const;
  const int16_t* At(int64_t index) const { return input_.data() + (index - start_); }
  int64_t end() const { return start_ + static_cast<int64_t>(input_.size()); }

  const double speed_;
  std::vector<float> rise_;
  std::vector<int16_t> input_;
  /** Index of input_[0] in all that was put. */
  int64_t start_ = 0;
  /** Pieces laid so far, and where in the input the last one begins. */
  int64_t pieces_ = 0;
  int64_t last_ = 0;
  /** Samples of the whole, once that is known. */
  int64_t total_ = -1;
  std::vector<int16_t> made_;
  size_t taken_ = 0;
};

}  // namespace node_dahdi::media
