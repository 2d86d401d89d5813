// Audio, frames and events of a channel.
#include <dahdi/user.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "driver/arguments.h"
#include "driver/channel_handle.h"

namespace node_dahdi {

namespace {

constexpr size_t kFcsBytes = 2;
constexpr size_t kMaxFrame = DAHDI_DEFAULT_MTU_MRU;

// read() or write(), taking the events that make the driver refuse it. -1 with EAGAIN when it must wait.
template <typename Transfer>
ssize_t Attempt(ChannelCore& core, const Transfer& transfer) {
  for (;;) {
    const ssize_t done = transfer();
    if (done >= 0) return done;
    if (errno == EINTR) continue;
    const int error = errno;
    if (error == ELAST || error == ENODEV) core.DrainEvents();
    if (error == ELAST && !core.gone()) continue;
    errno = error;
    return -1;
  }
}

Napi::Value Transferred(Napi::Env env, ssize_t done, const char* operation) {
  if (done < 0 && errno != EAGAIN) ThrowDriver(env, errno, operation);
  return Napi::Number::New(env, done < 0 ? 0 : static_cast<double>(done));
}

}  // namespace

Napi::Value ChannelHandle::Read(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  const auto bytes = ToBytes(info[0], "buffer");
  if (bytes.empty()) return Napi::Number::New(info.Env(), 0);
  const auto done = Attempt(*core, [&] { return read(core->fd(), bytes.data(), bytes.size()); });
  return Transferred(info.Env(), done, "read");
}

Napi::Value ChannelHandle::Write(const Napi::CallbackInfo& info) {
  const auto core = Core(info.Env());
  const auto bytes = ToBytes(info[0], "buffer");
  if (bytes.empty()) return Napi::Number::New(info.Env(), 0);
  const auto done = Attempt(*core, [&] { return write(core->fd(), bytes.data(), bytes.size()); });
  return Transferred(info.Env(), done, "write");
}

Napi::Value ChannelHandle::SendFrame(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto core = Core(env);
  const auto frame = ToBytes(info[0], "frame");
  if (frame.empty() || frame.size() > kMaxFrame) ThrowArgument(env, "frame must have 1 to 2048 bytes");
  // The driver wants room for the two bytes of FCS that it puts there itself.
  uint8_t padded[kMaxFrame + kFcsBytes] = {};
  memcpy(padded, frame.data(), frame.size());
  const size_t size = frame.size() + kFcsBytes;
  const ssize_t done = Attempt(*core, [&] { return write(core->fd(), padded, size); });
  if (done < 0 && errno != EAGAIN) ThrowDriver(env, errno, "write");
  if (done >= 0 && static_cast<size_t>(done) != size) ThrowDriver(env, EMSGSIZE, "write");
  return Napi::Boolean::New(env, done >= 0);
}

Napi::Value ChannelHandle::NextEvent(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto core = Core(env);
  core->DrainEvents();
  const auto event = core->NextEvent();
  if (!event) return env.Undefined();
  auto result = Napi::Object::New(env);
  result.Set("code", event->code);
  result.Set("at", static_cast<double>(event->monotonic_ns) / 1e6);
  return result;
}

void ChannelHandle::OnEvent(const Napi::CallbackInfo& info) { SetListener(info, event_listener_); }

void ChannelHandle::OnFrame(const Napi::CallbackInfo& info) { SetListener(info, frame_listener_); }

void ChannelHandle::SetListener(const Napi::CallbackInfo& info, Napi::FunctionReference& listener) {
  const Napi::Env env = info.Env();
  Core(env);
  if (info[0].IsUndefined()) {
    listener.Reset();
  } else if (info[0].IsFunction()) {
    listener = Napi::Persistent(info[0].As<Napi::Function>());
  } else {
    ThrowArgument(env, "listener must be a function or undefined");
  }
  Listen(env);
}

void ChannelHandle::Listen(Napi::Env env) {
  const bool wanted = !event_listener_.IsEmpty() || !frame_listener_.IsEmpty();
  if (wanted && watch_ == nullptr) {
    EventWatch::Start(
        env, core_, &watch_, [this] { EmitEvents(); }, [this] { ReadFrames(); });
    Ref();
  }
  if (!wanted && watch_ != nullptr) {
    watch_->Close();
    Unref();
  }
  if (watch_ != nullptr) watch_->WatchFrames(!frame_listener_.IsEmpty());
}

// What runs from the loop uses Node-API's own calls: they fail softly when the environment is being torn
// down, where the C++ wrapper would throw through libuv.

void ChannelHandle::EmitEvents() {
  const napi_env env = Env();
  const auto core = core_;
  while (core && !core->closed() && !event_listener_.IsEmpty()) {
    const auto event = core->NextEvent();
    if (!event) return;
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env, &scope) != napi_ok) return;
    napi_value values[2];
    if (napi_create_int32(env, event->code, &values[0]) == napi_ok &&
        napi_create_double(env, static_cast<double>(event->monotonic_ns) / 1e6, &values[1]) == napi_ok)
      Emit(event_listener_, values);
    napi_close_handle_scope(env, scope);
  }
}

void ChannelHandle::ReadFrames() {
  const napi_env env = Env();
  const auto core = core_;
  uint8_t bytes[kMaxFrame + kFcsBytes];
  while (core && !core->closed() && !frame_listener_.IsEmpty()) {
    const ssize_t size = Attempt(*core, [&] { return read(core->fd(), bytes, sizeof bytes); });
    // Nothing left, or the card is gone, which its event tells.
    if (size < 0) return;
    if (size <= static_cast<ssize_t>(kFcsBytes)) continue;
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env, &scope) != napi_ok) return;
    napi_value frame[1];
    const size_t length = static_cast<size_t>(size) - kFcsBytes;
    const bool ready = napi_create_buffer_copy(env, length, bytes, nullptr, &frame[0]) == napi_ok;
    if (ready) Emit(frame_listener_, frame);
    napi_close_handle_scope(env, scope);
    if (!ready) return;
  }
}

void ChannelHandle::Emit(const Napi::FunctionReference& listener, std::span<const napi_value> values) {
  const napi_env env = Env();
  napi_value receiver;
  napi_value function;
  if (napi_get_global(env, &receiver) != napi_ok ||
      napi_get_reference_value(env, listener, &function) != napi_ok || function == nullptr)
    return;
  if (napi_make_callback(env, nullptr, receiver, function, values.size(), values.data(), nullptr) !=
      napi_pending_exception)
    return;
  // As if it had been thrown from a timer: process 'uncaughtException'.
  napi_value thrown;
  if (napi_get_and_clear_last_exception(env, &thrown) == napi_ok) napi_fatal_exception(env, thrown);
}

Napi::Value ChannelHandle::IsClosed(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), !core_);
}

void ChannelHandle::CloseCall(const Napi::CallbackInfo&) { Close(); }

}  // namespace node_dahdi
