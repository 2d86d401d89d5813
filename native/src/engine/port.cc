// The order of things in a tick: read, mute, measure, detect, hand to the peer; then play or bridge, mute,
// write, measure, record.
#include "engine/port.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/energy.h"

namespace node_dahdi::media {
namespace {

/** After so long without a sample the card's clock is taken for dead, and ours goes on in its place. */
constexpr int kQuietTicks = 200 / kTickMs;
/** Near silence: samples of -45 dBm0, for so long. */
constexpr int kCalm = 128;
constexpr int kCalmTicks = 32 / kTickMs;
/** What a tick usually touches of a bridge's buffer. */
constexpr size_t kBufferBytes = 64 + 2 * kTickSamples * sizeof(int16_t);

}  // namespace

float LevelMeter::Add(const int16_t* samples, int count) {
  int64_t energy = 0;
  for (int at = 0; at < count; at += kTickSamples) {
    energy += static_cast<int64_t>(Energy(samples + at, std::min(count - at, kTickSamples))) << 5;
  }
  slot_ = slot_ + 1 == kSlots ? 0 : slot_ + 1;
  total_ += energy - energy_[slot_];
  energy_[slot_] = energy;
  if (count != count_[slot_]) {
    counted_ += count - count_[slot_];
    count_[slot_] = count;
    share_ = 1 / static_cast<float>(std::max(1, counted_));
  }
  published_.store(static_cast<float>(total_) * share_, std::memory_order_relaxed);
  const float own = count == kTickSamples ? 1.0f / kTickSamples : 1 / static_cast<float>(std::max(1, count));
  return static_cast<float>(energy) * own;
}

void Port::Fail(int error, PortListener& listener) {
  if (failed_) return;
  failed_ = true;
  listener.OnFailed(id, error);
}

void Port::Prefetch() const {
  const auto* const begin = reinterpret_cast<const char*>(this);
  const auto* const usual = reinterpret_cast<const char*>(received_.data() + kTickSamples);
  media::Prefetch<1>(begin, static_cast<size_t>(usual - begin));
  if (peer_ != nullptr) media::Prefetch<1>(&to_peer_, kBufferBytes);
  if (party_.conference != nullptr) PrefetchParty();
}

void Port::PrefetchParts() const {
  media::Prefetch<1>(source.get(), 1);
  if (player_ != nullptr) media::Prefetch<1>(player_, sizeof(FilePlayer));
  for (size_t i = 0; i < recorder_count_; i++) media::Prefetch<1>(recorders_[i], sizeof(Recorder));
}

void Port::PrefetchParty() const {
  media::Prefetch<1>(&to_peer_, kBufferBytes);
  media::Prefetch<1>(&party_, sizeof(Party) - sizeof(BridgeBuffer) + kBufferBytes);
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
  const float mean_square = received_level.Add(received_.data(), count_);
  if ((voice_ || party_.conference != nullptr) && activity_.Add(mean_square, count_) && voice_) {
    listener.OnTalking(id, activity_.talking());
  }
  if (detecting_ || masking_) {
    detector_.Process(received_.data(), count_, [&](const DtmfEvent& event) { OnDigit(event, listener); });
  }
  if (listening_ > 0) {
    for (Ear* const ear : ears_) {
      if (ear != nullptr) ear->Hear(received_.data(), count_, mean_square, {id, ear->kind, listener});
    }
  }
  if (masking_) mask_.Process(received_.data(), count_);
  if (fax_ != nullptr) fax_->Hear(received_.data(), count_);
  if (test_ != nullptr) test_->Hear(received_.data(), count_);
  if (joined() && !to_peer_.Put(received_.data(), count_)) {
    counters.overruns.fetch_add(1, std::memory_order_relaxed);
  }
}

bool Port::Plain() const {
  return peer_ != nullptr && player_ == nullptr && fax_ == nullptr && test_ == nullptr && over_ == nullptr &&
         !mute_send_ && !failed_ && !virtual_clock_ && !peer_->masking_ && !peer_->mute_receive_ &&
         !peer_->failed_ && !peer_->virtual_clock_;
}

void Port::MindRelay(const int16_t* sending) {
  if (!Plain()) {
    calm_ticks_ = 0;
    if (relayed_) relayed_ = !source->Relay(nullptr);
    return;
  }
  if (relayed_ || unrelayable_) return;
  const bool calm = std::all_of(sending, sending + count_, [](int x) { return -kCalm < x && x < kCalm; });
  calm_ticks_ = calm ? calm_ticks_ + 1 : 0;
  if (calm_ticks_ < kCalmTicks) return;
  relayed_ = source->Relay(peer_->source.get());
  unrelayable_ = !relayed_;
}

void Port::OnDigit(const DtmfEvent& event, PortListener& listener) {
  if (masking_) event.type == DtmfEvent::Type::kBegin ? mask_.Hide() : mask_.Show();
  if (detecting_) listener.OnDigit(id, event);
}

void Port::Send(uint64_t tick, PortListener& listener) {
  if (count_ == 0) return;
  std::array<int16_t, kMaxBlock> sending;
  BridgeBuffer* const heard = peer_ != nullptr               ? &peer_->to_peer_
                              : party_.conference != nullptr ? &party_.hears
                                                             : nullptr;
  if (heard == nullptr) {
    std::fill_n(sending.begin(), count_, int16_t{0});
  } else if (!heard->Take(sending.data(), count_)) {
    counters.underruns.fetch_add(1, std::memory_order_relaxed);
  }
  if (player_ != nullptr) Render(sending.data(), listener);
  if (fax_ != nullptr) {
    if (!fax_->Speak(sending.data(), count_)) counters.underruns.fetch_add(1, std::memory_order_relaxed);
    if (fax_->finished.load(std::memory_order_acquire)) StopFax(0, FaxReason::kDone, listener);
  }
  if (test_ != nullptr) test_->Speak(sending.data(), count_);
  if (over_ != nullptr) AddOver(sending.data(), listener);
  if (mute_send_) std::fill_n(sending.begin(), count_, int16_t{0});
  MindRelay(sending.data());
  if (!virtual_clock_ && !relayed_) {
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
  if (over_ != nullptr && over_->id() == player_id) return EndOver(reason, listener);
  if (player_ == nullptr || (player_id != 0 && player_->id() != player_id)) return;
  if (!failed_) source->Flush();
  EndPlaying(reason, listener);
}

void Port::StartFax(Fax* fax, PortListener& listener) {
  StopFax(0, FaxReason::kStopped, listener);
  StopPlaying(0, PlayReason::kReplaced, listener);
  fax_ = fax;
}

void Port::StopFax(uint32_t fax_id, FaxReason reason, PortListener& listener) {
  if (fax_ == nullptr || (fax_id != 0 && fax_->id != fax_id)) return;
  listener.OnFaxEnd(id, std::exchange(fax_, nullptr), reason);
}

void Port::PlayOver(Player* player, PortListener& listener) {
  EndOver(PlayReason::kReplaced, listener);
  over_ = player;
}

void Port::AddOver(int16_t* sending, PortListener& listener) {
  std::array<int16_t, kMaxBlock> made;
  const int count = over_->Render(made.data(), count_);
  for (int i = 0; i < count; i++) {
    sending[i] = static_cast<int16_t>(std::clamp(sending[i] + made[static_cast<size_t>(i)], -32768, 32767));
  }
  if (over_->finished()) EndOver(PlayReason::kEnd, listener);
}

void Port::EndOver(PlayReason reason, PortListener& listener) {
  Player* const ended = std::exchange(over_, nullptr);
  if (ended != nullptr) listener.OnPlayEnd(id, ended, reason);
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
  if (on && !detecting_ && !masking_) detector_.Reset();
  detecting_ = on;
}

Ear* Port::Listen(EarKind kind, Ear* ear) {
  Ear* const last = std::exchange(ears_[static_cast<size_t>(kind)], ear);
  listening_ += (ear != nullptr ? 1 : 0) - (last != nullptr ? 1 : 0);
  return last;
}

void Port::MaskDigits(bool on) {
  if (on && !detecting_ && !masking_) detector_.Reset();
  if (on && !masking_) mask_.Begin();
  masking_ = on;
}

void Port::DetectVoice(bool on) {
  if (on && !voice_) activity_.Reset();
  voice_ = on;
}

void Port::Connect(Port* other, int cushion) {
  // Who hear each other already go on without a gap, be it that they leave a conference for this.
  if (peer_ == other && other != nullptr) return;
  const bool flows = party_.conference != nullptr && party_.conference == other->party_.conference;
  Disconnect();
  other->Disconnect();
  if (other == this) return;
  peer_ = other;
  other->peer_ = this;
  // What was heard before has no more to do with this.
  for (Port* port : {this, other}) {
    port->calm_ticks_ = flows ? 0 : kCalmTicks;
    port->unrelayable_ = false;
  }
  if (flows) return;
  to_peer_.Begin(cushion);
  other->to_peer_.Begin(cushion);
}

bool Port::Join(Conference* conference, const PartyRole& role, int cushion) {
  if (party_.conference == conference) {
    conference->Join(this, role, 0);
    return true;
  }
  Port* const along = peer_;
  if (!conference->HasRoom(along == nullptr ? 1 : 2)) return false;
  Disconnect();
  // Who is bridged flows already; what the mixer makes of it is there in the same tick.
  if (along == nullptr) to_peer_.Begin(cushion);
  if (along != nullptr) conference->Join(along, PartyRole{}, 0);
  conference->Join(this, role, along == nullptr ? cushion : 0);
  return true;
}

void Port::TakeReceived(int16_t* samples, int count) {
  if (!to_peer_.Take(samples, count)) counters.underruns.fetch_add(1, std::memory_order_relaxed);
}

void Port::Disconnect() {
  if (party_.conference != nullptr) party_.conference->Leave(this);
  if (peer_ == nullptr) return;
  Port* const peer = std::exchange(peer_, nullptr);
  peer->peer_ = nullptr;
  for (Port* port : {peer, this}) {
    if (port->relayed_) port->relayed_ = !port->source->Relay(nullptr);
  }
}

void Port::Mute(bool receive, bool send) {
  mute_receive_ = receive;
  mute_send_ = send;
}

void Port::Close(PortListener& listener) {
  Disconnect();
  StopPlaying(0, PlayReason::kClosed, listener);
  EndOver(PlayReason::kClosed, listener);
  StopFax(0, FaxReason::kClosed, listener);
  while (recorder_count_ > 0) listener.OnRecordEnd(id, recorders_[--recorder_count_], RecordReason::kClosed);
}

}  // namespace node_dahdi::media
