// The thread that makes the digests of finished recordings. It yields to all other work.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "engine/record_result.h"
#include "engine/wakeup.h"

namespace node_dahdi::media {

class Sealer {
 public:
  /** `done` is called on this thread with what was added, its `sha256` set; empty where the file cannot be
   * read. */
  explicit Sealer(std::function<void(RecordResult)> done);
  /** Lets go of what is not done yet. */
  ~Sealer();

  /** Any thread. `fd` is open for reading, and closed here. */
  void Add(RecordResult result, int fd);

 private:
  struct Job {
    RecordResult result;
    int fd;
  };
  void Run();
  /** In 64 hexadecimal digits (FIPS 180-4), or nothing. */
  std::string Digest(int fd) const;

  const std::function<void(RecordResult)> done_;
  std::mutex mutex_;
  std::deque<Job> jobs_;
  std::atomic<bool> stop_{false};
  Wakeup wakeup_;
  std::thread thread_;
};

}  // namespace node_dahdi::media
