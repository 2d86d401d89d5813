// The media thread: no lock, no allocation, no file, nothing of JavaScript.
#include <errno.h>

#include <algorithm>

#include "engine/media_engine.h"
#include "engine/pace.h"
#include "engine/realtime.h"

namespace node_dahdi::media {
namespace {

constexpr int64_t kTickNs = kTickMs * 1'000'000LL;
/** How long a machine must be on time before a tick of margin is given back. */
constexpr uint64_t kMarginTicks = 10'000 / kTickMs;
/** Room in the reports' ring that is kept for ends of playbacks, failures and what orders bring about. */
constexpr size_t kReserve = 4096;

}  // namespace

void MediaEngine::Run() {
  LockThreadMemory();
  const int denied = BecomeRealtime();
  realtime_.store(denied == 0, std::memory_order_relaxed);
  if (denied != 0) {
    Put({.type = EngineEvent::Type::kWarning, .error = denied});
    // Whoever is scheduled like everybody else is a tick late at times.
    least_margin_ = std::max(least_margin_, 1);
  }
  Pace pace;
  pace.Begin();
  while (!stop_.load(std::memory_order_acquire)) {
    const int64_t begun_late = pace.Await(tick_ % Pace::kLook == 0 ? ClockFd() : -1);
    // A line's queue towards the card holds two ticks and the least margin; a tick later than that is a gap.
    Tick(begun_late > (2 + least_margin_) * kTickNs);
    const int64_t now = NowNs();
    const int64_t late = pace.Late(now);
    lateness_.Add(late, now);
    Measure(late);
    pace.Next();
  }
}

int MediaEngine::ClockFd() {
  if (clock_ == nullptr || !clock_->KeepsTime()) {
    const auto end = live_.begin() + static_cast<std::ptrdiff_t>(live_count_);
    const auto found = std::find_if(live_.begin(), end, [](const Port* port) { return port->KeepsTime(); });
    clock_ = found == end ? nullptr : *found;
  }
  return clock_ == nullptr ? -1 : clock_->source->ClockFd();
}

/** A machine that is late once is late again: the margin is given back tick by tick, each after a while on
 * time. */
void MediaEngine::Measure(int64_t late_ns) {
  const int ticks = static_cast<int>(std::clamp<int64_t>(late_ns / kTickNs, least_margin_, kMostMargin));
  const int margin = margin_.load(std::memory_order_relaxed);
  if (ticks >= margin) {
    margin_tick_ = tick_;
    if (ticks > margin) margin_.store(ticks, std::memory_order_relaxed);
  } else if (tick_ - margin_tick_ > kMarginTicks) {
    margin_tick_ = tick_;
    margin_.store(margin - 1, std::memory_order_relaxed);
  }
}

void MediaEngine::Tick(bool late) {
  tick_++;
  Command command;
  while (reports_.Writable() > kReserve && commands_.Pop(&command)) Obey(command);
  if (late && !was_late_) {
    for (size_t i = 0; i < live_count_; i++) live_[i]->Late();
  }
  was_late_ = late;
  for (size_t i = 0; i < live_count_; i++) {
    Prefetch(i);
    live_[i]->Receive(tick_, *this);
  }
  for (size_t i = 0; i < live_conference_count_; i++) live_conferences_[i]->Mix(*this);
  bool audio = false;
  const bool listened = listeners_.load(std::memory_order_relaxed) > 0;
  for (size_t i = 0; i < live_count_; i++) {
    Prefetch(i);
    live_[i]->Send(tick_, *this);
    audio = audio || (listened && live_[i]->source->HasAudio());
  }
  if (lost_untold_ && reports_.Writable() > 2 * kReserve) {
    lost_untold_ = false;
    Put({.type = EngineEvent::Type::kWarning, .error = ENOBUFS});
  }
  ticks_.store(tick_, std::memory_order_relaxed);
  if (reported_ || audio || backlogged_.load(std::memory_order_acquire)) notify_();
  reported_ = false;
}

void MediaEngine::Prefetch(size_t turn) {
  constexpr size_t kPort = 6, kParts = 4, kSamples = 2;
  if (turn + kPort < live_count_) live_[turn + kPort]->Prefetch();
  if (turn + kParts < live_count_) live_[turn + kParts]->PrefetchParts();
  if (turn + kSamples < live_count_) live_[turn + kSamples]->PrefetchSamples();
}

void MediaEngine::ObeyConference(const Command& command) {
  Conference& conference = *command.conference;
  switch (command.type) {
    case Command::Type::kOpenConference:
      live_conferences_[live_conference_count_++] = command.conference;
      break;
    case Command::Type::kCloseConference:
      conference.Close(*this);
      for (size_t i = 0; i < live_conference_count_; i++) {
        if (live_conferences_[i] != command.conference) continue;
        live_conferences_[i] = live_conferences_[--live_conference_count_];
        break;
      }
      Put({.type = EngineEvent::Type::kClosed, .id = conference.id});
      break;
    case Command::Type::kPlay:
      conference.Play(command.player, *this);
      break;
    case Command::Type::kStopPlay:
      conference.StopPlaying(command.id, PlayReason::kStopped, *this);
      break;
    case Command::Type::kRecord:
      conference.Record(command.recorder, *this);
      break;
    case Command::Type::kStopRecord:
      conference.StopRecording(command.id, *this);
      break;
    case Command::Type::kJoin:
      command.port->Join(command.conference, command.role, Cushion());
      break;
    default:
      break;
  }
}

void MediaEngine::Obey(const Command& command) {
  if (command.conference != nullptr) return ObeyConference(command);
  Port& port = *command.port;
  switch (command.type) {
    case Command::Type::kOpen:
      live_[live_count_++] = command.port;
      port.source->Begin();
      break;
    case Command::Type::kClose:
      port.Close(*this);
      if (clock_ == command.port) clock_ = nullptr;
      for (size_t i = 0; i < live_count_; i++) {
        if (live_[i] != command.port) continue;
        live_[i] = live_[--live_count_];
        break;
      }
      Put({.type = EngineEvent::Type::kClosed, .id = port.id});
      break;
    case Command::Type::kPlay:
      command.second ? port.PlayOver(command.player, *this) : port.Play(command.player, *this);
      break;
    case Command::Type::kStopPlay:
      port.StopPlaying(command.id, PlayReason::kStopped, *this);
      break;
    case Command::Type::kRecord:
      port.Record(command.recorder, *this);
      break;
    case Command::Type::kStopRecord:
      port.StopRecording(command.id, *this);
      break;
    case Command::Type::kTestLine:
      port.TestLine(command.test);
      break;
    case Command::Type::kFax:
      port.StartFax(command.fax, *this);
      break;
    case Command::Type::kStopFax:
      port.StopFax(command.id, FaxReason::kStopped, *this);
      break;
    case Command::Type::kDetect:
      port.Detect(command.on);
      break;
    case Command::Type::kMaskDigits:
      port.MaskDigits(command.on);
      break;
    case Command::Type::kListen:
      if (const Ear* const gone = port.Listen(command.ear_kind, command.ear); gone != nullptr) {
        Put({.id = port.id, .gone = gone});
      }
      break;
    case Command::Type::kConnect:
      port.Connect(command.other, Cushion());
      break;
    case Command::Type::kDisconnect:
      port.Disconnect();
      break;
    case Command::Type::kMute:
      port.Mute(command.on, command.second);
      break;
    case Command::Type::kDetectVoice:
      port.DetectVoice(command.on);
      break;
    case Command::Type::kOpenConference:
    case Command::Type::kCloseConference:
    case Command::Type::kJoin:
      break;
  }
}

void MediaEngine::Put(const Report& report) {
  reports_.Push(report);
  reported_ = true;
}

/** Ends must always find room; digits and tones can be spared when JavaScript has not listened for long. */
bool MediaEngine::HasRoom() {
  if (reports_.Writable() > 2 * kReserve) return true;
  lost_events_.fetch_add(1, std::memory_order_relaxed);
  lost_untold_ = true;
  return false;
}

void MediaEngine::OnTalking(uint32_t port, bool talking) {
  if (HasRoom()) Put({.type = EngineEvent::Type::kTalking, .id = port, .length = talking ? 1u : 0u});
}

void MediaEngine::OnHeard(uint32_t port, const Heard& heard) {
  if (HasRoom()) Put({.type = EngineEvent::Type::kHeard, .id = port, .heard = heard});
}

void MediaEngine::OnDigit(uint32_t port, const DtmfEvent& event) {
  if (!HasRoom()) return;
  const bool begin = event.type == DtmfEvent::Type::kBegin;
  Put({.type = begin ? EngineEvent::Type::kDigitBegin : EngineEvent::Type::kDigitEnd,
       .id = port,
       .digit = event.digit,
       .row = event.row,
       .column = event.column,
       .length = event.ms});
}

void MediaEngine::OnPlayEnd(uint32_t, Player* player, PlayReason reason) {
  Put({.type = EngineEvent::Type::kPlayEnd,
       .id = player->id(),
       .reason = reason,
       .length = player->rendered()});
}

void MediaEngine::OnRecordEnd(uint32_t, Recorder* recorder, RecordReason reason) {
  recorder->End(reason);
  writer_.Wake();
}

void MediaEngine::OnFaxEnd(uint32_t, Fax* fax, FaxReason reason) {
  fax->End(reason);
  fax_thread_.Wake();
}

void MediaEngine::OnFailed(uint32_t port, int error) {
  Put({.type = EngineEvent::Type::kFailed, .id = port, .error = error});
}

}  // namespace node_dahdi::media
