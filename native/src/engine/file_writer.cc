// Every 0.7 s samples go to the file and then their count into its header: what a crash leaves is a
// whole WAV file that lacks less than the last second.
#include "engine/file_writer.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "engine/realtime.h"
#include "engine/wave.h"

namespace node_dahdi::media {
namespace {

constexpr int kDrainMs = 700;
/** Drains after which the disk is told to begin: often enough for a power cut, seldom enough for its life. */
constexpr int kDrainsPerSync = 7;

}  // namespace

FileWriter::FileWriter(std::function<void()> done)
    : done_(std::move(done)),
      sealer_([this](RecordResult result) { Tell(std::move(result)); }),
      thread_([this] { Run(); }) {
  pthread_setname_np(thread_.native_handle(), "media-write");
}

FileWriter::~FileWriter() {
  stop_.store(true, std::memory_order_release);
  wakeup_.Post();
  thread_.join();
}

void FileWriter::Add(Recorder* recorder) {
  {
    const std::lock_guard lock(mutex_);
    added_.push_back(recorder);
  }
  wakeup_.Post();
}

std::vector<RecordResult> FileWriter::TakeResults() {
  const std::lock_guard lock(mutex_);
  return std::exchange(results_, {});
}

void FileWriter::Run() {
  BecomeUrgent();
  uint64_t next_drain = 0;
  bool stop = false;
  while (!stop) {
    wakeup_.Wait(kDrainMs);
    stop = stop_.load(std::memory_order_acquire);
    std::vector<Recorder*> added;
    {
      const std::lock_guard lock(mutex_);
      added.swap(added_);
    }
    for (Recorder* recorder : added) {
      jobs_.emplace_back(recorder);
      Open(jobs_.back());
    }
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const uint64_t now_ms =
        static_cast<uint64_t>(now.tv_sec) * 1000 + static_cast<uint64_t>(now.tv_nsec) / 1'000'000;
    // Woken for the end of one recording, the others keep their pace.
    const bool drain_all = now_ms >= next_drain;
    if (drain_all) next_drain = now_ms + kDrainMs * 9 / 10;
    for (auto job = jobs_.begin(); job != jobs_.end();) {
      const bool ended = job->recorder->ended.load(std::memory_order_acquire);
      if (drain_all || ended || stop) Drain(*job);
      if (ended || stop) {
        Finish(*job);
        job = jobs_.erase(job);
      } else {
        ++job;
      }
    }
  }
}

void FileWriter::Open(Job& job) {
  const int access = job.recorder->sealed ? O_RDWR : O_WRONLY;
  job.fd =
      open(job.recorder->path.c_str(), access | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640);
  if (job.fd < 0) {
    Fail(job, errno);
    return;
  }
  open_files_.fetch_add(1, std::memory_order_relaxed);
  const auto header = WaveHeader(job.recorder->law, job.recorder->channels, 0);
  job.header_bytes = header.size();
  if (Put(job, header.data(), header.size())) job.bytes = 0;
}

void FileWriter::Fail(Job& job, int error) {
  if (job.error.empty()) job.error = ErrnoName(error);
  job.recorder->failed.store(true, std::memory_order_release);
}

bool FileWriter::Put(Job& job, const uint8_t* bytes, size_t count) {
  while (count > 0) {
    const ssize_t put = write(job.fd, bytes, count);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) {
      Fail(job, put == 0 ? EIO : errno);
      return false;
    }
    bytes += put;
    count -= static_cast<size_t>(put);
    job.bytes += static_cast<uint64_t>(put);
  }
  return true;
}

void FileWriter::Drain(Job& job) {
  if (job.fd < 0 || !job.error.empty()) return;
  const uint64_t before = job.bytes;
  std::array<uint8_t, 32768> bytes;
  while (size_t got = job.recorder->ring.Read(bytes.data(), bytes.size())) {
    if (!Put(job, bytes.data(), got)) break;
  }
  if (job.bytes == before) return;
  const auto header = WaveHeader(job.recorder->law, job.recorder->channels, job.bytes);
  if (pwrite(job.fd, header.data(), header.size(), 0) != static_cast<ssize_t>(header.size()))
    Fail(job, errno);
  // Starts the disk without waiting for it.
  if (++job.drains % kDrainsPerSync == 0) sync_file_range(job.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void FileWriter::Finish(Job& job) {
  const Recorder& recorder = *job.recorder;
  if (job.fd >= 0 && job.error.empty()) {
    const bool ended = recorder.ended.load(std::memory_order_acquire);
    std::array<uint8_t, 4096> silence;
    silence.fill(recorder.law == Law::kAlaw ? kAlawSilence : recorder.law == Law::kUlaw ? kUlawSilence : 0);
    for (uint64_t owed = ended ? recorder.owed * recorder.frame_bytes : 0; owed > 0;) {
      const size_t run = std::min<uint64_t>(owed, silence.size());
      if (!Put(job, silence.data(), run)) break;
      owed -= run;
    }
    const auto header = WaveHeader(recorder.law, recorder.channels, job.bytes);
    if (job.error.empty() && pwrite(job.fd, header.data(), header.size(), 0) < 0) Fail(job, errno);
    const uint8_t pad = 0;
    if (job.error.empty() && (job.bytes & 1) != 0 && write(job.fd, &pad, 1) != 1) Fail(job, errno);
    if (job.error.empty() && fdatasync(job.fd) != 0 && errno != EINVAL && errno != EROFS) Fail(job, errno);
  }
  const bool seal = job.fd >= 0 && recorder.sealed && job.error.empty();
  if (job.fd >= 0) open_files_.fetch_sub(1, std::memory_order_relaxed);
  const RecordReason reason = !job.error.empty()                               ? RecordReason::kError
                              : recorder.ended.load(std::memory_order_acquire) ? recorder.reason
                                                                               : RecordReason::kClosed;
  const uint64_t total = job.fd < 0 ? 0 : job.bytes + job.header_bytes + (job.bytes & 1);
  RecordResult result{recorder.id,
                      reason,
                      job.bytes / recorder.frame_bytes,
                      total,
                      recorder.lost.load(std::memory_order_relaxed),
                      job.error};
  if (seal) {
    sealer_.Add(std::move(result), job.fd);
  } else {
    if (job.fd >= 0) close(job.fd);
    Tell(std::move(result));
  }
}

void FileWriter::Tell(RecordResult result) {
  {
    const std::lock_guard lock(mutex_);
    results_.push_back(std::move(result));
  }
  done_();
}

}  // namespace node_dahdi::media
