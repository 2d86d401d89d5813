#include "driver/driver.h"

#include "driver/channel_core.h"

namespace node_dahdi {

void InitDriver(Napi::Env env, Napi::Object exports) { exports.Set("driver", Napi::Object::New(env)); }

}  // namespace node_dahdi
