// Non-blocking reads and writes of companded bytes on the driver's channel.
#include "engine/dahdi_source.h"

#include <dahdi/user.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace node_dahdi::media {
namespace {

constexpr int kBuffers = 8;
/** Blocks that wait for the card when all is well. */
constexpr int kDepth = 2;
/** The depth is looked at once a second; a block more or less is the normal play of two clocks. */
constexpr int kSteadyWrites = 1000 / kTickMs;
/** Ticks after which a second block is looked for, should one have piled up unnoticed. */
constexpr uint64_t kCatchUpTicks = 16;

}  // namespace

DahdiSource::DahdiSource(std::shared_ptr<ChannelCore> channel, Law law)
    : channel_(std::move(channel)), law_(law) {
  // Where the driver refuses (a pseudo channel), its own sizes do: reads and writes take what they get.
  dahdi_bufferinfo buffers{};
  buffers.txbufpolicy = DAHDI_POLICY_IMMEDIATE;
  buffers.rxbufpolicy = DAHDI_POLICY_IMMEDIATE;
  buffers.numbufs = kBuffers;
  buffers.bufsize = kTickSamples;
  ioctl(channel_->fd(), DAHDI_SET_BUFINFO, &buffers);
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
  behind_ = done == 0;
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

int DahdiSource::Write(uint64_t, const int16_t* samples, int count) {
  if (!primed_) {
    std::array<uint8_t, kDepth * kTickSamples> silence;
    silence.fill(law_ == Law::kUlaw ? kUlawSilence : kAlawSilence);
    const int result = Put(silence.data(), static_cast<int>(silence.size()));
    if (result < 0) return result;
    primed_ = true;
    writes_ = surplus_ = 0;
  }
  if (++writes_ % kSteadyWrites == 0) Steady();
  if (surplus_ > 0) {
    surplus_--;
    return 0;
  }
  std::array<uint8_t, kMaxBlock> bytes;
  Encode(law_, samples, bytes.data(), static_cast<size_t>(count));
  return Put(bytes.data(), count);
}

void DahdiSource::Steady() {
  dahdi_bufferinfo buffers{};
  if (ioctl(channel_->fd(), DAHDI_GET_BUFINFO, &buffers) != 0) return;
  if (buffers.writebufs > kDepth + 1) {
    surplus_ = buffers.writebufs - kDepth;
  } else if (buffers.writebufs == 0) {
    // Run dry while we were late: the next write restores the depth.
    counters_.underruns.fetch_add(1, std::memory_order_relaxed);
    primed_ = false;
  }
}

void DahdiSource::Flush() {
  int flush = DAHDI_FLUSH_WRITE;
  ioctl(channel_->fd(), DAHDI_FLUSH, &flush);
  primed_ = false;
}

}  // namespace node_dahdi::media
