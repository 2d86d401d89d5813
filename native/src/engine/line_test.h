// A test that has a port's line to itself: it speaks in the place of all else, and hears what comes back.
#pragma once

#include <cstdint>

namespace node_dahdi::media {

class LineTest {
 public:
  virtual ~LineTest() = default;
  // Media thread.
  virtual void Speak(int16_t* samples, int count) = 0;
  virtual void Hear(const int16_t* samples, int count) = 0;
};

}  // namespace node_dahdi::media
