// JavaScript's handle on a media engine: arguments in, batches of events out. Nothing here touches audio but
// the samples of stream ports.
#include "engine/engine.h"

#include <uv.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "driver/arguments.h"
#include "driver/channel_core.h"
#include "engine/answer_detector.h"
#include "engine/clipping.h"
#include "engine/dahdi_source.h"
#include "engine/event_objects.h"
#include "engine/fax_tones.h"
#include "engine/fsk_receiver.h"
#include "engine/media_engine.h"
#include "engine/progress_detector.h"
#include "engine/read_audio.h"
#include "engine/signal_receiver.h"

namespace node_dahdi {
namespace {

using media::EngineEvent;
using media::MediaEngine;

constexpr size_t kMaxItems = 10'000;
constexpr size_t kMaxToneParts = 2'000;
constexpr size_t kMaxPath = 4'095;
constexpr size_t kMaxName = 200;
constexpr size_t kBatch = 1'000;
constexpr int kMaxMs = 2'000'000'000;
constexpr int kMostPeriods = 1'000;
constexpr size_t kMostSamples = 600 * 8'000;
constexpr std::array<const char*, 3> kLaws{"alaw", "ulaw", "linear16"};
constexpr std::array<const char*, 2> kSides{"near", "far"};
constexpr std::array<const char*, 3> kLayouts{"stereo", "received", "mixed"};
constexpr std::array<const char*, 3> kSpeaks{"nobody", "all", "one"};

/**
 * The engine with what ties it to an environment's loop. It outlives the JavaScript object until libuv has
 * let go of the handle, whichever of close(), garbage collection or the environment's end comes first.
 */
class Bound {
 public:
  static std::shared_ptr<Bound> Create(Napi::Env env, Napi::Function callback, int least_margin) {
    std::shared_ptr<Bound> bound(new Bound(env, callback, least_margin));
    bound->self_ = bound;
    return bound;
  }

  MediaEngine* engine() { return engine_.get(); }

  /** Open ports and unfinished files keep the process alive; an engine without any does not. */
  void CountBusy(int change) {
    busy_ += change;
    auto* handle = reinterpret_cast<uv_handle_t*>(&async_);
    if (busy_ > 0) {
      uv_ref(handle);
    } else {
      uv_unref(handle);
    }
  }

  void Close() {
    if (!engine_) return;
    engine_.reset();
    callback_.Reset();
    uv_close(reinterpret_cast<uv_handle_t*>(&async_), [](uv_handle_t* handle) {
      auto* bound = static_cast<Bound*>(handle->data);
      napi_remove_async_cleanup_hook(bound->hook_);
      bound->self_.reset();
    });
  }

 private:
  Bound(Napi::Env env, Napi::Function callback, int least_margin)
      : env_(env), callback_(Napi::Persistent(callback)) {
    uv_loop_s* loop = nullptr;
    napi_get_uv_event_loop(env, &loop);
    uv_async_init(loop, &async_, [](uv_async_t* handle) { static_cast<Bound*>(handle->data)->Deliver(); });
    async_.data = this;
    uv_unref(reinterpret_cast<uv_handle_t*>(&async_));
    napi_add_async_cleanup_hook(
        env, [](napi_async_cleanup_hook_handle, void* bound) { static_cast<Bound*>(bound)->Close(); }, this,
        &hook_);
    // The one call of libuv that another thread may make; it takes no lock.
    engine_ = std::make_unique<MediaEngine>([this] { uv_async_send(&async_); }, least_margin);
  }

  void Deliver() {
    if (!engine_) return;
    const Napi::HandleScope scope(env_);
    const std::vector<EngineEvent> events = engine_->TakeEvents(kBatch);
    if (events.empty()) return;
    if (events.size() >= kBatch) uv_async_send(&async_);
    Napi::Array batch = Napi::Array::New(env_, events.size());
    for (uint32_t i = 0; i < events.size(); i++) {
      const EngineEvent::Type type = events[i].type;
      if (type == EngineEvent::Type::kClosed || type == EngineEvent::Type::kRecordEnd ||
          type == EngineEvent::Type::kFaxEnd) {
        CountBusy(-1);
      }
      batch[i] = ToObject(env_, events[i], *engine_);
    }
    try {
      callback_.MakeCallback(env_.Global(), {batch});
    } catch (const Napi::Error& error) {
      napi_fatal_exception(env_, error.Value());
    }
  }

  const Napi::Env env_;
  Napi::FunctionReference callback_;
  uv_async_t async_{};
  napi_async_cleanup_hook_handle hook_ = nullptr;
  int busy_ = 0;
  std::unique_ptr<MediaEngine> engine_;
  std::shared_ptr<Bound> self_;
};

class Engine : public Napi::ObjectWrap<Engine> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "Engine",
                       {
                           InstanceMethod<&Engine::OpenDahdi>("openDahdi"),
                           InstanceMethod<&Engine::OpenPair>("openPair"),
                           InstanceMethod<&Engine::OpenStream>("openStream"),
                           InstanceMethod<&Engine::ClosePort>("closePort"),
                           InstanceMethod<&Engine::PlayFiles>("playFiles"),
                           InstanceMethod<&Engine::AppendFiles>("appendFiles"),
                           InstanceMethod<&Engine::PlayShared>("playShared"),
                           InstanceMethod<&Engine::PlayTone>("playTone"),
                           InstanceMethod<&Engine::ControlPlaying>("controlPlaying"),
                           InstanceMethod<&Engine::Played>("played"),
                           InstanceMethod<&Engine::StopPlaying>("stopPlaying"),
                           InstanceMethod<&Engine::Record>("record"),
                           InstanceMethod<&Engine::StopRecording>("stopRecording"),
                           InstanceMethod<&Engine::StartFax>("startFax"),
                           InstanceMethod<&Engine::StopFax>("stopFax"),
                           InstanceMethod<&Engine::TestBits>("testBits"),
                           InstanceMethod<&Engine::PlaySamples>("playSamples"),
                           InstanceMethod<&Engine::ProbeLine>("probeLine"),
                           InstanceMethod<&Engine::Probed>("probed"),
                           InstanceMethod<&Engine::StopLineTest>("stopLineTest"),
                           InstanceMethod<&Engine::BitErrors>("bitErrors"),
                           InstanceMethod<&Engine::PauseRecording>("pauseRecording"),
                           InstanceMethod<&Engine::Detect>("detect"),
                           InstanceMethod<&Engine::MaskDigits>("maskDigits"),
                           InstanceMethod<&Engine::ListenFor>("listenFor"),
                           InstanceMethod<&Engine::DetectVoice>("detectVoice"),
                           InstanceMethod<&Engine::OpenConference>("openConference"),
                           InstanceMethod<&Engine::CloseConference>("closeConference"),
                           InstanceMethod<&Engine::Join>("join"),
                           InstanceMethod<&Engine::Connect>("connect"),
                           InstanceMethod<&Engine::Disconnect>("disconnect"),
                           InstanceMethod<&Engine::Mute>("mute"),
                           InstanceMethod<&Engine::Write>("write"),
                           InstanceMethod<&Engine::Listen>("listen"),
                           InstanceMethod<&Engine::PortStats>("portStats"),
                           InstanceMethod<&Engine::Stats>("stats"),
                           InstanceMethod<&Engine::TakeLateness>("takeLateness"),
                           InstanceMethod<&Engine::Close>("close"),
                       });
  }

  explicit Engine(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Engine>(info) {
    if (!info[0].IsFunction()) ThrowArgument(info.Env(), "onEvents: a function is wanted");
    const int least_margin = ToInt(info[1], "leastMargin", {0, media::kMostMargin});
    bound_ = Bound::Create(info.Env(), info[0].As<Napi::Function>(), least_margin);
  }
  ~Engine() override {
    if (bound_) bound_->Close();
  }

 private:
  MediaEngine& Alive(const Napi::CallbackInfo& info) {
    if (!bound_ || bound_->engine() == nullptr) ThrowClosed(info.Env());
    return *bound_->engine();
  }
  static Napi::Int16Array ToSamples(Napi::Value value, const char* name) {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int16_array) {
      ThrowArgument(value.Env(), std::string(name) + ": an Int16Array is wanted");
    }
    return value.As<Napi::Int16Array>();
  }
  static uint32_t Id(const Napi::CallbackInfo& info, size_t index) {
    return static_cast<uint32_t>(ToInt(info[index], "id", {0, INT32_MAX}));
  }
  static media::Law LawOf(const Napi::Value& value) {
    return static_cast<media::Law>(ToChoice(value, "law", kLaws));
  }
  /** A new id as a result: 0 when there was no room, or no such port. */
  Napi::Value Begun(const Napi::CallbackInfo& info, uint32_t id) {
    if (id != 0) bound_->CountBusy(1);
    return Napi::Number::New(info.Env(), id);
  }

  Napi::Value OpenDahdi(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    auto channel = ChannelCore::FromHandle(info[0]);
    const media::Law law = LawOf(info[1]);
    auto source = std::make_unique<media::DahdiSource>(std::move(channel), law, engine.margin());
    return Begun(info, engine.Open(std::move(source)));
  }
  Napi::Value OpenPair(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const std::string name = ToText(info[0], "pair", kMaxName);
    const auto side = static_cast<media::Side>(ToChoice(info[1], "side", kSides));
    const media::Law law = LawOf(info[2]);
    return Begun(info, engine.OpenPair(name, side, law));
  }
  Napi::Value OpenStream(const Napi::CallbackInfo& info) { return Begun(info, Alive(info).OpenStream()); }
  void ClosePort(const Napi::CallbackInfo& info) { Alive(info).ClosePort(Id(info, 0)); }

  static std::vector<std::string> Paths(const Napi::Value& value) {
    if (!value.IsArray()) ThrowArgument(value.Env(), "items: an array of paths is wanted");
    const Napi::Array list = value.As<Napi::Array>();
    if (list.Length() > kMaxItems) ThrowArgument(value.Env(), "items: too many");
    std::vector<std::string> items;
    for (uint32_t i = 0; i < list.Length(); i++) items.push_back(ToText(list[i], "items", kMaxPath));
    return items;
  }
  Napi::Value PlayFiles(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const uint32_t port = Id(info, 0);
    std::vector<std::string> items = Paths(info[1]);
    const bool loop = ToBool(info[2], "loop");
    const int offset_ms = ToInt(info[3], "offsetMs", {0, kMaxMs});
    const double speed = ToInt(info[4], "speed", {500, 2000}) / 1000.0;
    const bool open = ToBool(info[5], "open");
    const uint64_t offset = static_cast<uint64_t>(offset_ms) * media::kSamplesPerMs;
    return Napi::Number::New(info.Env(), engine.PlayFiles(port, std::move(items), loop, offset, speed, open));
  }
  void AppendFiles(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    engine.AppendFiles(Id(info, 0), Paths(info[1]), ToBool(info[2], "last"));
  }
  Napi::Value PlayShared(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    return Napi::Number::New(info.Env(), engine.PlayShared(Id(info, 0), Paths(info[1])));
  }
  static Napi::Float64Array Numbers(const Napi::Value& value, const std::string& what) {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float64_array) {
      ThrowArgument(value.Env(), what + ": a Float64Array is wanted");
    }
    return value.As<Napi::Float64Array>();
  }
  /** Parts as a Float64Array: frequency, frequency, level, milliseconds of each. */
  Napi::Value PlayTone(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const uint32_t port = Id(info, 0);
    const Napi::Float64Array numbers = Numbers(info[1], "parts");
    const bool repeat = ToBool(info[2], "repeat");
    const bool over = ToBool(info[3], "over");
    if (numbers.ElementLength() % 4 != 0 || numbers.ElementLength() > 4 * kMaxToneParts) {
      ThrowArgument(info.Env(), "parts: four numbers a part, at most 2000 parts");
    }
    std::vector<media::TonePart> parts;
    for (size_t i = 0; i < numbers.ElementLength(); i += 4) {
      parts.push_back(media::MakeTonePart(numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]));
    }
    return Napi::Number::New(info.Env(), engine.PlayTone(port, std::move(parts), repeat, over));
  }
  Napi::Value PlaySamples(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const auto samples = ToSamples(info[1], "samples");
    if (samples.ElementLength() > kMostSamples) ThrowArgument(info.Env(), "samples: at most ten minutes");
    std::vector<int16_t> copied(samples.Data(), samples.Data() + samples.ElementLength());
    return Napi::Number::New(info.Env(), engine.PlaySamples(Id(info, 0), std::move(copied)));
  }
  void ControlPlaying(const Napi::CallbackInfo& info) {
    constexpr float kThousand = 1000;
    const float gain = static_cast<float>(ToInt(info[2], "gain", {0, 16'000})) / kThousand;
    Alive(info).ControlPlaying(Id(info, 0), ToBool(info[1], "paused"), gain);
  }
  Napi::Value Played(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(Alive(info).Played(Id(info, 0))));
  }
  void StopPlaying(const Napi::CallbackInfo& info) { Alive(info).StopPlaying(Id(info, 0), Id(info, 1)); }
  Napi::Value Record(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const uint32_t port = Id(info, 0);
    const std::string path = ToText(info[1], "path", kMaxPath);
    const media::Law law = LawOf(info[2]);
    const auto layout = static_cast<media::Layout>(ToChoice(info[3], "layout", kLayouts));
    const int max_ms = ToInt(info[4], "maxMs", {0, kMaxMs});
    const bool sealed = ToBool(info[5], "sealed");
    const uint64_t max_frames = static_cast<uint64_t>(max_ms) * media::kSamplesPerMs;
    return Begun(info, engine.Record(port, path, law, layout, max_frames, sealed));
  }
  void StopRecording(const Napi::CallbackInfo& info) { Alive(info).StopRecording(Id(info, 0), Id(info, 1)); }
  Napi::Value StartFax(const Napi::CallbackInfo& info) {
    constexpr size_t kMaxIdent = 20, kMaxHeader = 50, kMaxZone = 64;
    MediaEngine& engine = Alive(info);
    media::FaxSetup setup;
    setup.calling = ToBool(info[1], "calling");
    setup.send = ToText(info[2], "send", kMaxPath);
    setup.receive = ToText(info[3], "receive", kMaxPath);
    setup.ident = ToText(info[4], "ident", kMaxIdent);
    setup.header = ToText(info[5], "header", kMaxHeader);
    setup.zone = ToText(info[6], "zone", kMaxZone);
    setup.error_correction = ToBool(info[7], "errorCorrection");
    setup.fast = ToBool(info[8], "fast");
    if (setup.send.empty() == setup.receive.empty()) {
      ThrowArgument(info.Env(), "send, receive: one of them is wanted");
    }
    return Begun(info, engine.StartFax(Id(info, 0), std::move(setup)));
  }
  void StopFax(const Napi::CallbackInfo& info) { Alive(info).StopFax(Id(info, 0), Id(info, 1)); }
  void TestBits(const Napi::CallbackInfo& info) {
    const auto error_every = static_cast<uint32_t>(ToInt(info[1], "errorEvery", {0, 1'000'000'000}));
    Alive(info).TestBits(Id(info, 0), error_every);
  }
  void ProbeLine(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const auto period = ToSamples(info[1], "period");
    if (period.ElementLength() != media::LineProbe::kPeriod)
      ThrowArgument(info.Env(), "period: 4096 samples");
    engine.ProbeLine(Id(info, 0), period.Data(), ToInt(info[2], "settle", {0, kMostPeriods}),
                     ToInt(info[3], "periods", {1, kMostPeriods}));
  }
  Napi::Value Probed(const Napi::CallbackInfo& info) {
    media::LineProbe::Found found;
    if (!Alive(info).GetProbed(Id(info, 0), &found)) return info.Env().Undefined();
    return ToObject(info.Env(), found);
  }
  void StopLineTest(const Napi::CallbackInfo& info) { Alive(info).StopLineTest(Id(info, 0)); }
  Napi::Value BitErrors(const Napi::CallbackInfo& info) {
    media::BitErrorTest::Counts counts;
    if (!Alive(info).GetBitErrors(Id(info, 0), &counts)) return info.Env().Undefined();
    return ToObject(info.Env(), counts);
  }
  void PauseRecording(const Napi::CallbackInfo& info) {
    Alive(info).PauseRecording(Id(info, 0), ToBool(info[1], "on"));
  }
  void MaskDigits(const Napi::CallbackInfo& info) {
    Alive(info).MaskDigits(Id(info, 0), ToBool(info[1], "on"));
  }
  void Detect(const Napi::CallbackInfo& info) { Alive(info).Detect(Id(info, 0), ToBool(info[1], "on")); }
  /** What an ear hears goes by the event `heard`; `as` says how it listens. */
  void ListenFor(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const uint32_t port = Id(info, 0);
    const auto kind = static_cast<media::EarKind>(ToChoice(info[1], "ear", kEars));
    engine.Listen(port, kind, info[2].IsUndefined() ? nullptr : MakeEar(kind, info[2]));
  }
  static std::unique_ptr<media::Ear> MakeEar(media::EarKind kind, const Napi::Value& as) {
    static constexpr std::array<const char*, 2> kModems{"bell202", "v23"};
    static constexpr std::array<const char*, 3> kSignals{"r2-forward", "r2-backward", "r1"};
    switch (kind) {
      case media::EarKind::kTones:
        return std::make_unique<media::ToneEar>(Tones(as));
      case media::EarKind::kFax:
        return std::make_unique<media::FaxEar>();
      case media::EarKind::kMessages:
        return std::make_unique<media::FskReceiver>(static_cast<media::Modem>(ToChoice(as, "as", kModems)));
      case media::EarKind::kAnswer:
        return std::make_unique<media::AnswerEar>();
      case media::EarKind::kSignals:
        return std::make_unique<media::SignalEar>(static_cast<media::Signals>(ToChoice(as, "as", kSignals)));
      case media::EarKind::kClipping:
        return std::make_unique<media::ClippingEar>();
    }
    return nullptr;
  }
  /** Thirteen numbers a tone. */
  static std::vector<media::ProgressTone> Tones(const Napi::Value& value) {
    constexpr size_t kSounds = media::SequenceDetector::kMostSounds;
    constexpr size_t kNumbers = 2 + kSounds + media::ProgressTone::kMostParts;
    const Napi::Float64Array numbers = Numbers(value, "tones");
    const size_t length = numbers.ElementLength();
    if (length % kNumbers != 0 || length > kNumbers * media::ProgressDetector::kMostTones) {
      ThrowArgument(value.Env(), "tones: thirteen numbers a tone, at most 8 tones");
    }
    std::vector<media::ProgressTone> tones(length / kNumbers);
    for (size_t i = 0; i < tones.size(); i++) {
      const double* const own = numbers.Data() + i * kNumbers;
      for (size_t j = 0; j < kNumbers; j++) {
        const double most = j < 2 + kSounds ? 3'900 : 60'000;
        if (!(own[j] >= 0 && own[j] <= most)) ThrowArgument(value.Env(), "tones: a number is out of range");
      }
      tones[i].hz = {static_cast<float>(own[0]), static_cast<float>(own[1])};
      for (size_t j = 0; j < kSounds; j++) tones[i].sequence[j] = static_cast<float>(own[2 + j]);
      for (size_t j = 2 + kSounds; j < kNumbers && own[j] > 0; j++) {
        tones[i].cadence[static_cast<size_t>(tones[i].parts++)] = static_cast<uint32_t>(own[j]);
      }
      const bool sequence = own[2] > 0 && own[3] > 0 && own[4] > 0 && tones[i].parts >= 3;
      if ((!(own[0] > 0) && !sequence) || tones[i].parts == 0) {
        ThrowArgument(value.Env(), "tones: one makes no sound");
      }
    }
    return tones;
  }
  void DetectVoice(const Napi::CallbackInfo& info) {
    Alive(info).DetectVoice(Id(info, 0), ToBool(info[1], "on"));
  }
  Napi::Value OpenConference(const Napi::CallbackInfo& info) {
    return Begun(info, Alive(info).OpenConference());
  }
  void CloseConference(const Napi::CallbackInfo& info) { Alive(info).CloseConference(Id(info, 0)); }
  void Join(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    constexpr float kThousand = 1000;
    media::PartyRole role;
    role.hears = ToBool(info[2], "hears");
    role.speaks = static_cast<media::Speaks>(ToChoice(info[3], "speaks", kSpeaks));
    role.gain = static_cast<float>(ToInt(info[5], "gain", {0, 16'000})) / kThousand;
    role.automatic_gain = ToBool(info[6], "automaticGain");
    engine.Join(Id(info, 0), Id(info, 1), role, Id(info, 4));
  }
  void Connect(const Napi::CallbackInfo& info) { Alive(info).Connect(Id(info, 0), Id(info, 1)); }
  void Disconnect(const Napi::CallbackInfo& info) { Alive(info).Disconnect(Id(info, 0)); }
  void Mute(const Napi::CallbackInfo& info) {
    Alive(info).Mute(Id(info, 0), ToBool(info[1], "receive"), ToBool(info[2], "send"));
  }

  void Write(const Napi::CallbackInfo& info) {
    MediaEngine& engine = Alive(info);
    const uint32_t port = Id(info, 0);
    const auto samples = ToSamples(info[1], "samples");
    engine.WriteStream(port, samples.Data(), samples.ElementLength());
  }
  void Listen(const Napi::CallbackInfo& info) {
    Alive(info).ListenStream(Id(info, 0), ToBool(info[1], "on"));
  }

  Napi::Value PortStats(const Napi::CallbackInfo& info) {
    media::PortStats stats;
    if (!Alive(info).GetPortStats(Id(info, 0), &stats)) return info.Env().Undefined();
    Napi::Object object = Napi::Object::New(info.Env());
    object["law"] = kLaws[static_cast<size_t>(stats.law)];
    object["received"] = static_cast<double>(stats.received);
    object["sent"] = static_cast<double>(stats.sent);
    object["underruns"] = static_cast<double>(stats.underruns);
    object["overruns"] = static_cast<double>(stats.overruns);
    object["receivedMeanSquare"] = stats.received_mean_square;
    object["sentMeanSquare"] = stats.sent_mean_square;
    object["relayed"] = stats.relayed;
    return object;
  }
  Napi::Value Stats(const Napi::CallbackInfo& info) {
    const media::EngineStats stats = Alive(info).Stats();
    Napi::Object object = Napi::Object::New(info.Env());
    object["ports"] = static_cast<double>(stats.ports);
    object["playing"] = static_cast<double>(stats.playing);
    object["recording"] = static_cast<double>(stats.recording);
    object["realtime"] = stats.realtime;
    object["ticks"] = static_cast<double>(stats.ticks);
    object["underruns"] = static_cast<double>(stats.underruns);
    object["mediaCpuMs"] = stats.media_cpu_ms;
    object["filesCpuMs"] = stats.files_cpu_ms;
    object["openFiles"] = stats.open_files;
    object["lostEvents"] = static_cast<double>(stats.lost_events);
    return object;
  }
  Napi::Value TakeLateness(const Napi::CallbackInfo& info) {
    const media::LatenessSummary lateness = Alive(info).TakeLateness();
    Napi::Object object = Napi::Object::New(info.Env());
    object["p50"] = lateness.p50_ms;
    object["p99"] = lateness.p99_ms;
    object["max"] = lateness.max_ms;
    Napi::Array late = Napi::Array::New(info.Env(), lateness.late.size());
    for (uint32_t i = 0; i < lateness.late.size(); i++) {
      Napi::Object tick = Napi::Object::New(info.Env());
      tick["atMs"] = lateness.late[i].at_ms;
      tick["lateMs"] = lateness.late[i].late_ms;
      late[i] = tick;
    }
    object["late"] = late;
    return object;
  }
  void Close(const Napi::CallbackInfo&) {
    if (bound_) bound_->Close();
  }

  std::shared_ptr<Bound> bound_;
};

/** Code words of G.711 as 16-bit linear samples. */
Napi::Value DecodeAudio(const Napi::CallbackInfo& info) {
  const auto law = static_cast<media::Law>(ToChoice(info[0], "law", kLaws));
  if (law == media::Law::kLinear16 || !info[1].IsBuffer()) {
    ThrowArgument(info.Env(), "law, bytes: A-law or mu-law, and a Buffer are wanted");
  }
  const auto bytes = info[1].As<Napi::Buffer<uint8_t>>();
  auto samples = Napi::Int16Array::New(info.Env(), bytes.Length());
  media::Decode(law, bytes.Data(), samples.Data(), bytes.Length());
  return samples;
}

}  // namespace

void InitEngine(Napi::Env env, Napi::Object exports) {
  Napi::Object engine = Napi::Object::New(env);
  engine.Set("Engine", Engine::Define(env));
  engine.Set("decodeAudio", Napi::Function::New<DecodeAudio>(env, "decodeAudio"));
  engine.Set("readAudio", Napi::Function::New<ReadAudio>(env, "readAudio"));
  exports.Set("engine", engine);
}

}  // namespace node_dahdi
