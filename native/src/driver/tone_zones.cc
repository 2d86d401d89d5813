// Tone zones: libtonezone turns a country's descriptions into the driver's tones and loads them (LOADZONE).
#include <dahdi/user.h>
// The library is C, and its header does not say so.
extern "C" {
#include <dahdi/tonezone.h>
}
#include <errno.h>
#include <string.h>

#include "driver/arguments.h"
#include "driver/control_handle.h"

namespace node_dahdi {

namespace {

tone_zone* Find(std::string country) { return tone_zone_find(country.data()); }

// libtonezone closes the descriptor that it is given: with -1 it opens the control device for itself.
void Register(Napi::Env env, tone_zone* zone) {
  errno = 0;
  if (tone_zone_register_zone(-1, zone) < 0) ThrowDriver(env, errno != 0 ? errno : EINVAL, "DAHDI_LOADZONE");
}

Napi::Object ZoneObject(Napi::Env env, const tone_zone& zone) {
  auto result = Napi::Object::New(env);
  result.Set("number", zone.zone);
  result.Set("country", FixedText(zone.country));
  result.Set("description", FixedText(zone.description));
  auto cadence = Napi::Array::New(env);
  for (uint32_t i = 0; i < DAHDI_MAX_CADENCE && zone.ringcadence[i] != 0; i++)
    cadence[i] = zone.ringcadence[i];
  result.Set("ringCadence", cadence);
  auto tones = Napi::Object::New(env);
  for (const tone_zone_sound& tone : zone.tones) {
    if (tone.data[0] != '\0') tones.Set(static_cast<uint32_t>(tone.toneid), FixedText(tone.data));
  }
  result.Set("tones", tones);
  return result;
}

}  // namespace

Napi::Value FindToneZone(const Napi::CallbackInfo& info) {
  const tone_zone* zone = Find(ToText(info[0], "country", sizeof tone_zone::country - 1));
  if (zone == nullptr) return info.Env().Undefined();
  return ZoneObject(info.Env(), *zone);
}

Napi::Value ControlHandle::LoadToneZone(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Fd(env);
  tone_zone* zone = Find(ToText(info[0], "country", sizeof tone_zone::country - 1));
  if (zone == nullptr) ThrowArgument(env, "libtonezone has no zone of this country");
  Register(env, zone);
  return Napi::Number::New(env, zone->zone);
}

void ControlHandle::DefineToneZone(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Fd(env);
  const Napi::Object object = ToObject(info[0], "zone");
  tone_zone zone{};
  zone.zone = IntField(object, "number", {0, DAHDI_TONE_ZONE_MAX - 1});
  SetFixedText(zone.country, TextField(object, "country", sizeof zone.country - 1));
  SetFixedText(zone.description, TextField(object, "description", sizeof zone.description - 1));
  const Napi::Value cadence = object.Get("ringCadence");
  if (!cadence.IsArray()) ThrowArgument(env, "ringCadence must be an array");
  const auto parts = cadence.As<Napi::Array>();
  if (parts.Length() < 2 || parts.Length() > DAHDI_MAX_CADENCE || parts.Length() % 2 != 0)
    ThrowArgument(env, "ringCadence must have 2 to 16 parts, on and off in turn");
  for (uint32_t i = 0; i < parts.Length() && i < DAHDI_MAX_CADENCE; i++)
    zone.ringcadence[i] = ToInt(parts.Get(i), "ringCadence part", {1, 60'000});
  const Napi::Object tones = ToObject(object.Get("tones"), "tones");
  for (int id = 0; id < DAHDI_TONE_MAX; id++) {
    const Napi::Value tone = tones.Get(static_cast<uint32_t>(id));
    zone.tones[id].toneid = id;
    if (!tone.IsUndefined())
      SetFixedText(zone.tones[id].data, ToText(tone, "tone", sizeof zone.tones[id].data - 1));
  }
  constexpr Range kLevel{-60, 3};
  zone.dtmf_high_level = OptionalIntField(object, "dtmfHighLevel", kLevel).value_or(-10);
  zone.dtmf_low_level = OptionalIntField(object, "dtmfLowLevel", kLevel).value_or(-10);
  zone.mfr1_level = OptionalIntField(object, "mfR1Level", kLevel).value_or(-7);
  zone.mfr2_level = OptionalIntField(object, "mfR2Level", kLevel).value_or(-8);
  Fd(env);
  Register(env, &zone);
}

}  // namespace node_dahdi
