// The thread that takes recordings to their files. It may wait for a disk; nobody waits for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/record_result.h"
#include "engine/sealer.h"
#include "engine/wakeup.h"

namespace node_dahdi::media {

class FileWriter {
 public:
  /** `done` is called on the writing or sealing thread when results wait to be taken. */
  explicit FileWriter(std::function<void()> done);
  /** Completes what has ended and what has not, then stops. */
  ~FileWriter();

  /** Control thread. The recorder must live until its result was taken. */
  void Add(Recorder* recorder);
  /** Any thread, never blocks: a recording has ended. */
  void Wake() { wakeup_.Post(); }
  std::vector<RecordResult> TakeResults();

  int open_files() const { return open_files_.load(std::memory_order_relaxed); }
  std::thread& thread() { return thread_; }

 private:
  struct Job {
    explicit Job(Recorder* recorder) : recorder(recorder) {}
    Recorder* const recorder;
    int fd = -1;
    uint64_t bytes = 0;
    uint64_t header_bytes = 0;
    int drains = 0;
    std::string error;
  };

  void Run();
  void Open(Job& job);
  /** Takes what is in the ring to the file, then makes the header tell the truth. */
  void Drain(Job& job);
  void Finish(Job& job);
  void Fail(Job& job, int error);
  bool Put(Job& job, const uint8_t* bytes, size_t count);
  void Tell(RecordResult result);

  const std::function<void()> done_;
  std::mutex mutex_;
  std::vector<Recorder*> added_;
  std::vector<RecordResult> results_;
  std::atomic<bool> stop_{false};
  std::atomic<int> open_files_{0};
  Wakeup wakeup_;
  std::list<Job> jobs_;
  Sealer sealer_;
  std::thread thread_;
};

}  // namespace node_dahdi::media
