#include "engine/shared_player.h"

#include <algorithm>

namespace node_dahdi::media {

int SharedList::Copy(uint64_t* at, int16_t* samples, int count) {
  const auto wanted = static_cast<uint64_t>(count);
  // Whoever's card is the fastest reads on for all; whoever fell too far behind leaves something out.
  while (end_ < *at + wanted && !file->finished()) {
    std::array<int16_t, kTickSamples> read;
    const int got = file->Render(read.data(), kTickSamples);
    if (got == 0) break;
    for (int i = 0; i < got; i++) kept_[end_++ % kKept] = read[static_cast<size_t>(i)];
  }
  if (*at + kKept < end_) *at = end_ - wanted;
  const auto run = static_cast<int>(std::min(wanted, end_ - *at));
  for (int i = 0; i < run; i++) samples[i] = kept_[(*at)++ % kKept];
  return run;
}

int SharedPlayer::Render(int16_t* samples, int count) {
  if (!begun_) at_ = list->end();
  begun_ = true;
  const int got = list->Copy(&at_, samples, count);
  rendered_.fetch_add(static_cast<uint64_t>(got), std::memory_order_relaxed);
  finished_ = list->finished() && at_ == list->end();
  if (got < count && !finished_ && rendered() > 0) underruns_++;
  return got;
}

}  // namespace node_dahdi::media
