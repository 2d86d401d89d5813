// The media engine's entry into the addon.
#pragma once

#include <napi.h>

namespace node_dahdi {

// Adds `exports.engine`.
void InitEngine(Napi::Env env, Napi::Object exports);

}  // namespace node_dahdi
