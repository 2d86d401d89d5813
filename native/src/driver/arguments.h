// Arguments in, errors out: every call checks what JavaScript gave it before the driver sees it.
// Codes: ERR_ARGUMENT (TypeError), ERR_CLOSED, ERR_DRIVER (with `errno`, `number` and `operation`).
#pragma once

#include <napi.h>
#include <string.h>

#include <optional>
#include <span>
#include <string>

namespace node_dahdi {

[[noreturn]] void ThrowArgument(Napi::Env env, const std::string& text);
[[noreturn]] void ThrowClosed(Napi::Env env);
[[noreturn]] void ThrowDriver(Napi::Env env, int error, const std::string& operation);
Napi::Error DriverError(Napi::Env env, int error, const std::string& operation);

struct Range {
  int min;
  int max;
};

inline constexpr Range kChannelRange{1, 0xffff};
inline constexpr Range kSpanRange{1, 0xffff};

int ToInt(const Napi::Value& value, const char* name, Range range);
bool ToBool(const Napi::Value& value, const char* name);
// At most `max` bytes of UTF-8, none of them NUL.
std::string ToText(const Napi::Value& value, const char* name, size_t max);
Napi::Object ToObject(const Napi::Value& value, const char* name);
// The bytes of a Uint8Array (a Buffer is one); valid until JavaScript runs again.
std::span<uint8_t> ToBytes(const Napi::Value& value, const char* name);
// The place of a text in a list of allowed ones.
int ToChoice(const Napi::Value& value, const char* name, std::span<const char* const> choices);

int IntField(const Napi::Object& object, const char* key, Range range);
std::optional<int> OptionalIntField(const Napi::Object& object, const char* key, Range range);
std::string TextField(const Napi::Object& object, const char* key, size_t max);

// ioctl() that turns errno into ERR_DRIVER. Restarts after a signal.
void Ioctl(Napi::Env env, int fd, unsigned long request, void* data, const char* operation);

template <size_t N>
std::string FixedText(const char (&text)[N]) {
  return std::string(text, strnlen(text, N));
}

// `text` is at most N - 1 bytes long, which ToText has checked.
template <size_t N>
void SetFixedText(char (&target)[N], const std::string& text) {
  text.copy(target, N - 1);
  target[text.size() < N ? text.size() : N - 1] = '\0';
}

}  // namespace node_dahdi
