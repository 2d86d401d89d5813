// Watches one channel's descriptor from the JavaScript thread's loop: events (POLLPRI), and frames (POLLIN)
// when asked. Audio is never watched: nobody reads it here, and a level-triggered poll would spin on it.
#pragma once

#include <napi.h>
#include <uv.h>

#include <functional>
#include <memory>

#include "driver/channel_core.h"

namespace node_dahdi {

class EventWatch {
 public:
  // `notify` runs on the JavaScript thread when events may be queued in the core; `readable` when there is
  // something to read. Either may end in Close(). `slot` holds the watch until it is closed, by its owner or
  // by the end of the environment. Throws ERR_DRIVER.
  static void Start(Napi::Env env, std::shared_ptr<ChannelCore> core, EventWatch** slot,
                    std::function<void()> notify, std::function<void()> readable);
  // Whether to poll for frames too. The watch keeps the process alive until it is closed.
  void WatchFrames(bool on);
  // Nothing is called any more; the object deletes itself when libuv has let go.
  void Close();

 private:
  EventWatch() = default;
  void Update();
  void Ready(int status, int events);
  void Released();

  uv_poll_t poll_{};
  uv_async_t async_{};
  int open_handles_ = 0;
  bool closing_ = false;
  bool frames_ = false;
  std::shared_ptr<ChannelCore> core_;
  std::function<void()> notify_;
  std::function<void()> readable_;
  EventWatch** slot_ = nullptr;
  napi_async_cleanup_hook_handle hook_ = nullptr;
};

}  // namespace node_dahdi
