// Levels of the telephone: dBm0 and the mean square of samples.
#pragma once

#include <cmath>

#include "engine/g711.h"

namespace node_dahdi::media {

/** Of samples at this level, dBm0. */
inline double MeanSquareOf(double dbm0) {
  return 32768.0 * 32768.0 / 2 * std::pow(10.0, (dbm0 - kOverloadDbm0) / 10.0);
}

/** Level of a mean square, dBm0. */
inline double Dbm0Of(double mean_square) {
  return 10.0 * std::log10(mean_square / (32768.0 * 32768.0 / 2)) + kOverloadDbm0;
}

}  // namespace node_dahdi::media
