// Telephone recordings on disk: WAV (linear, A-law, µ-law) and headerless files, read from any position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/g711.h"

namespace node_dahdi::media {

enum class Encoding : uint8_t { kAlaw, kUlaw, kPcm8, kPcm16, kPcm24, kPcm32, kFloat32 };

struct WaveFormat {
  Encoding encoding = Encoding::kPcm16;
  uint32_t channels = 1;
  uint32_t rate = kRate;
  uint64_t data_offset = 0;
  /** Whole frames that the file really holds. */
  uint64_t frames = 0;
  uint32_t frame_bytes() const;
};

/** An open file. Reading changes nothing, so many players share one. */
class WaveFile {
 public:
  /** Opens a file; on failure the pointer is empty and `code` names why (ENOENT, ERR_AUDIO_FORMAT …). */
  static std::shared_ptr<WaveFile> Open(const std::string& path, std::string* code);
  ~WaveFile();
  WaveFile(const WaveFile&) = delete;
  WaveFile& operator=(const WaveFile&) = delete;

  const WaveFormat& format() const { return format_; }
  /** Reads frames as mono samples (channels averaged) from frame `first`. Returns how many; −errno on
   * failure. */
  int64_t Read(uint64_t first, int16_t* samples, size_t count) const;
  /** True when the path still names this very file, unchanged. */
  bool Matches(const std::string& path) const;

 private:
  WaveFile(int fd, const WaveFormat& format) : fd_(fd), format_(format) {}
  const int fd_;
  WaveFormat format_;
  uint64_t device_ = 0, inode_ = 0, size_ = 0;
  int64_t modified_ns_ = 0;
};

/** Finds format and data in a file's beginning. Reads nothing outside `size` bytes. False when it is no WAV
 * we know. */
bool ParseWave(int fd, uint64_t size, WaveFormat* format);

/** What stands before a recording's samples: all sizes right for `data_bytes` of them. */
std::vector<uint8_t> WaveHeader(Law law, uint32_t channels, uint64_t data_bytes);

/** How errno is called: "ENOENT". */
std::string ErrnoName(int error);

}  // namespace node_dahdi::media
