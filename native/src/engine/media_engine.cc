// The control side of the engine: it owns ports, players and recorders, and hands them to the threads.
#include "engine/media_engine.h"

#include <pthread.h>
#include <time.h>

#include <utility>

#include "engine/fsk_receiver.h"

namespace node_dahdi::media {
namespace {

double CpuMs(std::thread& thread) {
  clockid_t clock;
  timespec used{};
  if (pthread_getcpuclockid(thread.native_handle(), &clock) != 0 || clock_gettime(clock, &used) != 0)
    return 0;
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

uint64_t Underruns(const Port& port) {
  return port.counters.underruns.load(std::memory_order_relaxed) + port.source->counters().underruns;
}

}  // namespace

MediaEngine::MediaEngine(std::function<void()> notify, int least_margin)
    : notify_(std::move(notify)),
      margin_(least_margin),
      least_margin_(least_margin),
      writer_([this] { notify_(); }),
      fax_thread_([this] { notify_(); }) {
  thread_ = std::thread([this] { Run(); });
  pthread_setname_np(thread_.native_handle(), "media");
}

MediaEngine::~MediaEngine() {
  stop_.store(true, std::memory_order_release);
  thread_.join();
}

Port* MediaEngine::Find(uint32_t port) {
  const auto found = ports_.find(port);
  return found == ports_.end() || found->second.closing ? nullptr : found->second.port.get();
}

Conference* MediaEngine::FindConference(uint32_t conference) {
  const auto found = conferences_.find(conference);
  return found == conferences_.end() || found->second.closing ? nullptr : found->second.conference.get();
}

MediaEngine::Command MediaEngine::To(Command::Type type, uint32_t id) {
  return {.type = type, .port = Find(id), .conference = FindConference(id)};
}

void MediaEngine::Order(const Command& command) {
  PumpOrders();
  if (!backlog_.empty() || !commands_.Push(command)) {
    backlog_.push_back(command);
    backlogged_.store(true, std::memory_order_release);
  }
}

void MediaEngine::PumpOrders() {
  if (backlog_.empty()) return;
  const size_t taken = commands_.Write(backlog_.data(), backlog_.size());
  backlog_.erase(backlog_.begin(), backlog_.begin() + static_cast<std::ptrdiff_t>(taken));
  backlogged_.store(!backlog_.empty(), std::memory_order_release);
}

uint32_t MediaEngine::AddPort(std::unique_ptr<Source> source, StreamSource* stream) {
  if (ports_.size() >= kMaxPorts) return 0;
  const uint32_t id = next_id_++;
  OpenPort& open = ports_[id];
  open.port = std::make_unique<Port>(id, std::move(source));
  open.stream = stream;
  Order({.type = Command::Type::kOpen, .port = open.port.get()});
  return id;
}

uint32_t MediaEngine::Open(std::unique_ptr<Source> source) {
  const std::lock_guard lock(control_);
  return AddPort(std::move(source), nullptr);
}

uint32_t MediaEngine::OpenPair(const std::string& name, Side side, Law law) {
  const std::lock_guard lock(control_);
  return AddPort(std::make_unique<PairSource>(pairs_.Get(name), side, law), nullptr);
}

uint32_t MediaEngine::OpenStream() {
  const std::lock_guard lock(control_);
  auto source = std::make_unique<StreamSource>();
  StreamSource* const stream = source.get();
  return AddPort(std::move(source), stream);
}

void MediaEngine::ClosePort(uint32_t port) {
  const std::lock_guard lock(control_);
  Port* const found = Find(port);
  if (found == nullptr) return;
  OpenPort& open = ports_[port];
  open.closing = true;
  if (std::exchange(open.listening, false)) listeners_.fetch_sub(1, std::memory_order_relaxed);
  Order({.type = Command::Type::kClose, .port = found});
}

uint32_t MediaEngine::PlayFiles(uint32_t port, std::vector<std::string> items, bool loop, uint64_t offset,
                                double speed, bool open) {
  const std::lock_guard lock(control_);
  Command order = To(Command::Type::kPlay, port);
  if (!order.HasPlace()) return 0;
  auto player = std::make_unique<FilePlayer>(next_id_++, std::move(items), loop, offset, speed, open);
  reader_.Add(player.get());
  const uint32_t id = player->id();
  order.player = player.get();
  Order(order);
  players_[id] = std::move(player);
  return id;
}

FilePlayer* MediaEngine::FindFilePlayer(uint32_t player) {
  const auto found = players_.find(player);
  return found == players_.end() ? nullptr : dynamic_cast<FilePlayer*>(found->second.get());
}

void MediaEngine::ControlPlaying(uint32_t player, bool paused, float gain) {
  const std::lock_guard lock(control_);
  if (FilePlayer* const file = FindFilePlayer(player)) {
    file->paused.store(paused, std::memory_order_relaxed);
    file->gain.store(gain, std::memory_order_relaxed);
  }
}

void MediaEngine::AppendFiles(uint32_t player, std::vector<std::string> items, bool last) {
  const std::lock_guard lock(control_);
  if (FilePlayer* const file = FindFilePlayer(player)) reader_.Append(file, std::move(items), last);
}

uint32_t MediaEngine::PlayShared(uint32_t port, const std::vector<std::string>& items) {
  const std::lock_guard lock(control_);
  if (!To(Command::Type::kPlay, port).HasPlace()) return 0;
  auto& list = shared_[items];
  if (list == nullptr) {
    list = std::make_unique<SharedList>(items);
    reader_.Add(list->file.get());
  }
  list->listeners++;
  return Play(port, std::make_unique<SharedPlayer>(next_id_++, list.get()), false);
}

uint64_t MediaEngine::Played(uint32_t player) const {
  const std::lock_guard lock(control_);
  const auto found = players_.find(player);
  return found == players_.end() ? 0 : found->second->rendered();
}

uint32_t MediaEngine::PlayTone(uint32_t port, std::vector<TonePart> parts, bool repeat, bool over) {
  const std::lock_guard lock(control_);
  return Play(port, std::make_unique<TonePlayer>(next_id_++, std::move(parts), repeat), over);
}

uint32_t MediaEngine::PlaySamples(uint32_t port, std::vector<int16_t> samples) {
  const std::lock_guard lock(control_);
  return Play(port, std::make_unique<SamplePlayer>(next_id_++, std::move(samples)), false);
}

uint32_t MediaEngine::Play(uint32_t port, std::unique_ptr<Player> player, bool over) {
  Command order = To(Command::Type::kPlay, port);
  if (!order.HasPlace()) return 0;
  const uint32_t id = player->id();
  order.player = player.get();
  order.second = over;
  Order(order);
  players_[id] = std::move(player);
  return id;
}

void MediaEngine::StopPlaying(uint32_t port, uint32_t player) {
  const std::lock_guard lock(control_);
  Command order = To(Command::Type::kStopPlay, port);
  order.id = player;
  if (order.HasPlace()) Order(order);
}

uint32_t MediaEngine::Record(uint32_t port, const std::string& path, Law law, Layout layout,
                             uint64_t max_frames, bool sealed) {
  const std::lock_guard lock(control_);
  Command order = To(Command::Type::kRecord, port);
  if (!order.HasPlace()) return 0;
  // A conference has one sum, not two sides.
  if (order.conference != nullptr) layout = Layout::kReceived;
  auto recorder = std::make_unique<Recorder>(next_id_++, path, law, layout, max_frames, sealed);
  writer_.Add(recorder.get());
  const uint32_t id = recorder->id;
  order.recorder = recorder.get();
  Order(order);
  recorders_[id] = std::move(recorder);
  return id;
}

void MediaEngine::PauseRecording(uint32_t recorder, bool on) {
  const std::lock_guard lock(control_);
  const auto found = recorders_.find(recorder);
  if (found != recorders_.end()) found->second->paused.store(on, std::memory_order_relaxed);
}

void MediaEngine::StopRecording(uint32_t port, uint32_t recorder) {
  const std::lock_guard lock(control_);
  Command order = To(Command::Type::kStopRecord, port);
  order.id = recorder;
  if (order.HasPlace()) Order(order);
}

MediaEngine::OpenPort* MediaEngine::Testable(uint32_t port) {
  if (Find(port) == nullptr) return nullptr;
  OpenPort& found = ports_[port];
  return found.tests.size() == kMostLineTests ? nullptr : &found;
}

void MediaEngine::TestLine(OpenPort& port, std::unique_ptr<LineTest> test) {
  LineTest* const begun = port.tests.emplace_back(std::move(test)).get();
  Order({.type = Command::Type::kTestLine, .port = port.port.get(), .test = begun});
}

void MediaEngine::TestBits(uint32_t port, uint32_t error_every) {
  const std::lock_guard lock(control_);
  OpenPort* const found = Testable(port);
  if (found == nullptr) return;
  auto test = std::make_unique<BitErrorTest>(found->port->source->law(), error_every);
  found->bits = test.get();
  TestLine(*found, std::move(test));
}

void MediaEngine::ProbeLine(uint32_t port, const int16_t* period, int settle, int periods) {
  const std::lock_guard lock(control_);
  OpenPort* const found = Testable(port);
  if (found == nullptr) return;
  auto test = std::make_unique<LineProbe>(period, settle, periods);
  found->probe = test.get();
  TestLine(*found, std::move(test));
}

void MediaEngine::StopLineTest(uint32_t port) {
  const std::lock_guard lock(control_);
  Port* const found = Find(port);
  if (found != nullptr) Order({.type = Command::Type::kTestLine, .port = found});
}

bool MediaEngine::GetBitErrors(uint32_t port, BitErrorTest::Counts* counts) const {
  const std::lock_guard lock(control_);
  const auto found = ports_.find(port);
  if (found == ports_.end() || found->second.bits == nullptr) return false;
  *counts = found->second.bits->Read();
  return true;
}

bool MediaEngine::GetProbed(uint32_t port, LineProbe::Found* result) const {
  const std::lock_guard lock(control_);
  const auto found = ports_.find(port);
  if (found == ports_.end() || found->second.probe == nullptr) return false;
  const LineProbe::Found* const done = found->second.probe->found();
  if (done != nullptr) *result = *done;
  return done != nullptr;
}

uint32_t MediaEngine::StartFax(uint32_t port, FaxSetup setup) {
  const std::lock_guard lock(control_);
  Port* const found = Find(port);
  if (found == nullptr) return 0;
  auto fax = std::make_unique<Fax>(next_id_++, std::move(setup));
  fax_thread_.Add(fax.get());
  const uint32_t id = fax->id;
  Order({.type = Command::Type::kFax, .port = found, .fax = fax.get()});
  faxes_[id] = std::move(fax);
  return id;
}

void MediaEngine::StopFax(uint32_t port, uint32_t fax) {
  const std::lock_guard lock(control_);
  if (Port* const found = Find(port)) Order({.type = Command::Type::kStopFax, .port = found, .id = fax});
}

void MediaEngine::Detect(uint32_t port, bool on) {
  const std::lock_guard lock(control_);
  if (Port* const found = Find(port)) Order({.type = Command::Type::kDetect, .port = found, .on = on});
}

void MediaEngine::MaskDigits(uint32_t port, bool on) {
  const std::lock_guard lock(control_);
  if (Port* const found = Find(port)) Order({.type = Command::Type::kMaskDigits, .port = found, .on = on});
}

void MediaEngine::DetectVoice(uint32_t port, bool on) {
  const std::lock_guard lock(control_);
  if (Port* const found = Find(port)) Order({.type = Command::Type::kDetectVoice, .port = found, .on = on});
}

uint32_t MediaEngine::OpenConference() {
  const std::lock_guard lock(control_);
  if (conferences_.size() >= kMaxConferences) return 0;
  const uint32_t id = next_id_++;
  OpenConferenceOf& open = conferences_[id];
  open.conference = std::make_unique<Conference>(id);
  Order({.type = Command::Type::kOpenConference, .conference = open.conference.get()});
  return id;
}

void MediaEngine::CloseConference(uint32_t conference) {
  const std::lock_guard lock(control_);
  Conference* const found = FindConference(conference);
  if (found == nullptr) return;
  conferences_[conference].closing = true;
  Order({.type = Command::Type::kCloseConference, .conference = found});
}

void MediaEngine::Join(uint32_t conference, uint32_t port, PartyRole role, uint32_t listener) {
  const std::lock_guard lock(control_);
  Conference* const room = FindConference(conference);
  Port* const found = Find(port);
  if (room == nullptr || found == nullptr) return;
  role.listener = Find(listener);
  if (role.speaks == Speaks::kOne && role.listener == nullptr) role.speaks = Speaks::kNobody;
  Order({.type = Command::Type::kJoin, .port = found, .conference = room, .role = role});
}

void MediaEngine::Listen(uint32_t port, EarKind kind, std::unique_ptr<Ear> ear) {
  const std::lock_guard lock(control_);
  Port* const found = Find(port);
  if (found == nullptr) return;
  Order({.type = Command::Type::kListen, .port = found, .ear = ear.get(), .ear_kind = kind});
  if (ear != nullptr) ports_[port].ears.push_back(std::move(ear));
}

void MediaEngine::Connect(uint32_t port, uint32_t other) {
  const std::lock_guard lock(control_);
  Port* const found = Find(port);
  Port* const peer = Find(other);
  if (found != nullptr && peer != nullptr) {
    Order({.type = Command::Type::kConnect, .port = found, .other = peer});
  }
}

void MediaEngine::Disconnect(uint32_t port) {
  const std::lock_guard lock(control_);
  if (Port* const found = Find(port)) Order({.type = Command::Type::kDisconnect, .port = found});
}

void MediaEngine::Mute(uint32_t port, bool receive, bool send) {
  const std::lock_guard lock(control_);
  if (Port* const found = Find(port)) {
    Order({.type = Command::Type::kMute, .port = found, .on = receive, .second = send});
  }
}

void MediaEngine::WriteStream(uint32_t port, const int16_t* samples, size_t count) {
  const std::lock_guard lock(control_);
  if (Find(port) != nullptr && ports_[port].stream != nullptr) ports_[port].stream->Put(samples, count);
}

void MediaEngine::ListenStream(uint32_t port, bool on) {
  const std::lock_guard lock(control_);
  if (Find(port) == nullptr || ports_[port].stream == nullptr) return;
  OpenPort& open = ports_[port];
  if (std::exchange(open.listening, on) != on) {
    listeners_.fetch_add(on ? 1 : -1, std::memory_order_relaxed);
    open.stream->Listen(on);
  }
}

std::vector<int16_t> MediaEngine::TakeAudio(uint32_t port) {
  const std::lock_guard lock(control_);
  if (Find(port) == nullptr || ports_[port].stream == nullptr) return {};
  return ports_[port].stream->TakeBlocks();
}

void MediaEngine::Retire(std::unique_ptr<Player> player, EngineEvent* event) {
  auto* file = dynamic_cast<FilePlayer*>(player.get());
  auto* const shared = dynamic_cast<SharedPlayer*>(player.get());
  if (shared != nullptr) file = shared->list->file.get();
  if (file == nullptr) return;
  event->errors = file->Errors();
  if (event->play_reason == PlayReason::kEnd && event->length == 0 && !event->errors.empty()) {
    event->play_reason = PlayReason::kError;
  }
  if (shared == nullptr) {
    player.release();
    reader_.Retire(std::unique_ptr<FilePlayer>(file));
  } else if (--shared->list->listeners == 0) {
    reader_.Retire(std::move(shared->list->file));
    std::erase_if(shared_, [&](const auto& entry) { return entry.second.get() == shared->list; });
  }
}

EngineEvent MediaEngine::Settle(const Report& report) {
  EngineEvent event{.type = report.type,
                    .id = report.id,
                    .digit = report.digit,
                    .row = report.row,
                    .column = report.column,
                    .heard = report.heard,
                    .length = report.length};
  if (report.error != 0) event.code = ErrnoName(report.error);
  if (report.type == EngineEvent::Type::kHeard && report.heard.kind == EarKind::kMessages) {
    for (const auto& ear : ports_[report.id].ears) {
      auto* const receiver = dynamic_cast<FskReceiver*>(ear.get());
      if (receiver != nullptr && event.message.empty()) event.message = receiver->Take();
    }
  }
  if (report.type == EngineEvent::Type::kPlayEnd) {
    event.play_reason = report.reason;
    Retire(std::move(players_.extract(report.id).mapped()), &event);
  } else if (report.type == EngineEvent::Type::kClosed) {
    if (conferences_.erase(report.id) > 0) return event;
    closed_underruns_ += Underruns(*ports_[report.id].port);
    ports_.erase(report.id);
  }
  return event;
}

EngineEvent MediaEngine::Settle(const RecordResult& result) {
  recorders_.erase(result.id);
  EngineEvent event{.type = EngineEvent::Type::kRecordEnd, .id = result.id};
  event.record_reason = result.reason;
  event.length = result.frames;
  event.bytes = result.bytes;
  event.lost = result.lost;
  event.sha256 = result.sha256;
  event.code = result.error;
  return event;
}

EngineEvent MediaEngine::Settle(const FaxReport& report) {
  if (report.ended) faxes_.erase(report.id);
  EngineEvent event{.type = report.ended ? EngineEvent::Type::kFaxEnd : EngineEvent::Type::kFaxPage,
                    .id = report.id};
  event.fax = report;
  return event;
}

std::vector<EngineEvent> MediaEngine::TakeEvents(size_t most) {
  const std::lock_guard lock(control_);
  PumpOrders();
  std::vector<EngineEvent> events;
  Report report;
  while (events.size() < most && reports_.Pop(&report)) {
    if (report.gone == nullptr) {
      events.push_back(Settle(report));
    } else {
      std::erase_if(ports_[report.id].ears, [&](const auto& ear) { return ear.get() == report.gone; });
    }
  }
  for (const RecordResult& result : writer_.TakeResults()) events.push_back(Settle(result));
  for (const FaxReport& report : fax_thread_.TakeReports()) events.push_back(Settle(report));
  for (const auto& [id, open] : ports_) {
    if (open.listening && !open.closing && open.stream->HasAudio()) {
      events.push_back({.type = EngineEvent::Type::kAudio, .id = id});
    }
  }
  return events;
}

bool MediaEngine::GetPortStats(uint32_t port, PortStats* stats) const {
  const std::lock_guard lock(control_);
  const auto found = ports_.find(port);
  if (found == ports_.end()) return false;
  const Port& open = *found->second.port;
  stats->law = open.source->law();
  stats->received = open.counters.received.load(std::memory_order_relaxed);
  stats->sent = open.counters.sent.load(std::memory_order_relaxed);
  stats->underruns = Underruns(open);
  stats->overruns = open.counters.overruns.load(std::memory_order_relaxed) + open.source->counters().overruns;
  stats->received_mean_square = open.received_level.mean_square();
  stats->sent_mean_square = open.sent_level.mean_square();
  stats->relayed = open.relayed();
  return true;
}

EngineStats MediaEngine::Stats() {
  const std::lock_guard lock(control_);
  PumpOrders();
  EngineStats stats;
  stats.ports = ports_.size();
  stats.playing = players_.size();
  stats.recording = recorders_.size();
  stats.realtime = realtime_.load(std::memory_order_relaxed);
  stats.ticks = ticks_.load(std::memory_order_relaxed);
  stats.underruns = closed_underruns_;
  for (const auto& [id, open] : ports_) stats.underruns += Underruns(*open.port);
  stats.media_cpu_ms = CpuMs(thread_);
  stats.files_cpu_ms = CpuMs(reader_.thread()) + CpuMs(writer_.thread()) + CpuMs(fax_thread_.thread());
  stats.open_files = reader_.open_files() + writer_.open_files();
  stats.lost_events = lost_events_.load(std::memory_order_relaxed);
  return stats;
}

}  // namespace node_dahdi::media
