// RIFF/WAVE, read with distrust: every size in a header is checked against the file before it is used.
#include "engine/wave.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <utility>

namespace node_dahdi::media {
namespace {

constexpr uint16_t kFormatPcm = 1, kFormatFloat = 3, kFormatAlaw = 6, kFormatUlaw = 7,
                   kFormatExtensible = 0xFFFE;
constexpr uint32_t kMaxChannels = 8, kMinRate = 1000, kMaxRate = 192000;
constexpr int kMaxChunks = 256;

uint32_t Little(const uint8_t* bytes, int count) {
  uint32_t value = 0;
  for (int i = count - 1; i >= 0; i--) value = value << 8 | bytes[i];
  return value;
}

bool ReadAt(int fd, uint64_t offset, void* to, size_t count) {
  auto* bytes = static_cast<uint8_t*>(to);
  while (count > 0) {
    const ssize_t got = pread(fd, bytes, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    offset += static_cast<uint64_t>(got);
    count -= static_cast<size_t>(got);
  }
  return true;
}

bool ParseFormatChunk(const uint8_t* chunk, size_t size, WaveFormat* format) {
  if (size < 16) return false;
  uint32_t tag = Little(chunk, 2);
  format->channels = Little(chunk + 2, 2);
  format->rate = Little(chunk + 4, 4);
  const uint32_t align = Little(chunk + 12, 2), bits = Little(chunk + 14, 2);
  if (tag == kFormatExtensible) {
    if (size < 40) return false;
    tag = Little(chunk + 24, 2);
  }
  if (tag == kFormatAlaw && bits == 8) {
    format->encoding = Encoding::kAlaw;
  } else if (tag == kFormatUlaw && bits == 8) {
    format->encoding = Encoding::kUlaw;
  } else if (tag == kFormatPcm && bits == 8) {
    format->encoding = Encoding::kPcm8;
  } else if (tag == kFormatPcm && bits == 16) {
    format->encoding = Encoding::kPcm16;
  } else if (tag == kFormatPcm && bits == 24) {
    format->encoding = Encoding::kPcm24;
  } else if (tag == kFormatPcm && bits == 32) {
    format->encoding = Encoding::kPcm32;
  } else if (tag == kFormatFloat && bits == 32) {
    format->encoding = Encoding::kFloat32;
  } else {
    return false;
  }
  return format->channels >= 1 && format->channels <= kMaxChannels && format->rate >= kMinRate &&
         format->rate <= kMaxRate && align == format->frame_bytes();
}

/** Headerless files are known by their names. */
bool RawFormat(const std::string& path, uint64_t size, WaveFormat* format) {
  static constexpr std::array<std::pair<const char*, Encoding>, 8> kEndings{{
      {".alaw", Encoding::kAlaw},
      {".al", Encoding::kAlaw},
      {".pcma", Encoding::kAlaw},
      {".ulaw", Encoding::kUlaw},
      {".ul", Encoding::kUlaw},
      {".mulaw", Encoding::kUlaw},
      {".pcmu", Encoding::kUlaw},
      {".sln", Encoding::kPcm16},
  }};
  for (const auto& [ending, encoding] : kEndings) {
    const size_t length = strlen(ending);
    if (path.size() < length || strcasecmp(path.c_str() + path.size() - length, ending) != 0) continue;
    *format = WaveFormat{.encoding = encoding};
    format->frames = size / format->frame_bytes();
    return true;
  }
  return false;
}

int16_t Clip(float value) {
  // A NaN of a hostile file fails both comparisons of std::clamp; it must not reach the cast.
  if (!(value > -32768.0f)) return value <= -32768.0f ? INT16_MIN : int16_t{0};
  return value >= 32767.0f ? INT16_MAX : static_cast<int16_t>(std::lrintf(value));
}

int16_t SampleOf(Encoding encoding, const uint8_t* at) {
  switch (encoding) {
    case Encoding::kAlaw:
      return FromAlaw(*at);
    case Encoding::kUlaw:
      return FromUlaw(*at);
    case Encoding::kPcm8:
      return static_cast<int16_t>((*at - 128) * 256);
    case Encoding::kPcm16:
      return static_cast<int16_t>(Little(at, 2));
    case Encoding::kPcm24:
      return static_cast<int16_t>(Little(at + 1, 2));
    case Encoding::kPcm32:
      return static_cast<int16_t>(Little(at + 2, 2));
    case Encoding::kFloat32: {
      float value;
      memcpy(&value, at, sizeof value);
      return Clip(value * 32768.0f);
    }
  }
  return 0;
}

uint32_t SampleBytes(Encoding encoding) {
  switch (encoding) {
    case Encoding::kAlaw:
    case Encoding::kUlaw:
    case Encoding::kPcm8:
      return 1;
    case Encoding::kPcm16:
      return 2;
    case Encoding::kPcm24:
      return 3;
    case Encoding::kPcm32:
    case Encoding::kFloat32:
      return 4;
  }
  return 1;
}

}  // namespace

uint32_t WaveFormat::frame_bytes() const { return SampleBytes(encoding) * channels; }

bool ParseWave(int fd, uint64_t size, WaveFormat* format) {
  std::array<uint8_t, 12> riff;
  if (size < riff.size() || !ReadAt(fd, 0, riff.data(), riff.size())) return false;
  if (memcmp(riff.data(), "RIFF", 4) != 0 || memcmp(riff.data() + 8, "WAVE", 4) != 0) return false;
  bool known = false;
  uint64_t at = riff.size();
  for (int chunks = 0; chunks < kMaxChunks && at + 8 <= size; chunks++) {
    std::array<uint8_t, 8> head;
    if (!ReadAt(fd, at, head.data(), head.size())) return false;
    uint64_t length = Little(head.data() + 4, 4);
    at += head.size();
    if (memcmp(head.data(), "fmt ", 4) == 0) {
      std::array<uint8_t, 40> chunk{};
      const size_t count = std::min<uint64_t>(chunk.size(), std::min(length, size - at));
      if (!ReadAt(fd, at, chunk.data(), count) || !ParseFormatChunk(chunk.data(), count, format))
        return false;
      known = true;
    } else if (memcmp(head.data(), "data", 4) == 0) {
      if (!known) return false;
      // A recorder that died, or that could not seek, leaves 0 or the largest number: take what is there.
      if (length == 0 || length > size - at) length = size - at;
      format->data_offset = at;
      format->frames = length / format->frame_bytes();
      return true;
    }
    at += length + (length & 1);
  }
  return false;
}

std::shared_ptr<WaveFile> WaveFile::Open(const std::string& path, std::string* code) {
  // Non-blocking, so that a pipe put in a prompt's place cannot hold the thread.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    *code = ErrnoName(errno);
    return nullptr;
  }
  struct stat info {};
  WaveFormat format;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    *code = S_ISDIR(info.st_mode) ? "EISDIR" : "ERR_AUDIO_FORMAT";
    close(fd);
    return nullptr;
  }
  const auto size = static_cast<uint64_t>(info.st_size);
  if (!RawFormat(path, size, &format) && !ParseWave(fd, size, &format)) {
    *code = "ERR_AUDIO_FORMAT";
    close(fd);
    return nullptr;
  }
  std::shared_ptr<WaveFile> file(new WaveFile(fd, format));
  file->device_ = info.st_dev;
  file->inode_ = info.st_ino;
  file->size_ = size;
  file->modified_ns_ = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec;
  return file;
}

WaveFile::~WaveFile() { close(fd_); }

bool WaveFile::Matches(const std::string& path) const {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_ &&
         static_cast<uint64_t>(info.st_size) == size_ &&
         info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec == modified_ns_;
}

int64_t WaveFile::Read(uint64_t first, int16_t* samples, size_t count) const {
  if (first >= format_.frames) return 0;
  count = std::min<uint64_t>(count, format_.frames - first);
  const uint32_t frame = format_.frame_bytes(), sample = SampleBytes(format_.encoding);
  std::array<uint8_t, 16384> bytes;
  size_t done = 0;
  while (done < count) {
    const size_t frames = std::min(count - done, bytes.size() / frame);
    const ssize_t got = pread(fd_, bytes.data(), frames * frame,
                              static_cast<off_t>(format_.data_offset + (first + done) * frame));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -errno;
    // The file was cut while it played.
    if (static_cast<size_t>(got) < frame) break;
    for (const uint8_t* at = bytes.data(); at + frame <= bytes.data() + got; at += frame) {
      int32_t sum = 0;
      for (uint32_t c = 0; c < format_.channels; c++) sum += SampleOf(format_.encoding, at + c * sample);
      samples[done++] = static_cast<int16_t>(sum / static_cast<int32_t>(format_.channels));
    }
  }
  return static_cast<int64_t>(done);
}

std::vector<uint8_t> WaveHeader(Law law, uint32_t channels, uint64_t data_bytes) {
  const uint32_t sample = law == Law::kLinear16 ? 2 : 1;
  const uint16_t tag = law == Law::kAlaw ? kFormatAlaw : law == Law::kUlaw ? kFormatUlaw : kFormatPcm;
  // Companded WAV wants the longer fmt chunk and a fact chunk; linear files bear them too.
  constexpr uint32_t kHeader = 58;
  const auto data = static_cast<uint32_t>(std::min<uint64_t>(data_bytes, UINT32_MAX - kHeader));
  std::vector<uint8_t> header;
  header.reserve(kHeader);
  const auto text = [&](const char* four) { header.insert(header.end(), four, four + 4); };
  const auto number = [&](uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) header.push_back(static_cast<uint8_t>(value >> (8 * i)));
  };
  text("RIFF"), number(kHeader - 8 + data + (data & 1), 4), text("WAVE");
  text("fmt "), number(18, 4), number(tag, 2), number(channels, 2), number(kRate, 4);
  number(kRate * channels * sample, 4), number(channels * sample, 2), number(sample * 8, 2), number(0, 2);
  text("fact"), number(4, 4), number(data / (channels * sample), 4);
  text("data"), number(data, 4);
  return header;
}

std::string ErrnoName(int error) {
  const char* name = strerrorname_np(error);
  return name == nullptr ? "E" + std::to_string(error) : name;
}

}  // namespace node_dahdi::media
