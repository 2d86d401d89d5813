// The thread that reads ahead for all players. It may wait for a disk; nobody waits for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/player.h"
#include "engine/resampler.h"
#include "engine/time_stretch.h"
#include "engine/wakeup.h"
#include "engine/wave.h"

namespace node_dahdi::media {

class FileReader {
 public:
  FileReader();
  ~FileReader();

  // Control thread. The player stays with the control thread until `Retire`.
  void Add(FilePlayer* player);
  /** More of an open list. @param last nothing follows. */
  void Append(FilePlayer* player, std::vector<std::string> items, bool last);
  /** Lets go of a player that the media thread is done with, and destroys it. */
  void Retire(std::unique_ptr<FilePlayer> player);

  int open_files() const { return open_files_.load(std::memory_order_relaxed); }
  std::thread& thread() { return thread_; }

 private:
  struct Job {
    explicit Job(FilePlayer* player)
        : player(player),
          stretch(player->speed == 1 ? nullptr : std::make_unique<TimeStretch>(player->speed)),
          to_skip(player->offset) {}
    FilePlayer* const player;
    std::unique_ptr<TimeStretch> stretch;
    size_t item = 0;
    std::shared_ptr<WaveFile> file;
    std::unique_ptr<Resampler> resampler;
    uint64_t frame = 0;
    uint64_t to_skip;
    /** Samples given since the list began: a round that gives none ends the job. */
    uint64_t round = 0;
    bool done = false;
    bool begun = false;
  };

  void Run();
  void TakeOrders();
  /** Gives a player what it begins with. */
  void Begin(Job& job);
  /** Gives a player its next samples. False when it needs none now. */
  bool Serve(Job& job);
  void Give(Job& job, const int16_t* samples, size_t count);
  bool NextItem(Job& job);
  bool OpenItem(Job& job);
  void EndItem(Job& job);
  int64_t ReadItem(Job& job, int16_t* samples, size_t count);
  std::shared_ptr<WaveFile> Share(const std::string& path, std::string* code);

  std::mutex mutex_;
  struct More {
    FilePlayer* player;
    std::vector<std::string> items;
    bool last;
  };
  std::vector<FilePlayer*> added_;
  std::vector<More> appended_;
  std::vector<std::unique_ptr<FilePlayer>> retired_;
  std::atomic<bool> stop_{false};
  std::atomic<int> open_files_{0};
  Wakeup wakeup_;
  // The thread's own.
  std::list<Job> jobs_;
  std::map<std::string, std::weak_ptr<WaveFile>> files_;
  std::thread thread_;
};

}  // namespace node_dahdi::media
