// The driver surface's entry into the addon.
#pragma once

#include <napi.h>

namespace node_dahdi {

// Adds `exports.driver`: openControl, openChannel, openPseudo, systemNotify and the constants of user.h.
void InitDriver(Napi::Env env, Napi::Object exports);

}  // namespace node_dahdi
