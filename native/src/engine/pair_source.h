// Simulated pairs: two ends cross-connected by name. What one side sends in a tick, the other receives in the
// next, sample for sample; a side that is not open, or does not send, is heard as silence.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "engine/prefetch.h"
#include "engine/source.h"

namespace node_dahdi::media {

enum class Side : uint8_t { kNear = 0, kFar = 1 };

/** The two mailboxes of a pair. Touched by the media thread only. */
struct Pair {
  struct Box {
    uint64_t tick = 0;
    std::array<int16_t, kTickSamples> samples{};
  };
  /** What each side sent last, by side. */
  std::array<Box, 2> sent;
};

/** Finds a pair by its name, as long as one of its ends exists. Control thread only. */
class Pairs {
 public:
  std::shared_ptr<Pair> Get(const std::string& name);

 private:
  std::map<std::string, std::weak_ptr<Pair>> pairs_;
};

class PairSource final : public Source {
 public:
  PairSource(std::shared_ptr<Pair> pair, Side side, Law law)
      : pair_(std::move(pair)), side_(static_cast<size_t>(side)), law_(law) {}
  Law law() const override { return law_; }
  int Read(uint64_t tick, int16_t* samples) override;
  int Write(uint64_t tick, const int16_t* samples, int count) override;
  void Flush() override;
  void Prefetch() const override { media::Prefetch<1>(pair_.get(), sizeof(Pair)); }

 private:
  const std::shared_ptr<Pair> pair_;
  const size_t side_;
  const Law law_;
};

}  // namespace node_dahdi::media
