// What many ports hear at once, music on hold: read and decoded once, copied for each.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/player.h"

namespace node_dahdi::media {

/**
 * An endless list of files that goes on while somebody listens. Made by the control thread; the media thread
 * takes from it. It keeps what it read last, for cards whose clocks are not the same.
 */
class SharedList {
 public:
  explicit SharedList(std::vector<std::string> items)
      : file(std::make_unique<FilePlayer>(0, std::move(items), true, 0)) {}

  // Control thread.
  std::unique_ptr<FilePlayer> file;
  size_t listeners = 0;

  // Media thread.
  /** Where one begins who comes now, samples. */
  uint64_t end() const { return end_; }
  /** Copies up to `count` samples from `at`, which moves on. Fewer when the files have no more yet. */
  int Copy(uint64_t* at, int16_t* samples, int count);
  bool finished() const { return file->finished(); }

 private:
  /** 128 ms: twice what the latest of ticks wants at once. */
  static constexpr uint64_t kKept = 1024;
  static_assert(kKept > 2 * kMaxBlock);

  uint64_t end_ = 0;
  std::array<int16_t, kKept> kept_{};
};

class SharedPlayer final : public Player {
 public:
  SharedPlayer(uint32_t id, SharedList* list) : Player(id), list(list) {}
  int Render(int16_t* samples, int count) override;

  /** The engine's. */
  SharedList* const list;

 private:
  bool begun_ = false;
  uint64_t at_ = 0;
};

}  // namespace node_dahdi::media
