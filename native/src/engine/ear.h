// What listens to what a port receives, besides digits: nothing at all until it is wanted.
#pragma once

#include <cstddef>
#include <cstdint>

namespace node_dahdi::media {

enum class EarKind : uint8_t { kTones, kFax, kMessages, kAnswer, kSignals, kClipping };
inline constexpr size_t kEarKinds = 6;

/** `what` and `value` are the kind's own. */
struct Heard {
  EarKind kind;
  int what;
  float value;
};

class EarListener {
 public:
  virtual ~EarListener() = default;
  virtual void OnHeard(uint32_t port, const Heard& heard) = 0;
};

/** Tells what an ear hears. */
struct Tell {
  uint32_t port;
  EarKind kind;
  EarListener& listener;
  void operator()(int what, float value = 0) const { listener.OnHeard(port, {kind, what, value}); }
};

/** Made by the control thread; the media thread's until it is given back or the port has closed. */
class Ear {
 public:
  explicit Ear(EarKind kind) : kind(kind) {}
  virtual ~Ear() = default;
  const EarKind kind;
  /** @param mean_square of these samples. */
  virtual void Hear(const int16_t* samples, int count, float mean_square, const Tell& tell) = 0;
};

}  // namespace node_dahdi::media
