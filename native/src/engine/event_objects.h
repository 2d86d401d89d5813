// What the engine tells, as objects of JavaScript (`NativeEvent` of lib/engine/engine.ts).
#pragma once

#include <napi.h>

#include <array>

#include "engine/media_engine.h"

namespace node_dahdi {

/** Names of `media::EarKind`. */
inline constexpr std::array<const char*, media::kEarKinds> kEars{"tones",  "fax",     "messages",
                                                                 "answer", "signals", "clipping"};

/** @param engine that the audio of a kAudio event is taken from. */
Napi::Object ToObject(Napi::Env env, const media::EngineEvent& event, media::MediaEngine& engine);
Napi::Object ToObject(Napi::Env env, const media::BitErrorTest::Counts& counts);
Napi::Object ToObject(Napi::Env env, const media::LineProbe::Found& found);

}  // namespace node_dahdi
