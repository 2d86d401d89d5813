#include "driver/control_handle.h"

#include <dahdi/user.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "driver/arguments.h"
#include "driver/structs.h"

namespace node_dahdi {

namespace {

constexpr char kPath[] = "/dev/dahdi/ctl";

struct Setter {
  const char* name;
  unsigned long request;
  const char* operation;
  Range range;
};

constexpr Setter kSetters[] = {
    {"startSpan", DAHDI_STARTUP, "DAHDI_STARTUP", kSpanRange},
    {"shutdownSpan", DAHDI_SHUTDOWN, "DAHDI_SHUTDOWN", kSpanRange},
    {"freeToneZone", DAHDI_FREEZONE, "DAHDI_FREEZONE", {0, DAHDI_TONE_ZONE_MAX - 1}},
    {"setDefaultToneZone", DAHDI_DEFAULTZONE, "DAHDI_DEFAULTZONE", {0, DAHDI_TONE_ZONE_MAX - 1}},
};

}  // namespace

Napi::Function ControlHandle::Define(Napi::Env env) {
  std::vector<PropertyDescriptor> list;
  for (const Setter& row : kSetters)
    list.push_back(InstanceMethod(row.name, &ControlHandle::Set, napi_default, const_cast<Setter*>(&row)));
  list.push_back(InstanceMethod<&ControlHandle::Version>("version"));
  list.push_back(InstanceMethod<&ControlHandle::SpanStatus>("spanStatus"));
  list.push_back(InstanceMethod<&ControlHandle::TimingSlips>("timingSlips"));
  list.push_back(InstanceMethod<&ControlHandle::Params>("params"));
  list.push_back(InstanceMethod<&ControlHandle::SetParams>("setParams"));
  list.push_back(InstanceMethod<&ControlHandle::Gains>("gains"));
  list.push_back(InstanceMethod<&ControlHandle::SetGains>("setGains"));
  list.push_back(InstanceMethod<&ControlHandle::ConfigureSpan>("configureSpan"));
  list.push_back(InstanceMethod<&ControlHandle::ConfigureChannel>("configureChannel"));
  list.push_back(InstanceMethod<&ControlHandle::AttachEchoCanceller>("attachEchoCanceller"));
  list.push_back(InstanceMethod<&ControlHandle::Maintain>("maintain"));
  list.push_back(InstanceMethod<&ControlHandle::DialParams>("dialParams"));
  list.push_back(InstanceMethod<&ControlHandle::SetDialParams>("setDialParams"));
  list.push_back(InstanceMethod<&ControlHandle::LoadToneZone>("loadToneZone"));
  list.push_back(InstanceMethod<&ControlHandle::DefineToneZone>("defineToneZone"));
  list.push_back(InstanceMethod<&ControlHandle::CreateDynamicSpan>("createDynamicSpan"));
  list.push_back(InstanceMethod<&ControlHandle::DestroyDynamicSpan>("destroyDynamicSpan"));
  list.push_back(InstanceMethod<&ControlHandle::IsClosed>("isClosed"));
  list.push_back(InstanceMethod<&ControlHandle::CloseCall>("close"));
  return DefineClass(env, "Control", list);
}

ControlHandle::ControlHandle(const Napi::CallbackInfo& info) : Napi::ObjectWrap<ControlHandle>(info) {
  fd_ = open(kPath, O_RDWR | O_CLOEXEC);
  if (fd_ < 0) ThrowDriver(info.Env(), errno, std::string("open ") + kPath);
}

ControlHandle::~ControlHandle() {
  if (fd_ >= 0) close(fd_);
}

int ControlHandle::Fd(Napi::Env env) const {
  if (fd_ < 0) ThrowClosed(env);
  return fd_;
}

Napi::Value ControlHandle::IsClosed(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), fd_ < 0);
}

void ControlHandle::CloseCall(const Napi::CallbackInfo&) {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

// Arguments are read before Fd() is asked for: reading them may run JavaScript that closes the handle.

void ControlHandle::Set(const Napi::CallbackInfo& info) {
  const auto& row = *static_cast<const Setter*>(info.Data());
  Fd(info.Env());
  int value = ToInt(info[0], "number", row.range);
  Ioctl(info.Env(), Fd(info.Env()), row.request, &value, row.operation);
}

Napi::Value ControlHandle::Version(const Napi::CallbackInfo& info) {
  dahdi_versioninfo version{};
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_GETVERSION, &version, "DAHDI_GETVERSION");
  auto result = Napi::Object::New(info.Env());
  result.Set("version", FixedText(version.version));
  result.Set("echoCancellers", FixedText(version.echo_canceller));
  return result;
}

Napi::Value ControlHandle::SpanStatus(const Napi::CallbackInfo& info) {
  const int fd = Fd(info.Env());
  return GetSpanStatus(info.Env(), fd, ToInt(info[0], "span", kSpanRange));
}

Napi::Value ControlHandle::TimingSlips(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  return Napi::Number::New(info.Env(), node_dahdi::TimingSlips(ToInt(info[0], "span", kSpanRange)));
}

Napi::Value ControlHandle::Params(const Napi::CallbackInfo& info) {
  const int fd = Fd(info.Env());
  return GetParams(info.Env(), fd, ToInt(info[0], "channel", kChannelRange));
}

void ControlHandle::SetParams(const Napi::CallbackInfo& info) {
  const int fd = Fd(info.Env());
  node_dahdi::SetParams(info.Env(), fd, ToInt(info[0], "channel", kChannelRange), info[1]);
}

Napi::Value ControlHandle::Gains(const Napi::CallbackInfo& info) {
  const int fd = Fd(info.Env());
  return GetGains(info.Env(), fd, ToInt(info[0], "channel", kChannelRange));
}

void ControlHandle::SetGains(const Napi::CallbackInfo& info) {
  const int fd = Fd(info.Env());
  node_dahdi::SetGains(info.Env(), fd, ToInt(info[0], "channel", kChannelRange), info[1]);
}

void ControlHandle::ConfigureSpan(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  const Napi::Object object = ToObject(info[0], "span");
  dahdi_lineconfig config{};
  config.span = IntField(object, "span", kSpanRange);
  config.lbo = OptionalIntField(object, "lineBuildOut", {0, 15}).value_or(0);
  config.lineconfig = OptionalIntField(object, "lineConfig", {0, 0x1ffff}).value_or(0);
  config.sync = OptionalIntField(object, "timing", {0, 255}).value_or(0);
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_SPANCONFIG, &config, "DAHDI_SPANCONFIG");
}

void ControlHandle::ConfigureChannel(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  const Napi::Object object = ToObject(info[0], "channel");
  dahdi_chanconfig config{};
  config.chan = IntField(object, "channel", kChannelRange);
  config.sigtype = IntField(object, "signalling", {0, 0x3fffff});
  const Napi::Value law = object.Get("law");
  static constexpr const char* kLaws[] = {"default", "ulaw", "alaw"};  // DAHDI_LAW_*
  config.deflaw = law.IsUndefined() ? DAHDI_LAW_DEFAULT : ToChoice(law, "law", kLaws);
  config.master = OptionalIntField(object, "master", kChannelRange).value_or(config.chan);
  config.idlebits = OptionalIntField(object, "idleBits", {0, 0xffff}).value_or(0);
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_CHANCONFIG, &config, "DAHDI_CHANCONFIG");
}

void ControlHandle::AttachEchoCanceller(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  dahdi_attach_echocan attach{};
  attach.chan = ToInt(info[0], "channel", kChannelRange);
  SetFixedText(attach.echocan, ToText(info[1], "name", sizeof attach.echocan - 1));
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_ATTACH_ECHOCAN, &attach, "DAHDI_ATTACH_ECHOCAN");
}

void ControlHandle::Maintain(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  dahdi_maintinfo maintenance{};
  maintenance.spanno = ToInt(info[0], "span", kSpanRange);
  maintenance.command = ToInt(info[1], "command", {DAHDI_MAINT_NONE, DAHDI_MAINT_ALARM_SIM});
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_MAINT, &maintenance, "DAHDI_MAINT");
}

Napi::Value ControlHandle::DialParams(const Napi::CallbackInfo& info) {
  dahdi_dialparams params{};
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_GET_DIALPARAMS, &params, "DAHDI_GET_DIALPARAMS");
  auto result = Napi::Object::New(info.Env());
  result.Set("dtmfMs", params.dtmf_tonelen);
  result.Set("mfR1Ms", params.mfv1_tonelen);
  result.Set("mfR2Ms", params.mfr2_tonelen);
  return result;
}

void ControlHandle::SetDialParams(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  const Napi::Object object = ToObject(info[0], "params");
  // The driver keeps what it is given 0 for, and would keep anything out of this range without a word.
  constexpr Range kToneMs{10, 4000};
  dahdi_dialparams params{};
  params.dtmf_tonelen = OptionalIntField(object, "dtmfMs", kToneMs).value_or(0);
  params.mfv1_tonelen = OptionalIntField(object, "mfR1Ms", kToneMs).value_or(0);
  params.mfr2_tonelen = OptionalIntField(object, "mfR2Ms", kToneMs).value_or(0);
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_SET_DIALPARAMS, &params, "DAHDI_SET_DIALPARAMS");
}

namespace {

dahdi_dynamic_span DynamicSpan(const Napi::CallbackInfo& info) {
  const Napi::Object object = ToObject(info[0], "span");
  dahdi_dynamic_span span{};
  SetFixedText(span.driver, TextField(object, "driver", sizeof span.driver - 1));
  SetFixedText(span.addr, TextField(object, "address", sizeof span.addr - 1));
  span.numchans = OptionalIntField(object, "channels", {1, 256}).value_or(0);
  span.timing = OptionalIntField(object, "timing", {0, 255}).value_or(0);
  return span;
}

}  // namespace

Napi::Value ControlHandle::CreateDynamicSpan(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  dahdi_dynamic_span span = DynamicSpan(info);
  if (span.numchans == 0) ThrowArgument(info.Env(), "channels must be an integer from 1 to 256");
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_DYNAMIC_CREATE, &span, "DAHDI_DYNAMIC_CREATE");
  return Napi::Number::New(info.Env(), span.spanno);
}

void ControlHandle::DestroyDynamicSpan(const Napi::CallbackInfo& info) {
  Fd(info.Env());
  dahdi_dynamic_span span = DynamicSpan(info);
  Ioctl(info.Env(), Fd(info.Env()), DAHDI_DYNAMIC_DESTROY, &span, "DAHDI_DYNAMIC_DESTROY");
}

}  // namespace node_dahdi
