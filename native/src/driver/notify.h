// The service manager's notification socket: Node.js has no datagrams on unix sockets.
#pragma once

#include <napi.h>

namespace node_dahdi {

// systemNotify(text): sends `READY=1`, `WATCHDOG=1` … as sd_notify(3) does. False when there is no socket
// ($NOTIFY_SOCKET) or it did not take the message.
Napi::Value SystemNotify(const Napi::CallbackInfo& info);

}  // namespace node_dahdi
