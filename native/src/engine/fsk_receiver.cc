#include "engine/fsk_receiver.h"

#define SPANDSP_EXPOSE_INTERNAL_STRUCTURES
#include <spandsp.h>

#include <stdexcept>

namespace node_dahdi::media {

namespace {

/** dBm0: below what the longest line leaves of the faintest exchange. */
constexpr float kFaintest = -42;

}  // namespace

struct FskReceiver::Spandsp {
  adsi_rx_state_t state;
};

FskReceiver::FskReceiver(Modem modem) : Ear(EarKind::kMessages), spandsp_(new Spandsp{}) {
  const int standard = modem == Modem::kV23 ? ADSI_STANDARD_CLIP : ADSI_STANDARD_CLASS;
  if (adsi_rx_init(&spandsp_->state, standard, OnMessage, this) == nullptr) {
    delete spandsp_;
    throw std::runtime_error("adsi_rx_init");
  }
  fsk_rx_signal_cutoff(&spandsp_->state.fskrx, kFaintest);
}

FskReceiver::~FskReceiver() {
  adsi_rx_release(&spandsp_->state);
  delete spandsp_;
}

void FskReceiver::Hear(const int16_t* samples, int count, float, const Tell& tell) {
  came_ = false;
  adsi_rx(&spandsp_->state, samples, count);
  if (came_) tell(0);
}

void FskReceiver::OnMessage(void* self, const uint8_t* message, int length) {
  auto* const own = static_cast<FskReceiver*>(self);
  if (length <= 0 || length > UINT8_MAX || own->messages_.Writable() <= static_cast<size_t>(length)) return;
  own->messages_.Push(static_cast<uint8_t>(length));
  own->messages_.Write(message, static_cast<size_t>(length));
  own->came_ = true;
}

std::vector<uint8_t> FskReceiver::Take() {
  uint8_t length = 0;
  if (!messages_.Pop(&length)) return {};
  std::vector<uint8_t> message(length);
  message.resize(messages_.Read(message.data(), length));
  return message;
}

}  // namespace node_dahdi::media
