// The line between two simulated ends: one tick of delay, and the companding a real line has.
#include "engine/pair_source.h"

#include <algorithm>

namespace node_dahdi::media {

std::shared_ptr<Pair> Pairs::Get(const std::string& name) {
  std::erase_if(pairs_, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<Pair>& known = pairs_[name];
  std::shared_ptr<Pair> pair = known.lock();
  if (!pair) {
    pair = std::make_shared<Pair>();
    known = pair;
  }
  return pair;
}

int PairSource::Read(uint64_t tick, int16_t* samples) {
  const Pair::Box& box = pair_->sent[1 - side_];
  if (box.tick + 1 == tick) {
    std::copy(box.samples.begin(), box.samples.end(), samples);
  } else {
    std::fill_n(samples, kTickSamples, int16_t{0});
  }
  return kTickSamples;
}

int PairSource::Write(uint64_t tick, const int16_t* samples, int count) {
  Pair::Box& box = pair_->sent[side_];
  // Both ends hear what a line of this law carries, so that a rehearsal sounds and measures like the real
  // thing.
  std::array<uint8_t, kTickSamples> codes;
  const auto fits = static_cast<size_t>(std::min(count, kTickSamples));
  Encode(law_, samples, codes.data(), fits);
  Decode(law_, codes.data(), box.samples.data(), fits);
  box.tick = tick;
  return 0;
}

void PairSource::Flush() { pair_->sent[side_].tick = 0; }

}  // namespace node_dahdi::media
