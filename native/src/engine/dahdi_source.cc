// Non-blocking reads and writes of companded bytes on the driver's channel.
#include "engine/dahdi_source.h"

#include <dahdi/user.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "engine/realtime.h"

namespace node_dahdi::media {
namespace {

/** Blocks that wait for the card when all is well. */
constexpr int kDepth = 2;
static_assert(kDepth + kMostMargin <= kCardBuffers);
/** A machine that was on time for so long gets its short queue back, when nothing is said for a moment. */
constexpr uint64_t kSteadyTicks = 30'000 / kTickMs;
constexpr int kSilentTicks = 100 / kTickMs;
/** A-law's idle noise. */
constexpr int kSilence = 16;
/** Ticks after which a second block is looked for, should one have piled up unnoticed. */
constexpr uint64_t kCatchUpTicks = 16;

}  // namespace

DahdiSource::DahdiSource(std::shared_ptr<ChannelCore> channel, Law law, const std::atomic<int>& margin)
    : channel_(std::move(channel)), law_(law), margin_(margin) {
  // Where the driver refuses (a pseudo channel), its own sizes do: reads and writes take what they get.
  dahdi_bufferinfo buffers{};
  buffers.txbufpolicy = DAHDI_POLICY_IMMEDIATE;
  buffers.rxbufpolicy = DAHDI_POLICY_IMMEDIATE;
  buffers.numbufs = kCardBuffers;
  buffers.bufsize = kTickSamples;
  ioctl(channel_->fd(), DAHDI_SET_BUFINFO, &buffers);
  // What a pseudo channel is sent is nobody's to hear, and its conference is its owner's.
  dahdi_params params{};
  if (ioctl(channel_->fd(), DAHDI_GET_PARAMS, &params) == 0 && params.spanno > 0) number_ = params.channo;
  // An earlier run of the program may have had the driver carry a call, and died.
  Relay(nullptr);
}

/** The driver begins to fill a block now, so that it is complete shortly before a tick. */
void DahdiSource::Begin() {
  int flush = DAHDI_FLUSH_BOTH;
  ioctl(channel_->fd(), DAHDI_FLUSH, &flush);
}

template <typename Call>
long DahdiSource::Transfer(Call&& call) {
  for (int attempt = 0; attempt < 4; attempt++) {
    if (channel_->closed()) return -EBADF;
    const long result = call();
    if (result >= 0) return result;
    const int error = errno;
    if (error == EAGAIN) return 0;
    if (error == ELAST) {
      channel_->DrainEvents();
      if (channel_->gone()) return -ENODEV;
    } else if (error != EINTR) {
      return -error;
    }
  }
  return 0;
}

int DahdiSource::Read(uint64_t tick, int16_t* samples) {
  std::array<uint8_t, kTickSamples> bytes;
  const int most = behind_ || tick % kCatchUpTicks == 0 ? kMaxBlock : kTickSamples;
  int done = 0;
  while (done < most) {
    const auto room = static_cast<size_t>(std::min(most - done, kTickSamples));
    const long got = Transfer([&] { return read(channel_->fd(), bytes.data(), room); });
    if (got < 0) return static_cast<int>(got);
    if (got == 0) break;
    Decode(law_, bytes.data(), samples + done, static_cast<size_t>(got));
    done += static_cast<int>(got);
  }
  behind_ = done == 0 || done > kTickSamples;
  queue_.Took(NowNs(), done, done < most);
  return done;
}

int DahdiSource::Put(const uint8_t* bytes, int count) {
  for (int done = 0; done < count;) {
    const auto run = static_cast<size_t>(std::min(count - done, kTickSamples));
    const long put = Transfer([&] { return write(channel_->fd(), bytes + done, run); });
    if (put < 0) return static_cast<int>(put);
    if (put == 0) {
      counters_.overruns.fetch_add(1, std::memory_order_relaxed);
      return 0;
    }
    done += static_cast<int>(put);
  }
  return 0;
}

int DahdiSource::Depth() const { return (kDepth + margin_.load(std::memory_order_relaxed)) * kTickSamples; }

void DahdiSource::Shorten(uint64_t tick, const int16_t* samples, int count) {
  if (count > kTickSamples) late_tick_ = tick;
  // A block that came late and found the queue still filled has made it no longer.
  if (queue_.depth() < Depth() + kTickSamples || tick - late_tick_ < kSteadyTicks) return;
  const bool silent =
      std::all_of(samples, samples + count, [](int x) { return -kSilence < x && x < kSilence; });
  silent_ticks_ = silent ? silent_ticks_ + 1 : 0;
  if (silent_ticks_ < kSilentTicks) return;
  Flush();
  silent_ticks_ = 0;
}

int DahdiSource::Write(uint64_t tick, const int16_t* samples, int count) {
  Shorten(tick, samples, count);
  if (!primed_) {
    std::array<uint8_t, (kDepth + kMostMargin) * kTickSamples> silence;
    silence.fill(law_ == Law::kUlaw ? kUlawSilence : kAlawSilence);
    const int depth = Depth();
    const int result = Put(silence.data(), depth);
    if (result < 0) return result;
    queue_.Begin(depth);
    primed_ = true;
  }
  std::array<uint8_t, kMaxBlock> bytes;
  Encode(law_, samples, bytes.data(), static_cast<size_t>(count));
  return Put(bytes.data(), count);
}

void DahdiSource::Flush() {
  int flush = DAHDI_FLUSH_WRITE;
  ioctl(channel_->fd(), DAHDI_FLUSH, &flush);
  primed_ = false;
}

/** DAHDI_CONF_DIGITALMON: what the channel sends is what another receives; both are read as ever. */
bool DahdiSource::Relay(const Source* from) {
  if (number_ == 0) return from == nullptr;
  dahdi_confinfo conference{};
  if (from != nullptr) {
    const auto* other = dynamic_cast<const DahdiSource*>(from);
    // The driver copies code words: it does not translate them.
    if (other == nullptr || other->number_ == 0 || other->law_ != law_) return false;
    conference.confno = other->number_;
    conference.confmode = DAHDI_CONF_DIGITALMON;
  }
  if (ioctl(channel_->fd(), DAHDI_SETCONF, &conference) < 0) return false;
  Flush();
  return true;
}

}  // namespace node_dahdi::media
