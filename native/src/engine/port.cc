// The order of things in a tick: read, mute, measure, detect, hand to the peer; then play or bridge, mute,
// write, measure, record.
#include "engine/port.h"

#include <algorithm>
#include <cstring>

namespace node_dahdi::media {
namespace {

/** After so long without a sample the card's clock is taken for dead, and ours goes on in its place. */
constexpr int kQuietTicks = 200 / kTickMs;
constexpr int kDelayWindow = 1000 / kTickMs;

}  // namespace

void BridgeBuffer::Begin(int cushion) {
  count_ = takes_ = 0;
  cushion_ = std::min(cushion, kMostCushion);
  shallowest_ = kSize;
  flowing_ = false;
}

bool BridgeBuffer::Put(const int16_t* samples, int count) {
  const int excess = std::max(0, count_ + count - kSize);
  if (excess > 0) {
    std::copy(samples_.begin() + excess, samples_.begin() + count_, samples_.begin());
    count_ -= excess;
  }
  std::copy(samples, samples + count, samples_.begin() + count_);
  count_ += count;
  return excess == 0;
}

bool BridgeBuffer::Take(int16_t* samples, int count) {
  if (!flowing_ && count_ < count + cushion_) {
    std::fill_n(samples, count, int16_t{0});
    return true;
  }
  flowing_ = true;
  const int got = std::min(count, count_);
  const int missing = count - got;
  cushion_ = std::min(cushion_ + missing, kMostCushion);
  std::copy(samples_.begin(), samples_.begin() + got, samples);
  std::fill(samples + got, samples + count, int16_t{0});
  count_ -= got;
  shallowest_ = std::min(shallowest_, count_);
  int drop = 0;
  if (++takes_ >= kDelayWindow) {
    // What has lain on the cushion for a second is only delay: two card clocks drift apart.
    drop = shallowest_ >= cushion_ + kTickSamples ? kTickSamples : 0;
    count_ -= drop;
    takes_ = 0;
    shallowest_ = kSize;
  }
  std::copy(samples_.begin() + got + drop, samples_.begin() + got + drop + count_, samples_.begin());
  return missing == 0;
}

void LevelMeter::Add(const int16_t* samples, int count) {
  int64_t energy = 0;
  for (int at = 0; at < count; at += kTickSamples) {
    // In 32 bits and without its last five, a block's sum fits vectors; what is lost is below A-law's idle
    // noise.
    uint32_t sum = 0;
    const int end = std::min(count, at + kTickSamples);
    for (int i = at; i < end; i++) sum += static_cast<uint32_t>(samples[i] * samples[i]) >> 5;
    energy += static_cast<int64_t>(sum) << 5;
  }
  slot_ = (slot_ + 1) % kSlots;
  energy_[slot_] = energy;
  count_[slot_] = count;
  int64_t total = 0;
  int samples_counted = 0;
  for (size_t i = 0; i < kSlots; i++) total += energy_[i], samples_counted += count_[i];
  published_.store(static_cast<float>(total) / static_cast<float>(std::max(1, samples_counted)),
                   std::memory_order_relaxed);
}

void Port::Fail(int error, PortListener& listener) {
  if (failed_) return;
  failed_ = true;
  listener.OnFailed(id, error);
}

void Port::Prefetch() const {
  const auto* const begin = reinterpret_cast<const char*>(this);
  const auto* const usual = reinterpret_cast<const char*>(received_.data() + kTickSamples);
  media::Prefetch<1>(begin, peer_ == nullptr ? static_cast<size_t>(usual - begin) : sizeof *this);
}

void Port::PrefetchParts() const {
  media::Prefetch<1>(source.get(), 1);
  if (player_ != nullptr) media::Prefetch<1>(player_, sizeof(FilePlayer));
  for (size_t i = 0; i < recorder_count_; i++) media::Prefetch<1>(recorders_[i], sizeof(Recorder));
}

void Port::PrefetchSamples() const {
  source->Prefetch();
  if (player_ != nullptr) player_->PrefetchSamples();
  for (size_t i = 0; i < recorder_count_; i++) recorders_[i]->PrefetchSamples();
}

void Port::Receive(uint64_t tick, PortListener& listener) {
  const int got = failed_ ? 0 : source->Read(tick, received_.data());
  if (got < 0) Fail(-got, listener);
  count_ = std::max(0, got);
  if (count_ > 0) {
    quiet_ticks_ = 0;
    virtual_clock_ = false;
  } else if (failed_ || ++quiet_ticks_ > kQuietTicks) {
    virtual_clock_ = true;
    count_ = kTickSamples;
    std::fill_n(received_.begin(), count_, int16_t{0});
  } else {
    return;
  }
  counters.received.fetch_add(static_cast<uint64_t>(count_), std::memory_order_relaxed);
  if (mute_receive_) std::fill_n(received_.begin(), count_, int16_t{0});
  received_level.Add(received_.data(), count_);
  if (detecting_) {
    detector_.Process(received_.data(), count_, [&](const DtmfEvent& event) { listener.OnDigit(id, event); });
  }
  if (tones_ != nullptr) {
    tones_->Process(received_.data(), count_,
                    [&](const ProgressEvent& event) { listener.OnTone(id, event); });
  }
  if (peer_ != nullptr && !to_peer_.Put(received_.data(), count_)) {
    counters.overruns.fetch_add(1, std::memory_order_relaxed);
  }
}

void Port::Send(uint64_t tick, PortListener& listener) {
  if (count_ == 0) return;
  std::array<int16_t, kMaxBlock> sending;
  if (peer_ == nullptr) {
    std::fill_n(sending.begin(), count_, int16_t{0});
  } else if (!peer_->to_peer_.Take(sending.data(), count_)) {
    counters.underruns.fetch_add(1, std::memory_order_relaxed);
  }
  if (player_ != nullptr) Render(sending.data(), listener);
  if (mute_send_) std::fill_n(sending.begin(), count_, int16_t{0});
  if (!virtual_clock_) {
    const int result = source->Write(tick, sending.data(), count_);
    if (result < 0) Fail(-result, listener);
  }
  counters.sent.fetch_add(static_cast<uint64_t>(count_), std::memory_order_relaxed);
  sent_level.Add(sending.data(), count_);
  for (size_t i = 0; i < recorder_count_;) {
    Recorder* const recorder = recorders_[i];
    if (recorder->Append(received_.data(), sending.data(), count_)) {
      i++;
    } else {
      recorders_[i] = recorders_[--recorder_count_];
      listener.OnRecordEnd(id, recorder, recorder->reason);
    }
  }
}

/** A playback ends when its last sample has gone out: who hangs up then cuts nothing off. */
void Port::Render(int16_t* sending, PortListener& listener) {
  if (player_->finished()) {
    undelivered_ -= count_;
  } else {
    const int made = player_->Render(sending, count_);
    if (player_->underruns() != player_underruns_) {
      player_underruns_ = player_->underruns();
      counters.underruns.fetch_add(1, std::memory_order_relaxed);
    }
    if (player_->finished()) {
      undelivered_ = source->Queued() + count_;
    } else {
      std::fill(sending + made, sending + count_, int16_t{0});
    }
  }
  if (player_->finished() && undelivered_ <= 0) EndPlaying(PlayReason::kEnd, listener);
}

void Port::EndPlaying(PlayReason reason, PortListener& listener) {
  Player* const ended = player_;
  player_ = nullptr;
  listener.OnPlayEnd(id, ended, reason);
}

void Port::Play(Player* player, PortListener& listener) {
  if (player_ != nullptr && player_->finished()) {
    EndPlaying(PlayReason::kEnd, listener);
  } else if (player_ != nullptr) {
    StopPlaying(0, PlayReason::kReplaced, listener);
  }
  player_ = player;
  player_underruns_ = 0;
}

void Port::StopPlaying(uint32_t player_id, PlayReason reason, PortListener& listener) {
  if (player_ == nullptr || (player_id != 0 && player_->id() != player_id)) return;
  if (!failed_) source->Flush();
  EndPlaying(reason, listener);
}

void Port::Record(Recorder* recorder, PortListener& listener) {
  if (recorder_count_ == kMaxRecorders) {
    listener.OnRecordEnd(id, recorder, RecordReason::kError);
  } else {
    recorders_[recorder_count_++] = recorder;
  }
}

void Port::StopRecording(uint32_t recorder_id, PortListener& listener) {
  for (size_t i = 0; i < recorder_count_; i++) {
    if (recorders_[i]->id != recorder_id) continue;
    Recorder* const recorder = recorders_[i];
    recorders_[i] = recorders_[--recorder_count_];
    listener.OnRecordEnd(id, recorder, RecordReason::kStopped);
    return;
  }
}

void Port::Detect(bool on) {
  if (on && !detecting_) detector_.Reset();
  detecting_ = on;
}

void Port::Connect(Port* other, int cushion) {
  // Who hear each other already go on without a gap.
  if (peer_ == other && other != nullptr) return;
  Disconnect();
  other->Disconnect();
  if (other == this) return;
  peer_ = other;
  other->peer_ = this;
  to_peer_.Begin(cushion);
  other->to_peer_.Begin(cushion);
}

void Port::Disconnect() {
  if (peer_ == nullptr) return;
  peer_->peer_ = nullptr;
  peer_ = nullptr;
}

void Port::Mute(bool receive, bool send) {
  mute_receive_ = receive;
  mute_send_ = send;
}

void Port::Close(PortListener& listener) {
  Disconnect();
  StopPlaying(0, PlayReason::kClosed, listener);
  while (recorder_count_ > 0) listener.OnRecordEnd(id, recorders_[--recorder_count_], RecordReason::kClosed);
}

}  // namespace node_dahdi::media
