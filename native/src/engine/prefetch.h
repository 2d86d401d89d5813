// Memory fetched ahead. In the 8 ms between two ticks the audio's memory goes cold; asked for a few ports
// ahead, it is there when its port's turn comes.
#pragma once

#include <cstddef>

namespace node_dahdi::media {

/** Every line of `count` bytes from `from` on. @tparam kWrite 1 when they will be written. */
template <int kWrite>
inline void Prefetch(const void* from, size_t count) {
  constexpr size_t kLine = 64;
  const char* const at = static_cast<const char*>(from);
  for (size_t offset = 0; offset < count; offset += kLine) __builtin_prefetch(at + offset, kWrite);
}

}  // namespace node_dahdi::media
