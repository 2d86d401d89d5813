#include "driver/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "driver/arguments.h"

namespace node_dahdi {

namespace {

bool Send(const char* path, const std::string& text) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const size_t length = strlen(path);
  if (length < 2 || length >= sizeof address.sun_path) return false;
  memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // the abstract namespace
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return false;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  const ssize_t sent =
      sendto(fd, text.data(), text.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
  close(fd);
  return sent == static_cast<ssize_t>(text.size());
}

}  // namespace

Napi::Value SystemNotify(const Napi::CallbackInfo& info) {
  const std::string text = ToText(info[0], "text", 4096);
  const char* path = getenv("NOTIFY_SOCKET");
  return Napi::Boolean::New(info.Env(), path != nullptr && Send(path, text));
}

}  // namespace node_dahdi
