// The channel calls with structures or with answers of their own.
#include <dahdi/user.h>
#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "driver/arguments.h"
#include "driver/channel_handle.h"
#include "driver/structs.h"

namespace node_dahdi {

void ChannelHandle::SetLaw(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  static constexpr const char* kLaws[] = {"default", "ulaw", "alaw"};  // DAHDI_LAW_*
  int law = ToChoice(info[0], "law", kLaws);
  Ioctl(info.Env(), core->fd(), DAHDI_SETLAW, &law, "DAHDI_SETLAW");
  if (law == DAHDI_LAW_DEFAULT) {
    dahdi_params params{};
    Ioctl(info.Env(), core->fd(), DAHDI_GET_PARAMS, &params, "DAHDI_GET_PARAMS");
    law = params.curlaw;
  }
  core->set_law(law == DAHDI_LAW_MULAW ? Law::kMu : Law::kA);
}

Napi::Value ChannelHandle::Hook(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  static constexpr const char* kStates[] = {"on-hook", "off-hook", "wink",    "flash",
                                            "start",   "ring",     "ring-off"};  // DAHDI_ONHOOK …
  int state = ToChoice(info[0], "state", kStates);
  if (ioctl(core->fd(), DAHDI_HOOK, &state) == 0) return Napi::String::New(info.Env(), "done");
  // What takes time ends with the event HOOKCOMPLETE.
  if (errno != EINPROGRESS) ThrowDriver(info.Env(), errno, "DAHDI_HOOK");
  return Napi::String::New(info.Env(), "in-progress");
}

void ChannelHandle::SetCadence(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto core = Core(env);
  if (info[0].IsUndefined()) {
    Ioctl(env, core->fd(), DAHDI_SETCADENCE, nullptr, "DAHDI_SETCADENCE");
    return;
  }
  if (!info[0].IsArray()) ThrowArgument(env, "cadence must be an array or undefined");
  const auto list = info[0].As<Napi::Array>();
  const uint32_t length = list.Length();
  if (length < 2 || length > DAHDI_MAX_CADENCE || length % 2 != 0)
    ThrowArgument(env, "cadence must have 2 to 16 parts, on and off in turn");
  dahdi_ring_cadence cadence{};
  for (uint32_t i = 0; i < length; i++)
    cadence.ringcadence[i] = ToInt(list.Get(i), "cadence part", {-60'000, 60'000});
  Ioctl(env, core->fd(), DAHDI_SETCADENCE, &cadence, "DAHDI_SETCADENCE");
}

void ChannelHandle::Dial(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  static constexpr const char* kOperations[] = {"append", "replace", "cancel"};
  dahdi_dialoperation operation{};
  operation.op = ToChoice(info[0], "operation", kOperations) + DAHDI_DIAL_OP_APPEND;
  if (operation.op != DAHDI_DIAL_OP_CANCEL || !info[1].IsUndefined())
    SetFixedText(operation.dialstr, ToText(info[1], "digits", DAHDI_MAX_DTMF_BUF - 2));
  Ioctl(info.Env(), core->fd(), DAHDI_DIAL, &operation, "DAHDI_DIAL");
}

Napi::Value ChannelHandle::Params(const Napi::CallbackInfo& info) {
  return GetParams(info.Env(), Core(info.Env())->fd(), 0);
}

void ChannelHandle::ChangeParams(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  SetParams(info.Env(), core->fd(), 0, info[0]);
}

Napi::Value ChannelHandle::SpanStatus(const Napi::CallbackInfo& info) {
  return GetSpanStatus(info.Env(), Core(info.Env())->fd(), 0);
}

Napi::Value ChannelHandle::Gains(const Napi::CallbackInfo& info) {
  return GetGains(info.Env(), Core(info.Env())->fd(), 0);
}

void ChannelHandle::ChangeGains(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  SetGains(info.Env(), core->fd(), 0, info[0]);
}

Napi::Value ChannelHandle::Conference(const Napi::CallbackInfo& info) {
  return GetConference(info.Env(), Core(info.Env())->fd());
}

Napi::Value ChannelHandle::ChangeConference(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  return SetConference(info.Env(), core->fd(), info[0]);
}

namespace {

constexpr const char* kPolicies[] = {"immediate", "when-full", "half-full"};  // DAHDI_POLICY_*

const char* PolicyName(int policy) {
  return policy >= 0 && policy < static_cast<int>(std::size(kPolicies)) ? kPolicies[policy] : "unknown";
}

}  // namespace

Napi::Value ChannelHandle::BufferInfo(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  dahdi_bufferinfo buffers{};
  Ioctl(env, Core(env)->fd(), DAHDI_GET_BUFINFO, &buffers, "DAHDI_GET_BUFINFO");
  auto result = Napi::Object::New(env);
  result.Set("txPolicy", PolicyName(buffers.txbufpolicy));
  result.Set("rxPolicy", PolicyName(buffers.rxbufpolicy));
  result.Set("count", buffers.numbufs);
  result.Set("size", buffers.bufsize);
  result.Set("readFull", buffers.readbufs);
  result.Set("writeFull", buffers.writebufs);
  return result;
}

void ChannelHandle::SetBufferInfo(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto core = Core(env);
  const Napi::Object object = ToObject(info[0], "buffers");
  dahdi_bufferinfo buffers{};
  buffers.txbufpolicy = ToChoice(object.Get("txPolicy"), "txPolicy", kPolicies);
  // The driver gives received audio at once, whatever it is told.
  buffers.rxbufpolicy = DAHDI_POLICY_IMMEDIATE;
  buffers.numbufs = IntField(object, "count", {2, DAHDI_MAX_NUM_BUFS});
  buffers.bufsize = IntField(object, "size", {16, DAHDI_MAX_BLOCKSIZE});
  Ioctl(env, core->fd(), DAHDI_SET_BUFINFO, &buffers, "DAHDI_SET_BUFINFO");
}

void ChannelHandle::SetHardwareGain(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto core = Core(env);
  static constexpr const char* kDirections[] = {"rx", "tx"};
  dahdi_hwgain gain{};
  gain.tx = static_cast<unsigned>(ToChoice(info[0], "direction", kDirections)) & 1u;
  const double db = info[1].IsNumber() ? info[1].As<Napi::Number>().DoubleValue() : NAN;
  if (!(std::abs(db) <= 60)) ThrowArgument(env, "gain must be a number of dB from -60 to 60");
  gain.newgain = static_cast<int>(std::lround(db * 10));
  Ioctl(env, core->fd(), DAHDI_SET_HWGAIN, &gain, "DAHDI_SET_HWGAIN");
}

void ChannelHandle::SetEchoCancelParams(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto core = Core(env);
  struct {
    dahdi_echocanparams head;
    dahdi_echocanparam params[DAHDI_MAX_ECHOCANPARAMS];
  } request{};
  static_assert(sizeof request ==
                sizeof(dahdi_echocanparams) + DAHDI_MAX_ECHOCANPARAMS * sizeof(dahdi_echocanparam));
  request.head.tap_length = static_cast<uint32_t>(ToInt(info[0], "taps", {0, 1024}));
  if (!info[1].IsUndefined()) {
    const Napi::Object values = ToObject(info[1], "parameters");
    const Napi::Array names = values.GetPropertyNames();
    if (names.Length() > DAHDI_MAX_ECHOCANPARAMS) ThrowArgument(env, "at most 8 parameters");
    for (uint32_t i = 0; i < names.Length(); i++) {
      const std::string name = ToText(names.Get(i), "parameter name", sizeof request.params[i].name - 1);
      SetFixedText(request.params[i].name, name);
      request.params[i].value = ToInt(values.Get(name), name.c_str(), {INT32_MIN, INT32_MAX});
    }
    request.head.param_count = names.Length();
  }
  Ioctl(env, core->fd(), DAHDI_ECHOCANCEL_PARAMS, &request, "DAHDI_ECHOCANCEL_PARAMS");
}

Napi::Value ChannelHandle::IoMux(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  constexpr int kAll = DAHDI_IOMUX_READ | DAHDI_IOMUX_WRITE | DAHDI_IOMUX_WRITEEMPTY | DAHDI_IOMUX_SIGEVENT;
  // Never without NOWAIT: the JavaScript thread does not wait for a line.
  int mask = ToInt(info[0], "mask", {1, kAll}) | DAHDI_IOMUX_NOWAIT;
  Ioctl(info.Env(), core->fd(), DAHDI_IOMUX, &mask, "DAHDI_IOMUX");
  return Napi::Number::New(info.Env(), mask);
}

namespace {

// DAHDI_SYNC itself spins in the kernel until the last buffer is out, for ever if the line has stopped:
// the same is asked here by IOMUX, from a pool thread, with an end.
class SyncWorker : public Napi::AsyncWorker {
 public:
  SyncWorker(Napi::Env env, std::shared_ptr<ChannelCore> core, int timeout_ms)
      : AsyncWorker(env, "dahdi-sync"),
        core_(std::move(core)),
        left_ms_(timeout_ms),
        deferred_(Napi::Promise::Deferred::New(env)) {}

  Napi::Promise Promise() const { return deferred_.Promise(); }

  void Execute() override {
    for (;;) {
      int mask = DAHDI_IOMUX_WRITEEMPTY | DAHDI_IOMUX_NOWAIT;
      if (ioctl(core_->fd(), DAHDI_IOMUX, &mask) < 0 && errno != EINTR) {
        error_ = errno;
        return;
      }
      if ((mask & DAHDI_IOMUX_WRITEEMPTY) != 0) return;
      if (left_ms_ <= 0) {
        error_ = ETIMEDOUT;
        return;
      }
      const int pause = std::min(left_ms_, 2);
      usleep(static_cast<useconds_t>(pause) * 1000);
      left_ms_ -= pause;
    }
  }

  void OnOK() override {
    if (error_ == 0) {
      deferred_.Resolve(Env().Undefined());
    } else {
      deferred_.Reject(DriverError(Env(), error_, "DAHDI_SYNC").Value());
    }
  }

 private:
  const std::shared_ptr<ChannelCore> core_;
  int left_ms_;
  int error_ = 0;
  Napi::Promise::Deferred deferred_;
};

}  // namespace

Napi::Value ChannelHandle::Sync(const Napi::CallbackInfo& info) {
  auto core = Core(info.Env());
  const int timeout = info[0].IsUndefined() ? 1000 : ToInt(info[0], "timeoutMs", {0, 60'000});
  auto* worker = new SyncWorker(info.Env(), std::move(core), timeout);
  const auto promise = worker->Promise();
  worker->Queue();
  return promise;
}

}  // namespace node_dahdi
