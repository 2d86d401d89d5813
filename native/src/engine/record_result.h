// How a recording ended.
#pragma once

#include <cstdint>
#include <string>

#include "engine/recorder.h"

namespace node_dahdi::media {

struct RecordResult {
  uint32_t id;
  RecordReason reason;
  uint64_t frames;
  uint64_t bytes;
  uint64_t lost;
  /** Empty when all went well. */
  std::string error;
  /** Of the whole file, in 64 hexadecimal digits; empty where none was wanted. */
  std::string sha256{};
};

}  // namespace node_dahdi::media
