// A channel of the DAHDI driver as a port's far end.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "driver/channel_core.h"
#include "engine/card_queue.h"
#include "engine/source.h"

namespace node_dahdi::media {

/**
 * Reads what the card has received and writes just as much, so that the queue towards the card stays at the
 * depth it began with: two blocks, 16 ms, and as many more as the machine was late of late, so that a line
 * need not learn by a gap what others have shown. The card's clock is the only one that counts here. A
 * standstill makes the queue longer; in a silence, once the machine has been on time for a while, it is cut
 * back.
 */
class DahdiSource final : public Source {
 public:
  /** @param margin blocks beyond the two to begin with, at most kMostMargin; outlives the source. */
  DahdiSource(std::shared_ptr<ChannelCore> channel, Law law, const std::atomic<int>& margin);
  Law law() const override { return law_; }
  void Begin() override;
  int ClockFd() const override { return channel_->fd(); }
  int Read(uint64_t tick, int16_t* samples) override;
  int Write(uint64_t tick, const int16_t* samples, int count) override;
  int Queued() const override { return queue_.depth(); }
  void Flush() override;
  bool Relay(const Source* from) override;

 private:
  /** read() or write(), after the driver's events were taken where it asks for that. Bytes, or −errno. */
  template <typename Call>
  long Transfer(Call&& call);
  int Put(const uint8_t* bytes, int count);
  /** Samples that should wait for the card now. */
  int Depth() const;
  /** Cuts back in a silence what waits longer than it should. */
  void Shorten(uint64_t tick, const int16_t* samples, int count);

  const std::shared_ptr<ChannelCore> channel_;
  const Law law_;
  /** The driver's number of the channel; 0 of a pseudo channel. */
  int number_ = 0;
  const std::atomic<int>& margin_;
  bool primed_ = false;
  CardQueue queue_;
  /** The last read found nothing, or more than a tick's worth: more than one block may wait next time. */
  bool behind_ = false;
  /** When more than one block had to be written at once; 0 when that never was. */
  uint64_t late_tick_ = 0;
  int silent_ticks_ = 0;
};

}  // namespace node_dahdi::media
