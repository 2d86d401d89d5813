// A whole audio file as samples, for JavaScript that makes another of it.
#pragma once

#include <napi.h>

namespace node_dahdi {

/**
 * `readAudio(path)`: a promise of an Int16Array, 8 kHz, mono. Rejects with the code of what is wrong: ENOENT,
 * ERR_AUDIO_FORMAT, EFBIG beyond ten minutes.
 */
Napi::Value ReadAudio(const Napi::CallbackInfo& info);

}  // namespace node_dahdi
