// The numbers of dahdi/user.h by name, straight from the header that the addon was compiled with: lib/driver
// has them as typed values, and a test compares the two.
#pragma once

#include <napi.h>

namespace node_dahdi {

Napi::Object Constants(Napi::Env env);

}  // namespace node_dahdi
