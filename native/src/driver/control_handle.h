// The control device, /dev/dahdi/ctl: configuration of spans and channels, tone zones, dynamic spans.
#pragma once

#include <napi.h>

namespace node_dahdi {

class ControlHandle : public Napi::ObjectWrap<ControlHandle> {
 public:
  static Napi::Function Define(Napi::Env env);

  // new Control()
  explicit ControlHandle(const Napi::CallbackInfo& info);
  ~ControlHandle() override;

 private:
  int Fd(Napi::Env env) const;

  void Set(const Napi::CallbackInfo& info);
  Napi::Value Version(const Napi::CallbackInfo& info);
  Napi::Value SpanStatus(const Napi::CallbackInfo& info);
  Napi::Value TimingSlips(const Napi::CallbackInfo& info);
  Napi::Value Params(const Napi::CallbackInfo& info);
  void SetParams(const Napi::CallbackInfo& info);
  Napi::Value Gains(const Napi::CallbackInfo& info);
  void SetGains(const Napi::CallbackInfo& info);
  void ConfigureSpan(const Napi::CallbackInfo& info);
  void ConfigureChannel(const Napi::CallbackInfo& info);
  void AttachEchoCanceller(const Napi::CallbackInfo& info);
  void Maintain(const Napi::CallbackInfo& info);
  Napi::Value DialParams(const Napi::CallbackInfo& info);
  void SetDialParams(const Napi::CallbackInfo& info);
  Napi::Value LoadToneZone(const Napi::CallbackInfo& info);
  void DefineToneZone(const Napi::CallbackInfo& info);
  Napi::Value CreateDynamicSpan(const Napi::CallbackInfo& info);
  void DestroyDynamicSpan(const Napi::CallbackInfo& info);
  Napi::Value IsClosed(const Napi::CallbackInfo& info);
  void CloseCall(const Napi::CallbackInfo& info);

  int fd_ = -1;
};

// findToneZone(country): what libtonezone knows of a country's tones, or undefined.
Napi::Value FindToneZone(const Napi::CallbackInfo& info);

}  // namespace node_dahdi
