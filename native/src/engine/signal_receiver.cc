#include "engine/signal_receiver.h"

#define SPANDSP_EXPOSE_INTERNAL_STRUCTURES
#include <spandsp.h>

#include <new>

namespace node_dahdi::media {

struct SignalEar::Spandsp {
  bool r1 = false;
  r2_mf_rx_state_t r2_state{};
  bell_mf_rx_state_t r1_state{};
};

SignalEar::SignalEar(Signals signals) : Ear(EarKind::kSignals), spandsp_(new Spandsp{}) {
  spandsp_->r1 = signals == Signals::kR1;
  const auto on_digits = [](void* self, const char* digits, int count) {
    const auto* const own = static_cast<const SignalEar*>(self);
    for (int i = 0; i < count; i++) (*own->tell_)(digits[i]);
  };
  const auto on_signal = [](void* self, int code, int, int) {
    (*static_cast<const SignalEar*>(self)->tell_)(code);
  };
  const bool made = spandsp_->r1
                        ? bell_mf_rx_init(&spandsp_->r1_state, on_digits, this) != nullptr
                        : r2_mf_rx_init(&spandsp_->r2_state, signals == Signals::kR2Forward ? TRUE : FALSE,
                                        on_signal, this) != nullptr;
  if (made) return;
  delete spandsp_;
  throw std::bad_alloc();
}

SignalEar::~SignalEar() { delete spandsp_; }

void SignalEar::Hear(const int16_t* samples, int count, float, const Tell& tell) {
  tell_ = &tell;
  if (spandsp_->r1) {
    bell_mf_rx(&spandsp_->r1_state, samples, count);
  } else {
    r2_mf_rx(&spandsp_->r2_state, samples, count);
  }
}

}  // namespace node_dahdi::media
