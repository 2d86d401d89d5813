#include "driver/arguments.h"

#include <dahdi/user.h>
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include <cmath>

namespace node_dahdi {

void ThrowArgument(Napi::Env env, const std::string& text) {
  auto error = Napi::TypeError::New(env, text);
  error.Set("code", Napi::String::New(env, "ERR_ARGUMENT"));
  throw error;
}

void ThrowClosed(Napi::Env env) {
  auto error = Napi::Error::New(env, "the handle is closed");
  error.Set("code", Napi::String::New(env, "ERR_CLOSED"));
  throw error;
}

Napi::Error DriverError(Napi::Env env, int number, const std::string& operation) {
  const char* known = number == ELAST ? "ELAST" : strerrorname_np(number);
  const std::string name = known != nullptr ? known : std::to_string(number);
  const char* text = strerrordesc_np(number);
  auto error = Napi::Error::New(
      env, operation + " failed: " + name + (text != nullptr ? std::string(", ") + text : ""));
  error.Set("code", Napi::String::New(env, "ERR_DRIVER"));
  error.Set("errno", Napi::String::New(env, name));
  error.Set("number", Napi::Number::New(env, number));
  error.Set("operation", Napi::String::New(env, operation));
  return error;
}

void ThrowDriver(Napi::Env env, int number, const std::string& operation) {
  throw DriverError(env, number, operation);
}

int ToInt(const Napi::Value& value, const char* name, Range range) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!(number >= range.min && number <= range.max) || number != std::trunc(number)) {
    ThrowArgument(value.Env(), std::string(name) + " must be an integer from " + std::to_string(range.min) +
                                   " to " + std::to_string(range.max));
  }
  return static_cast<int>(number);
}

bool ToBool(const Napi::Value& value, const char* name) {
  if (!value.IsBoolean()) ThrowArgument(value.Env(), std::string(name) + " must be true or false");
  return value.As<Napi::Boolean>().Value();
}

std::string ToText(const Napi::Value& value, const char* name, size_t max) {
  if (!value.IsString()) ThrowArgument(value.Env(), std::string(name) + " must be a string");
  std::string text = value.As<Napi::String>().Utf8Value();
  if (text.size() > max || text.find('\0') != std::string::npos) {
    ThrowArgument(value.Env(), std::string(name) + " must have at most " + std::to_string(max) +
                                   " bytes and no NUL character");
  }
  return text;
}

Napi::Object ToObject(const Napi::Value& value, const char* name) {
  if (!value.IsObject()) ThrowArgument(value.Env(), std::string(name) + " must be an object");
  return value.As<Napi::Object>();
}

std::span<uint8_t> ToBytes(const Napi::Value& value, const char* name) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array)
    ThrowArgument(value.Env(), std::string(name) + " must be a Uint8Array");
  auto bytes = value.As<Napi::Uint8Array>();
  return {bytes.Data(), bytes.ElementLength()};
}

int ToChoice(const Napi::Value& value, const char* name, std::span<const char* const> choices) {
  const std::string text = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
  std::string list;
  for (size_t i = 0; i < choices.size(); i++) {
    if (text == choices[i]) return static_cast<int>(i);
    list += (i == 0 ? "" : ", ") + std::string(choices[i]);
  }
  ThrowArgument(value.Env(), std::string(name) + " must be one of " + list);
}

int IntField(const Napi::Object& object, const char* key, Range range) {
  return ToInt(object.Get(key), key, range);
}

std::optional<int> OptionalIntField(const Napi::Object& object, const char* key, Range range) {
  const Napi::Value value = object.Get(key);
  if (value.IsUndefined()) return std::nullopt;
  return ToInt(value, key, range);
}

std::string TextField(const Napi::Object& object, const char* key, size_t max) {
  return ToText(object.Get(key), key, max);
}

void Ioctl(Napi::Env env, int fd, unsigned long request, void* data, const char* operation) {
  int result;
  do result = ioctl(fd, request, data);
  while (result < 0 && errno == EINTR);
  if (result < 0) ThrowDriver(env, errno, operation);
}

}  // namespace node_dahdi
