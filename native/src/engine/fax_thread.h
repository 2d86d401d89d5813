// The thread on which faxes run: modems, T.30 and TIFF files, by spandsp.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/fax.h"
#include "engine/wakeup.h"

namespace node_dahdi::media {

class FaxThread {
 public:
  /** `told` is called on this thread when reports wait to be taken. */
  explicit FaxThread(std::function<void()> told);
  ~FaxThread();

  /** Control thread. The fax must live until its last report was taken. */
  void Add(Fax* fax);
  /** Any thread, never blocks. */
  void Wake() { wakeup_.Post(); }
  std::vector<FaxReport> TakeReports();
  std::thread& thread() { return thread_; }

 private:
  class Job;

  void Run();
  void Tell(FaxReport report);

  const std::function<void()> told_;
  std::mutex mutex_;
  std::vector<Fax*> added_;
  std::vector<FaxReport> reports_;
  std::atomic<bool> stop_{false};
  Wakeup wakeup_;
  std::list<std::unique_ptr<Job>> jobs_;
  std::thread thread_;
};

}  // namespace node_dahdi::media
