#include "driver/notify.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "driver/arguments.h"
#include "driver/channel_core.h"

namespace node_dahdi {

namespace {

/** The first that sd_listen_fds(3) passes. */
constexpr int kFirstPassed = 3;
constexpr int kMostPassed = 4096;
/** systemd's own limit of a name. */
constexpr size_t kMostName = 255;

/** @param passed a descriptor to go with it, or -1 */
bool Send(const std::string& text, int passed = -1) {
  const char* path = getenv("NOTIFY_SOCKET");
  if (path == nullptr) return false;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const size_t length = strlen(path);
  if (length < 2 || length >= sizeof address.sun_path) return false;
  memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // the abstract namespace
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return false;
  iovec part{const_cast<char*>(text.data()), text.size()};
  msghdr message{};
  message.msg_name = &address;
  message.msg_namelen = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof passed)] = {};
  if (passed >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof passed);
    memcpy(CMSG_DATA(header), &passed, sizeof passed);
  }
  const ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
  close(fd);
  return sent == static_cast<ssize_t>(text.size());
}

/** A variable that was meant for this process alone. */
std::string Taken(const char* name) {
  const char* value = getenv(name);
  const std::string text = value == nullptr ? "" : value;
  unsetenv(name);
  return text;
}

}  // namespace

Napi::Value SystemNotify(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), Send(ToText(info[0], "text", 4096)));
}

Napi::Value KeepDescriptor(const Napi::CallbackInfo& info) {
  const auto core = ChannelCore::FromHandle(info[0]);
  const std::string name = ToText(info[1], "name", kMostName);
  // Not polled: a channel's events are nobody's but ours, and an alarm must not have it thrown away.
  return Napi::Boolean::New(info.Env(), Send("FDSTORE=1\nFDPOLL=0\nFDNAME=" + name, core->fd()));
}

Napi::Value ForgetDescriptor(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string name = ToText(info[0], "name", kMostName);
  if (!Send("FDSTOREREMOVE=1\nFDNAME=" + name)) return env.Undefined();
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return env.Undefined();
  // The manager closes its end when it has done all that was sent before.
  const bool sent = Send("BARRIER=1", ends[1]);
  close(ends[1]);
  if (sent) return Napi::Number::New(env, ends[0]);
  close(ends[0]);
  return env.Undefined();
}

Napi::Value KeptDescriptors(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  auto list = Napi::Array::New(env);
  const std::string process = Taken("LISTEN_PID");
  const int count = atoi(Taken("LISTEN_FDS").c_str());
  const std::string names = Taken("LISTEN_FDNAMES");
  if (process != std::to_string(getpid()) || count < 1 || count > kMostPassed) return list;
  size_t from = 0;
  for (int i = 0; i < count; i++) {
    const size_t to = std::min(names.find(':', from), names.size());
    const int fd = kFirstPassed + i;
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) == 0) {
      auto one = Napi::Object::New(env);
      one.Set("name", names.substr(std::min(from, names.size()), to - std::min(from, names.size())));
      one.Set("descriptor", fd);
      list.Set(list.Length(), one);
    }
    from = to + 1;
  }
  return list;
}

}  // namespace node_dahdi
