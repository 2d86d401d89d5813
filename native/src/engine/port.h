// One port: what it received in this tick, and what it sends back. Everything here but the atomics belongs to
// the media thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "engine/bridge_buffer.h"
#include "engine/conference.h"
#include "engine/digit_mask.h"
#include "engine/dtmf_detector.h"
#include "engine/ear.h"
#include "engine/fax.h"
#include "engine/line_test.h"
#include "engine/player.h"
#include "engine/prefetch.h"
#include "engine/recorder.h"
#include "engine/source.h"
#include "engine/voice_activity.h"

namespace node_dahdi::media {

/** Mean square over the last 96 ms. */
class LevelMeter {
 public:
  /** Returns the block's own mean square. */
  float Add(const int16_t* samples, int count);
  double mean_square() const { return published_.load(std::memory_order_relaxed); }

 private:
  static constexpr int kSlots = 12;
  std::array<int64_t, kSlots> energy_{};
  std::array<int, kSlots> count_{};
  size_t slot_ = 0;
  /** Of all slots. */
  int64_t total_ = 0;
  int counted_ = 0;
  /** One by them, for a division takes longer than all the rest. */
  float share_ = 1;
  std::atomic<float> published_{0};
};

struct PortCounters {
  std::atomic<uint64_t> received{0}, sent{0}, underruns{0}, overruns{0};
};

/** What a port has to say in a tick; the engine makes events of it. */
class PortListener : public EarListener {
 public:
  virtual void OnDigit(uint32_t port, const DtmfEvent& event) = 0;
  virtual void OnTalking(uint32_t port, bool talking) = 0;
  virtual void OnPlayEnd(uint32_t port, Player* player, PlayReason reason) = 0;
  virtual void OnRecordEnd(uint32_t port, Recorder* recorder, RecordReason reason) = 0;
  virtual void OnFaxEnd(uint32_t port, Fax* fax, FaxReason reason) = 0;
  virtual void OnFailed(uint32_t port, int error) = 0;
};

class Port {
 public:
  static constexpr size_t kMaxRecorders = 4;

  Port(uint32_t id, std::unique_ptr<Source> source) : id(id), source(std::move(source)) {}

  const uint32_t id;
  const std::unique_ptr<Source> source;
  LevelMeter received_level, sent_level;
  PortCounters counters;

  // Media thread. First every port receives, then every port sends: a bridge adds no tick.
  void Receive(uint64_t tick, PortListener& listener);
  void Send(uint64_t tick, PortListener& listener);

  /** Fetch memory ahead, nearest use last: of the port, of what it plays, records and reads, of their
   * samples. */
  void Prefetch() const;
  void PrefetchParts() const;
  void PrefetchParty() const;
  void PrefetchSamples() const;

  void Play(Player* player, PortListener& listener);
  /** Is heard together with what else is sent. */
  void PlayOver(Player* player, PortListener& listener);
  /** Ends what plays (any player when `player_id` is 0) and flushes what is queued towards the line. */
  void StopPlaying(uint32_t player_id, PlayReason reason, PortListener& listener);
  /** Speaks in the place of all else. @param test the owner's; nullptr: it is over. */
  void TestLine(LineTest* test) { test_ = test; }
  /** Speaks in the place of all else until it is done. Replaces what plays, and another fax. */
  void StartFax(Fax* fax, PortListener& listener);
  void StopFax(uint32_t fax_id, FaxReason reason, PortListener& listener);
  void Record(Recorder* recorder, PortListener& listener);
  void StopRecording(uint32_t recorder_id, PortListener& listener);
  void Detect(bool on);
  /** Nobody but the detector hears digits; everything else comes later by DigitMask::kDelayMs. */
  void MaskDigits(bool on);
  /** @param ear the owner's; nullptr: listens with none of the kind. Returns the last one of its kind. */
  Ear* Listen(EarKind kind, Ear* ear);
  /** Tells when the party begins and ends to speak. */
  void DetectVoice(bool on);
  /** Somebody spoke here of late; known of parties of a conference. */
  bool spoken() const { return activity_.recent(); }
  bool talking() const { return activity_.talking(); }
  /** @param cushion what each direction keeps in hand, samples. */
  void Connect(Port* other, int cushion);
  /** Leaves the peer or the conference. */
  void Disconnect();
  /**
   * By its role: who hears it, and whether it hears. A peer comes along, and both go on without a gap. False
   * when the conference is full.
   */
  bool Join(Conference* conference, const PartyRole& role, int cushion);
  Party& party() { return party_; }
  const Party& party() const { return party_; }
  /** Of a conference's tick: what was received and nobody has taken yet. */
  void TakeReceived(int16_t* samples, int count);
  void Mute(bool receive, bool send);
  /** Ends all that goes on. Afterwards the engine forgets the port. */
  void Close(PortListener& listener);
  /** A tick came so late that a line's queue would have run dry. */
  void Late() {
    if (!relayed_) counters.underruns.fetch_add(1, std::memory_order_relaxed);
  }
  /** Samples received in this tick. */
  int count() const { return count_; }
  /** Ticks since something was received. */
  int quiet_ticks() const { return quiet_ticks_; }
  /** The far end's own clock runs, and can be looked at. */
  bool KeepsTime() const { return !failed_ && !virtual_clock_ && source->ClockFd() >= 0; }
  /** Any thread: the driver itself sends what the peer receives. */
  bool relayed() const { return relayed_; }

 private:
  void Fail(int error, PortListener& listener);
  void Render(int16_t* sending, PortListener& listener);
  /** All that the port has to send is what its peer receives. */
  bool Plain() const;
  /** Lets the driver carry the bridge where nothing else is sent, and takes it back. */
  void MindRelay(const int16_t* sending);
  bool joined() const { return peer_ != nullptr || party_.conference != nullptr; }
  void EndPlaying(PlayReason reason, PortListener& listener);
  void AddOver(int16_t* sending, PortListener& listener);
  void EndOver(PlayReason reason, PortListener& listener);
  void OnDigit(const DtmfEvent& event, PortListener& listener);

  int count_ = 0;
  /** Ticks since the source gave anything: a dead clock must not hold up what plays. */
  int quiet_ticks_ = 0;
  bool virtual_clock_ = false;
  bool failed_ = false;
  bool mute_receive_ = false, mute_send_ = false;
  bool detecting_ = false;
  bool masking_ = false;
  bool voice_ = false;
  VoiceActivity activity_;
  DtmfDetector detector_;
  std::array<Ear*, kEarKinds> ears_{};
  int listening_ = 0;
  Player* player_ = nullptr;
  uint64_t player_underruns_ = 0;
  /** Samples of a finished player that are still on their way to the line. */
  int undelivered_ = 0;
  Fax* fax_ = nullptr;
  LineTest* test_ = nullptr;
  /** Heard over what else is sent. */
  Player* over_ = nullptr;
  std::array<Recorder*, kMaxRecorders> recorders_{};
  size_t recorder_count_ = 0;
  Port* peer_ = nullptr;
  std::atomic<bool> relayed_{false};
  /** Ticks of near silence towards the line: a moment in which nobody hears a leap in time. */
  int calm_ticks_ = 0;
  /** The driver has refused. */
  bool unrelayable_ = false;
  // What most ticks touch lies above, and this in part.
  std::array<int16_t, kMaxBlock> received_;
  /** For the peer, or the conference. */
  BridgeBuffer to_peer_;
  Party party_;
  DigitMask mask_;
};

}  // namespace node_dahdi::media
