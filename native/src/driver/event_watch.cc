#include "driver/event_watch.h"

#include <errno.h>

#include <utility>

#include "driver/arguments.h"

namespace node_dahdi {

void EventWatch::Start(Napi::Env env, std::shared_ptr<ChannelCore> core, EventWatch** slot,
                       std::function<void()> notify, std::function<void()> readable) {
  uv_loop_s* loop = nullptr;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) ThrowDriver(env, EINVAL, "uv_loop");
  auto watch = std::unique_ptr<EventWatch>(new EventWatch);
  if (const int error = uv_poll_init(loop, &watch->poll_, core->fd()); error != 0)
    ThrowDriver(env, -error, "uv_poll_init");
  // From here on libuv knows the object: it must be closed, not deleted.
  EventWatch* self = watch.release();
  self->core_ = std::move(core);
  self->slot_ = slot;
  *slot = self;
  self->notify_ = std::move(notify);
  self->readable_ = std::move(readable);
  self->poll_.data = self;
  self->async_.data = self;
  self->open_handles_ = 1;
  if (const int error = uv_async_init(loop, &self->async_,
                                      [](uv_async_t* handle) {
                                        auto* watch = static_cast<EventWatch*>(handle->data);
                                        if (!watch->closing_) watch->notify_();
                                      });
      error != 0) {
    self->Close();
    ThrowDriver(env, -error, "uv_async_init");
  }
  self->open_handles_ = 2;
  uv_unref(reinterpret_cast<uv_handle_t*>(&self->async_));
  // A worker's loop must be empty when its environment goes.
  napi_add_async_cleanup_hook(
      env, [](napi_async_cleanup_hook_handle, void* data) { static_cast<EventWatch*>(data)->Close(); }, self,
      &self->hook_);
  self->Update();
  self->core_->SetWake([self] { uv_async_send(&self->async_); });
}

void EventWatch::WatchFrames(bool on) {
  frames_ = on;
  Update();
}

void EventWatch::Update() {
  if (closing_) return;
  if (core_->gone()) {
    // A removed card's descriptor polls as ready for ever.
    uv_poll_stop(&poll_);
    return;
  }
  uv_poll_start(&poll_, UV_PRIORITIZED | (frames_ ? UV_READABLE : 0),
                [](uv_poll_t* handle, int status, int events) {
                  static_cast<EventWatch*>(handle->data)->Ready(status, events);
                });
}

void EventWatch::Ready(int status, int events) {
  if (status < 0 || (events & UV_PRIORITIZED) != 0) {
    core_->DrainEvents();
    if (status < 0 || core_->gone()) uv_poll_stop(&poll_);
    notify_();
  }
  if (!closing_ && (events & UV_READABLE) != 0) readable_();
  if (!closing_ && core_->gone()) uv_poll_stop(&poll_);
}

void EventWatch::Close() {
  if (closing_) return;
  closing_ = true;
  *slot_ = nullptr;
  core_->SetWake({});
  const auto released = [](uv_handle_t* handle) { static_cast<EventWatch*>(handle->data)->Released(); };
  uv_close(reinterpret_cast<uv_handle_t*>(&poll_), released);
  if (open_handles_ == 2) uv_close(reinterpret_cast<uv_handle_t*>(&async_), released);
  // libuv no longer watches the descriptor: a channel closed here can be opened again at once.
  core_.reset();
}

void EventWatch::Released() {
  if (--open_handles_ > 0) return;
  if (hook_ != nullptr) napi_remove_async_cleanup_hook(hook_);
  delete this;
}

}  // namespace node_dahdi
