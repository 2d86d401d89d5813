#include "engine/engine.h"

namespace node_dahdi {

void InitEngine(Napi::Env env, Napi::Object exports) { exports.Set("engine", Napi::Object::New(env)); }

}  // namespace node_dahdi
