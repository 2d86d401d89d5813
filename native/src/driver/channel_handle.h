// An open channel of the driver as a JavaScript object: `Channel` (/dev/dahdi/channel with SPECIFY) and
// `Pseudo` (/dev/dahdi/pseudo, which has the audio and conference calls only).
#pragma once

#include <napi.h>

#include <memory>
#include <span>

#include "driver/channel_core.h"
#include "driver/event_watch.h"

namespace node_dahdi {

class ChannelHandle : public Napi::ObjectWrap<ChannelHandle> {
 public:
  static Napi::Function DefineChannel(Napi::Env env);
  static Napi::Function DefinePseudo(Napi::Env env);

  // new Channel(number), new Channel(number, descriptor of it), new Pseudo()
  explicit ChannelHandle(const Napi::CallbackInfo& info);
  ~ChannelHandle() override;

  // The core, or ERR_CLOSED.
  std::shared_ptr<ChannelCore> Core(Napi::Env env) const;

 private:
  using Descriptors = std::vector<PropertyDescriptor>;
  static void AddCommon(Descriptors& list);

  // Table-driven: the data of the property is the row.
  void Set(const Napi::CallbackInfo& info);
  Napi::Value Get(const Napi::CallbackInfo& info);

  // channel_calls.cc
  void SetLaw(const Napi::CallbackInfo& info);
  Napi::Value Hook(const Napi::CallbackInfo& info);
  void SetCadence(const Napi::CallbackInfo& info);
  void Dial(const Napi::CallbackInfo& info);
  Napi::Value Params(const Napi::CallbackInfo& info);
  void ChangeParams(const Napi::CallbackInfo& info);
  Napi::Value BufferInfo(const Napi::CallbackInfo& info);
  void SetBufferInfo(const Napi::CallbackInfo& info);
  Napi::Value Gains(const Napi::CallbackInfo& info);
  void ChangeGains(const Napi::CallbackInfo& info);
  void SetHardwareGain(const Napi::CallbackInfo& info);
  void SetEchoCancelParams(const Napi::CallbackInfo& info);
  Napi::Value Conference(const Napi::CallbackInfo& info);
  Napi::Value ChangeConference(const Napi::CallbackInfo& info);
  Napi::Value SpanStatus(const Napi::CallbackInfo& info);
  Napi::Value IoMux(const Napi::CallbackInfo& info);
  Napi::Value Sync(const Napi::CallbackInfo& info);

  // channel_io.cc
  Napi::Value Read(const Napi::CallbackInfo& info);
  Napi::Value Write(const Napi::CallbackInfo& info);
  Napi::Value SendFrame(const Napi::CallbackInfo& info);
  Napi::Value NextEvent(const Napi::CallbackInfo& info);
  void OnEvent(const Napi::CallbackInfo& info);
  void OnFrame(const Napi::CallbackInfo& info);
  Napi::Value IsClosed(const Napi::CallbackInfo& info);
  void CloseCall(const Napi::CallbackInfo& info);

  void Close();
  void Listen(Napi::Env env);
  void SetListener(const Napi::CallbackInfo& info, Napi::FunctionReference& listener);
  void EmitEvents();
  void ReadFrames();
  void Emit(const Napi::FunctionReference& listener, std::span<const napi_value> values);

  std::shared_ptr<ChannelCore> core_;
  EventWatch* watch_ = nullptr;
  Napi::FunctionReference event_listener_;
  Napi::FunctionReference frame_listener_;
};

}  // namespace node_dahdi
