// The addon's entry: two faces, `driver` (DAHDI's own calls) and `engine` (the media thread).
#include <napi.h>

#include "driver/driver.h"
#include "engine/engine.h"

namespace {

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  node_dahdi::InitDriver(env, exports);
  node_dahdi::InitEngine(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(node_dahdi, Init)
