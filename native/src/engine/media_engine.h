// The media engine: one thread that moves the audio of every port every 8 ms, and two that touch files.
// Commands go in by a ring, events come out by another; neither side ever waits for the other.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/bit_error_test.h"
#include "engine/ear.h"
#include "engine/fax_thread.h"
#include "engine/file_reader.h"
#include "engine/file_writer.h"
#include "engine/lateness.h"
#include "engine/line_probe.h"
#include "engine/pair_source.h"
#include "engine/player.h"
#include "engine/port.h"
#include "engine/recorder.h"
#include "engine/shared_player.h"
#include "engine/spsc_ring.h"
#include "engine/stream_source.h"

namespace node_dahdi::media {

struct EngineEvent {
  enum class Type : uint8_t {
    kDigitBegin,
    kDigitEnd,
    kPlayEnd,
    kRecordEnd,
    kFailed,
    kClosed,
    kWarning,
    kAudio,
    kTalking,
    kFaxPage,
    kFaxEnd,
    kHeard
  } type = Type::kWarning;
  /** Port; of kPlayEnd the player, of kRecordEnd the recorder. */
  uint32_t id = 0;
  char digit = 0;
  /** Mean squares of a digit's two frequencies. */
  float row = 0, column = 0;
  /** Of kHeard. */
  Heard heard{};
  PlayReason play_reason = PlayReason::kEnd;
  RecordReason record_reason = RecordReason::kStopped;
  /** Milliseconds of kDigitEnd; samples of kPlayEnd; frames of kRecordEnd. */
  uint64_t length = 0;
  uint64_t bytes = 0;
  /** Frames of kRecordEnd that are silence because the disk was too slow. */
  uint64_t lost = 0;
  /** Of kRecordEnd, where it was wanted. */
  std::string sha256{};
  /** Error name of kFailed, kRecordEnd, kWarning. */
  std::string code{};
  std::vector<PlayError> errors{};
  /** Of kFaxPage and kFaxEnd. */
  FaxReport fax{};
  /** Of kHeard by an ear for messages. */
  std::vector<uint8_t> message{};
};

struct EngineStats {
  size_t ports = 0, playing = 0, recording = 0;
  bool realtime = false;
  uint64_t ticks = 0;
  uint64_t underruns = 0;
  double media_cpu_ms = 0, files_cpu_ms = 0;
  int open_files = 0;
  uint64_t lost_events = 0;
};

struct PortStats {
  Law law = Law::kAlaw;
  uint64_t received = 0, sent = 0, underruns = 0, overruns = 0;
  double received_mean_square = 0, sent_mean_square = 0;
  bool relayed = false;
};

/** Any thread may call, one at a time: a lock sees to it. Ids of what is closed or unknown are ignored. */
class MediaEngine : private PortListener {
 public:
  static constexpr size_t kMaxPorts = 1024;
  static constexpr size_t kMaxConferences = 256;
  static constexpr size_t kMostLineTests = 64;

  /**
   * @param notify called on the engine's threads when events wait, or a listener's audio; it must not block.
   * @param least_margin ticks that lines' queues are longer by, however punctual the machine; to kMostMargin.
   */
  explicit MediaEngine(std::function<void()> notify, int least_margin = 0);
  ~MediaEngine() override;
  MediaEngine(const MediaEngine&) = delete;
  MediaEngine& operator=(const MediaEngine&) = delete;

  /** How many ticks the machine was late of late, and at least what it was started with. */
  const std::atomic<int>& margin() const { return margin_; }

  /** 0 when there are kMaxPorts already. */
  uint32_t Open(std::unique_ptr<Source> source);
  uint32_t OpenPair(const std::string& name, Side side, Law law);
  uint32_t OpenStream();
  /** kClosed follows when the media thread has let go. */
  void ClosePort(uint32_t port);

  /** Both return the player's id; 0 when the port is not open. */
  uint32_t PlayFiles(uint32_t port, std::vector<std::string> items, bool loop, uint64_t offset,
                     double speed = 1, bool open = false);
  /** Of files that play by an open list. @param last nothing follows. */
  void AppendFiles(uint32_t player, std::vector<std::string> items, bool last);
  /** An endless list that is read once for all who hear it; begins where the others are. */
  uint32_t PlayShared(uint32_t port, const std::vector<std::string>& items);
  /** Of files that play: pauses them, and sets their volume, times. */
  void ControlPlaying(uint32_t player, bool paused, float gain);
  /** Samples that a player has said; 0 for one that is not there. */
  uint64_t Played(uint32_t player) const;
  /** `over`: heard together with what else a port sends, not in its place. */
  uint32_t PlayTone(uint32_t port, std::vector<TonePart> parts, bool repeat, bool over = false);
  uint32_t PlaySamples(uint32_t port, std::vector<int16_t> samples);
  /** `player` 0: whatever plays. */
  void StopPlaying(uint32_t port, uint32_t player);
  /** A conference is recorded as one sum, whatever the layout. */
  uint32_t Record(uint32_t port, const std::string& path, Law law, Layout layout, uint64_t max_frames,
                  bool sealed = false);
  /** Silence is recorded until it goes on. */
  void PauseRecording(uint32_t recorder, bool on);
  void StopRecording(uint32_t port, uint32_t recorder);
  /** A port's line is tested its first kMostLineTests times; each test takes the last one's place. */
  void TestBits(uint32_t port, uint32_t error_every);
  void ProbeLine(uint32_t port, const int16_t* period, int settle, int periods);
  void StopLineTest(uint32_t port);
  /** Of the last test; false when there was none. */
  bool GetBitErrors(uint32_t port, BitErrorTest::Counts* counts) const;
  /** Of the last probe; false when there was none, or it goes on. */
  bool GetProbed(uint32_t port, LineProbe::Found* found) const;
  /** The fax's id; 0 when the port is not open. kFaxEnd follows in any case. */
  uint32_t StartFax(uint32_t port, FaxSetup setup);
  void StopFax(uint32_t port, uint32_t fax);
  void Detect(uint32_t port, bool on);
  void MaskDigits(uint32_t port, bool on);
  /** Listens with this in the place of the last of its kind; nullptr: with none of the kind. */
  void Listen(uint32_t port, EarKind kind, std::unique_ptr<Ear> ear);
  /** Tells when somebody begins and ends to speak. */
  void DetectVoice(uint32_t port, bool on);
  /** 0 when there are kMaxConferences already. Playing and recording take its id as a port's. */
  uint32_t OpenConference();
  /** kClosed follows; whoever takes part hears nothing any more. */
  void CloseConference(uint32_t conference);
  /** Takes a port into a conference, or changes its role. @param listener of Speaks::kOne, a port. */
  void Join(uint32_t conference, uint32_t port, PartyRole role, uint32_t listener);
  void Connect(uint32_t port, uint32_t other);
  void Disconnect(uint32_t port);
  void Mute(uint32_t port, bool receive, bool send);

  void WriteStream(uint32_t port, const int16_t* samples, size_t count);
  void ListenStream(uint32_t port, bool on);
  /** Takes whole blocks of 20 ms that a stream port hears. */
  std::vector<int16_t> TakeAudio(uint32_t port);

  /** Takes up to `most` events. */
  std::vector<EngineEvent> TakeEvents(size_t most);
  bool GetPortStats(uint32_t port, PortStats* stats) const;
  EngineStats Stats();
  /** Of ticks since the last call. */
  LatenessSummary TakeLateness() { return lateness_.Take(); }

 private:
  /** What the media thread reports: plain, so that reporting takes no memory. */
  struct Report {
    EngineEvent::Type type = EngineEvent::Type::kWarning;
    uint32_t id = 0;
    char digit = 0;
    float row = 0, column = 0;
    PlayReason reason = PlayReason::kEnd;
    int32_t error = 0;
    uint64_t length = 0;
    Heard heard{};
    /** Given back by the port: nothing else is told. */
    const Ear* gone = nullptr;
  };
  struct Command {
    enum class Type : uint8_t {
      kOpen,
      kClose,
      kPlay,
      kStopPlay,
      kRecord,
      kStopRecord,
      kTestLine,
      kFax,
      kStopFax,
      kDetect,
      kMaskDigits,
      kListen,
      kConnect,
      kDisconnect,
      kMute,
      kDetectVoice,
      kOpenConference,
      kCloseConference,
      kJoin
    } type = Type::kOpen;
    Port* port = nullptr;
    Port* other = nullptr;
    /** Where it is set, the order is to it and not to a port. */
    Conference* conference = nullptr;
    PartyRole role{};
    Player* player = nullptr;
    Recorder* recorder = nullptr;
    Fax* fax = nullptr;
    LineTest* test = nullptr;
    Ear* ear = nullptr;
    EarKind ear_kind{};
    uint32_t id = 0;
    bool on = false;
    bool second = false;

    bool HasPlace() const { return port != nullptr || conference != nullptr; }
  };
  struct OpenPort {
    std::unique_ptr<Port> port;
    StreamSource* stream = nullptr;
    /** Until they are given back. */
    std::vector<std::unique_ptr<Ear>> ears{};
    /** All that it was given: the media thread may be at any of them. */
    std::vector<std::unique_ptr<LineTest>> tests{};
    const BitErrorTest* bits = nullptr;
    const LineProbe* probe = nullptr;
    bool closing = false;
    bool listening = false;
  };

  // Control side, under the lock.
  Port* Find(uint32_t port);
  /** nullptr when the port is not open, or has had its tests. */
  OpenPort* Testable(uint32_t port);
  void TestLine(OpenPort& port, std::unique_ptr<LineTest> test);
  Conference* FindConference(uint32_t conference);
  /** An order to what has this id, a port or a conference; neither is set when it has gone. */
  Command To(Command::Type type, uint32_t id);
  void Order(const Command& command);
  void PumpOrders();
  uint32_t AddPort(std::unique_ptr<Source> source, StreamSource* stream);
  /** A player is there, made but for its order. */
  uint32_t Play(uint32_t port, std::unique_ptr<Player> player, bool over);
  FilePlayer* FindFilePlayer(uint32_t player);
  /** What a player has that ended, given back. */
  void Retire(std::unique_ptr<Player> player, EngineEvent* event);
  EngineEvent Settle(const Report& report);
  EngineEvent Settle(const RecordResult& result);
  EngineEvent Settle(const FaxReport& report);

  // Media thread.
  void Run();
  void Tick(bool late);
  void Measure(int64_t late_ns);
  /** Of a port whose card's clock the ticks follow; -1 when there is none. */
  int ClockFd();
  /** Fetches ahead what the ports after this turn will want. */
  void Prefetch(size_t turn);
  void Obey(const Command& command);
  /** What a bridge or a party keeps in hand, samples. */
  int Cushion() const { return margin_.load(std::memory_order_relaxed) * kTickSamples; }
  void ObeyConference(const Command& command);
  void Put(const Report& report);
  bool HasRoom();
  void OnDigit(uint32_t port, const DtmfEvent& event) override;
  void OnTalking(uint32_t port, bool talking) override;
  void OnHeard(uint32_t port, const Heard& heard) override;
  void OnPlayEnd(uint32_t port, Player* player, PlayReason reason) override;
  void OnRecordEnd(uint32_t port, Recorder* recorder, RecordReason reason) override;
  void OnFaxEnd(uint32_t port, Fax* fax, FaxReason reason) override;
  void OnFailed(uint32_t port, int error) override;

  const std::function<void()> notify_;
  mutable std::mutex control_;
  uint32_t next_id_ = 1;
  Pairs pairs_;
  /** Worst lateness of late, whole ticks: what a line's queue begins with beyond its own depth. */
  std::atomic<int> margin_;
  int least_margin_;
  std::map<uint32_t, OpenPort> ports_;
  struct OpenConferenceOf {
    std::unique_ptr<Conference> conference;
    bool closing = false;
  };
  std::map<uint32_t, OpenConferenceOf> conferences_;
  // Owned here until the last thread that uses them has said so. A finished file player goes to the reader.
  std::map<uint32_t, std::unique_ptr<Player>> players_;
  std::map<std::vector<std::string>, std::unique_ptr<SharedList>> shared_;
  std::map<uint32_t, std::unique_ptr<Recorder>> recorders_;
  std::map<uint32_t, std::unique_ptr<Fax>> faxes_;
  /** Orders that found the ring full; they go first. */
  std::vector<Command> backlog_;
  std::atomic<bool> backlogged_{false};
  uint64_t closed_underruns_ = 0;
  // After what they work on, so that they stop before it goes.
  FileReader reader_;
  FileWriter writer_;
  FaxThread fax_thread_;

  SpscRing<Command> commands_{4096};
  SpscRing<Report> reports_{16384};
  std::atomic<bool> stop_{false};
  std::atomic<bool> realtime_{false};
  std::atomic<uint64_t> ticks_{0};
  std::atomic<uint64_t> lost_events_{0};
  Lateness lateness_;

  // The media thread's own.
  std::array<Port*, kMaxPorts> live_{};
  size_t live_count_ = 0;
  std::array<Conference*, kMaxConferences> live_conferences_{};
  size_t live_conference_count_ = 0;
  uint64_t tick_ = 0;
  Port* clock_ = nullptr;
  /** When the margin was last needed in full. */
  uint64_t margin_tick_ = 0;
  bool reported_ = false;
  bool was_late_ = false;
  bool lost_untold_ = false;
  std::atomic<int> listeners_{0};
  std::thread thread_;
};

}  // namespace node_dahdi::media
