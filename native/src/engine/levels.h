// Levels of the telephone: dBm0 and the mean square of samples.
#pragma once

#include <cmath>

#include "engine/g711.h"

namespace node_dahdi::media {

/** Of samples at this level, dBm0. */
inline double MeanSquareOf(double dbm0) {
  return 32768.0 * 32768.0 / 2 * std::pow(10.0, (dbm0 - kOverloadDbm0) / 10.0);
}

}  // namespace node_dahdi::media
