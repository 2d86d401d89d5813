// The service manager's notification socket (Node.js has no datagrams on unix sockets), and the store of
// descriptors that it keeps for us over a crash (sd_notify(3), sd_listen_fds(3)).
#pragma once

#include <napi.h>

namespace node_dahdi {

// systemNotify(text): sends `READY=1`, `WATCHDOG=1` … as sd_notify(3) does. False when there is no socket
// ($NOTIFY_SOCKET) or it did not take the message.
Napi::Value SystemNotify(const Napi::CallbackInfo& info);

// keepDescriptor(handle, name): the manager holds the descriptor of an open channel from now on, whatever
// becomes of this process. False as above.
Napi::Value KeepDescriptor(const Napi::CallbackInfo& info);

// forgetDescriptor(name): the manager lets go of those of this name. The result is a descriptor that reads as
// ended when it has; undefined where there is no manager.
Napi::Value ForgetDescriptor(const Napi::CallbackInfo& info);

// keptDescriptors(): those that the manager kept for this process, as `{ name, descriptor }`, once; again:
// none.
Napi::Value KeptDescriptors(const Napi::CallbackInfo& info);

}  // namespace node_dahdi
