// When the media thread's ticks are due: every 8 ms, at the pace of a card where there is one.
#pragma once

#include <cstdint>

namespace node_dahdi::media {

/**
 * Ticks by the machine's clock wander against a card's, and a block that is complete just after a tick waits
 * for the next. So every quarter of a second the thread looks when a card has a block, and moves its ticks to
 * shortly after that: all channels of cards on one clock, begun in a tick, then have their block just before
 * each tick, and nothing has to be kept in hand between them.
 */
class Pace {
 public:
  /** Ticks between two looks at the card: 256 ms. */
  static constexpr uint64_t kLook = 32;

  /** The first tick is due one tick from now. */
  void Begin();
  /**
   * Sleeps until the next tick is due.
   * @param clock_fd readable when a card has filled a block; -1 not to look.
   * @return nanoseconds by which it is late.
   */
  int64_t Await(int clock_fd);
  /** How long before `now_ns` the tick was due, in nanoseconds. */
  int64_t Late(int64_t now_ns) const { return now_ns - due_ns_; }
  void Next();

 private:
  void Adjust(int clock_fd);

  int64_t due_ns_ = 0;
};

}  // namespace node_dahdi::media
