// Opening, and the tables of the calls that pass one integer.
#include "driver/channel_handle.h"

#include <dahdi/user.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "driver/arguments.h"

// user.h leaves these out unless the driver was configured for mirroring; another driver answers ENOTTY.
#ifndef DAHDI_RXMIRROR
#define DAHDI_RXMIRROR _IOW(DAHDI_CODE, 103, int)
#define DAHDI_TXMIRROR _IOW(DAHDI_CODE, 104, int)
#endif

namespace node_dahdi {

namespace {

constexpr napi_type_tag kCoreTag = {0x9c1d6b6a4e0f4e1bULL, 0xa7d25d0c6f3b8e42ULL};

struct Setter {
  const char* name;
  unsigned long request;
  const char* operation;
  bool boolean;
  Range range;
};

struct Getter {
  const char* name;
  unsigned long request;
  const char* operation;
  bool boolean;
};

#define INTEGER(name, request, ...)                 \
  {                                                 \
    name, request, #request, false, { __VA_ARGS__ } \
  }
#define BOOLEAN(name, request)              \
  {                                         \
    name, request, #request, true, { 0, 1 } \
  }

constexpr Setter kCommonSetters[] = {
    INTEGER("setBlockSize", DAHDI_SET_BLOCKSIZE, 16, DAHDI_MAX_BLOCKSIZE),
    BOOLEAN("setLinear", DAHDI_SETLINEAR),
    INTEGER("flush", DAHDI_FLUSH, 1, DAHDI_FLUSH_ALL),
    BOOLEAN("setConferenceMute", DAHDI_CONFMUTE),
    INTEGER("sendTone", DAHDI_SENDTONE, DAHDI_TONE_STOP, DAHDI_TONE_MFR2_REV_MAX),
    INTEGER("setToneZone", DAHDI_SETTONEZONE, DAHDI_TONE_ZONE_DEFAULT, DAHDI_TONE_ZONE_MAX - 1),
    INTEGER("receiveMirror", DAHDI_RXMIRROR, 0, 0xffff),
    INTEGER("transmitMirror", DAHDI_TXMIRROR, 0, 0xffff),
};

constexpr Setter kChannelSetters[] = {
    BOOLEAN("setAudioMode", DAHDI_AUDIOMODE),
    BOOLEAN("setHdlcRawMode", DAHDI_HDLCRAWMODE),
    BOOLEAN("setHdlcFcsMode", DAHDI_HDLCFCSMODE),
    INTEGER("setHdlcRate", DAHDI_HDLC_RATE, 56, 64),
    BOOLEAN("setLoopback", DAHDI_LOOPBACK),
    BOOLEAN("setBufferEvents", DAHDI_BUFFER_EVENTS),
    BOOLEAN("setSignallingFreeze", DAHDI_SETSIGFREEZE),
    BOOLEAN("setPolarity", DAHDI_SETPOLARITY),
    INTEGER("onHookTransfer", DAHDI_ONHOOKTRANSFER, 0, 60'000),
    INTEGER("setMessageWaiting", DAHDI_VMWI, 0, 0xffff),
    INTEGER("configureMessageWaiting", DAHDI_VMWI_CONFIG, 0,
            DAHDI_VMWI_LREV | DAHDI_VMWI_HVDC | DAHDI_VMWI_HVAC),
    INTEGER("setToneDetect", DAHDI_TONEDETECT, 0, DAHDI_TONEDETECT_ON | DAHDI_TONEDETECT_MUTE),
    INTEGER("setEchoCancel", DAHDI_ECHOCANCEL, 0, 1024),
    INTEGER("trainEchoCancel", DAHDI_ECHOTRAIN, 0, 8191),
    BOOLEAN("setEchoCancelFaxMode", DAHDI_ECHOCANCEL_FAX_MODE),
    INTEGER("setTxBits", DAHDI_SETTXBITS, 0, 15),
};

#undef INTEGER
#undef BOOLEAN

#define GETTER(name, request) \
  { name, request, #request, false }

constexpr Getter kCommonGetters[] = {
    GETTER("blockSize", DAHDI_GET_BLOCKSIZE),
    {"dialing", DAHDI_DIALING, "DAHDI_DIALING", true},
    GETTER("toneZone", DAHDI_GETTONEZONE),
    GETTER("channelNumber", DAHDI_CHANNO),
    {"conferenceMute", DAHDI_GETCONFMUTE, "DAHDI_GETCONFMUTE", true},
};

constexpr Getter kChannelGetters[] = {
    GETTER("rxBits", DAHDI_GETRXBITS),
    {"signallingFreeze", DAHDI_GETSIGFREEZE, "DAHDI_GETSIGFREEZE", true},
};

#undef GETTER

template <typename Row>
void* RowData(const Row& row) {
  return const_cast<Row*>(&row);
}

int OpenDevice(Napi::Env env, const char* path) {
  const int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) ThrowDriver(env, errno, std::string("open ") + path);
  return fd;
}

}  // namespace

Napi::Function ChannelHandle::DefineChannel(Napi::Env env) {
  Descriptors list;
  AddCommon(list);
  for (const Setter& row : kChannelSetters)
    list.push_back(InstanceMethod(row.name, &ChannelHandle::Set, napi_default, RowData(row)));
  for (const Getter& row : kChannelGetters)
    list.push_back(InstanceMethod(row.name, &ChannelHandle::Get, napi_default, RowData(row)));
  list.push_back(InstanceMethod<&ChannelHandle::Hook>("hook"));
  list.push_back(InstanceMethod<&ChannelHandle::SetCadence>("setCadence"));
  list.push_back(InstanceMethod<&ChannelHandle::Params>("params"));
  list.push_back(InstanceMethod<&ChannelHandle::ChangeParams>("setParams"));
  list.push_back(InstanceMethod<&ChannelHandle::SetHardwareGain>("setHardwareGain"));
  list.push_back(InstanceMethod<&ChannelHandle::SetEchoCancelParams>("setEchoCancelParams"));
  list.push_back(InstanceMethod<&ChannelHandle::SpanStatus>("spanStatus"));
  list.push_back(InstanceMethod<&ChannelHandle::SendFrame>("sendFrame"));
  list.push_back(InstanceMethod<&ChannelHandle::OnFrame>("onFrame"));
  return DefineClass(env, "Channel", list);
}

Napi::Function ChannelHandle::DefinePseudo(Napi::Env env) {
  Descriptors list;
  AddCommon(list);
  static char pseudo;
  return DefineClass(env, "Pseudo", list, &pseudo);
}

void ChannelHandle::AddCommon(Descriptors& list) {
  for (const Setter& row : kCommonSetters)
    list.push_back(InstanceMethod(row.name, &ChannelHandle::Set, napi_default, RowData(row)));
  for (const Getter& row : kCommonGetters)
    list.push_back(InstanceMethod(row.name, &ChannelHandle::Get, napi_default, RowData(row)));
  list.push_back(InstanceMethod<&ChannelHandle::SetLaw>("setLaw"));
  list.push_back(InstanceMethod<&ChannelHandle::Dial>("dial"));
  list.push_back(InstanceMethod<&ChannelHandle::BufferInfo>("bufferInfo"));
  list.push_back(InstanceMethod<&ChannelHandle::SetBufferInfo>("setBufferInfo"));
  list.push_back(InstanceMethod<&ChannelHandle::Gains>("gains"));
  list.push_back(InstanceMethod<&ChannelHandle::ChangeGains>("setGains"));
  list.push_back(InstanceMethod<&ChannelHandle::Conference>("conference"));
  list.push_back(InstanceMethod<&ChannelHandle::ChangeConference>("setConference"));
  list.push_back(InstanceMethod<&ChannelHandle::IoMux>("ioMux"));
  list.push_back(InstanceMethod<&ChannelHandle::Sync>("sync"));
  list.push_back(InstanceMethod<&ChannelHandle::Read>("read"));
  list.push_back(InstanceMethod<&ChannelHandle::Write>("write"));
  list.push_back(InstanceMethod<&ChannelHandle::NextEvent>("nextEvent"));
  list.push_back(InstanceMethod<&ChannelHandle::OnEvent>("onEvent"));
  list.push_back(InstanceMethod<&ChannelHandle::IsClosed>("isClosed"));
  list.push_back(InstanceMethod<&ChannelHandle::CloseCall>("close"));
}

ChannelHandle::ChannelHandle(const Napi::CallbackInfo& info) : Napi::ObjectWrap<ChannelHandle>(info) {
  const Napi::Env env = info.Env();
  const bool pseudo = info.Data() != nullptr;
  int number = pseudo ? 0 : ToInt(info[0], "number", kChannelRange);
  // What another run of the program has left open is specified already; what it is, it says itself.
  const bool left = !pseudo && !info[1].IsUndefined();
  const int fd = left ? ToInt(info[1], "descriptor", {0, 0x7fffffff})
                      : OpenDevice(env, pseudo ? "/dev/dahdi/pseudo" : "/dev/dahdi/channel");
  const unsigned long request = pseudo || left ? DAHDI_CHANNO : DAHDI_SPECIFY;
  const int wanted = number;
  if (ioctl(fd, request, &number) < 0 || (left && number != wanted)) {
    const int error = number == wanted ? errno : EBADF;
    close(fd);
    ThrowDriver(env, error, request == DAHDI_CHANNO ? "DAHDI_CHANNO" : "DAHDI_SPECIFY");
  }
  if (left) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  core_ = std::make_shared<ChannelCore>(fd, number);
  info.This().As<Napi::Object>().TypeTag(&kCoreTag);
}

ChannelHandle::~ChannelHandle() { Close(); }

std::shared_ptr<ChannelCore> ChannelHandle::Core(Napi::Env env) const {
  if (!core_) ThrowClosed(env);
  return core_;
}

std::shared_ptr<ChannelCore> ChannelCore::FromHandle(const Napi::Value& value) {
  if (!value.IsObject() || !value.As<Napi::Object>().CheckTypeTag(&kCoreTag))
    ThrowArgument(value.Env(), "a handle of a channel is wanted");
  return Napi::ObjectWrap<ChannelHandle>::Unwrap(value.As<Napi::Object>())->Core(value.Env());
}

void ChannelHandle::Close() {
  if (watch_ != nullptr) {
    watch_->Close();
    Unref();
  }
  if (core_) core_->MarkClosed();
  core_.reset();
  event_listener_.Reset();
  frame_listener_.Reset();
}

void ChannelHandle::Set(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  const auto& row = *static_cast<const Setter*>(info.Data());
  int value = row.boolean ? ToBool(info[0], "value") : ToInt(info[0], "value", row.range);
  Ioctl(info.Env(), core->fd(), row.request, &value, row.operation);
}

Napi::Value ChannelHandle::Get(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  const auto& row = *static_cast<const Getter*>(info.Data());
  int value = 0;
  Ioctl(info.Env(), core->fd(), row.request, &value, row.operation);
  if (row.boolean) return Napi::Boolean::New(info.Env(), value != 0);
  return Napi::Number::New(info.Env(), value);
}

}  // namespace node_dahdi
