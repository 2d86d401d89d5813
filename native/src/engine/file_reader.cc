// Players in turn, a little at a time; one that begins gets its beginning at once, after those that speak.
#include "engine/file_reader.h"

#include <pthread.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/realtime.h"

namespace node_dahdi::media {
namespace {

constexpr size_t kChunk = 2048;
/** A ring holds 4 s; looking at it this often keeps it nearly full at little cost. */
constexpr int kRefillMs = 200;

}  // namespace

FileReader::FileReader() : thread_([this] { Run(); }) {
  pthread_setname_np(thread_.native_handle(), "media-read");
}

FileReader::~FileReader() {
  stop_.store(true, std::memory_order_release);
  wakeup_.Post();
  thread_.join();
}

void FileReader::Add(FilePlayer* player) {
  {
    const std::lock_guard lock(mutex_);
    added_.push_back(player);
  }
  wakeup_.Post();
}

void FileReader::Append(FilePlayer* player, std::vector<std::string> items, bool last) {
  {
    const std::lock_guard lock(mutex_);
    appended_.push_back({player, std::move(items), last});
  }
  wakeup_.Post();
}

void FileReader::Retire(std::unique_ptr<FilePlayer> player) {
  {
    const std::lock_guard lock(mutex_);
    retired_.push_back(std::move(player));
  }
  wakeup_.Post();
}

void FileReader::Run() {
  BecomeUrgent();
  while (!stop_.load(std::memory_order_acquire)) {
    TakeOrders();
    bool busy = true;
    while (busy && !stop_.load(std::memory_order_acquire)) {
      busy = false;
      for (Job& job : jobs_) {
        if (!job.begun) Begin(job);
        busy = Serve(job) || busy;
      }
      TakeOrders();
    }
    wakeup_.Wait(kRefillMs);
  }
}

void FileReader::TakeOrders() {
  std::vector<std::unique_ptr<FilePlayer>> retired;
  {
    const std::lock_guard lock(mutex_);
    for (FilePlayer* player : added_) jobs_.emplace_back(player);
    added_.clear();
    // Before players go: an order is never later than its player's end.
    for (More& more : appended_) {
      auto& items = more.player->items;
      items.insert(items.end(), std::make_move_iterator(more.items.begin()),
                   std::make_move_iterator(more.items.end()));
      if (more.last) more.player->open = false;
    }
    appended_.clear();
    retired.swap(retired_);
  }
  if (retired.empty()) return;
  for (const auto& player : retired) {
    jobs_.remove_if([&](const Job& job) { return job.player == player.get(); });
  }
  std::erase_if(files_, [](const auto& entry) { return entry.second.expired(); });
  open_files_.store(static_cast<int>(files_.size()), std::memory_order_relaxed);
}

std::shared_ptr<WaveFile> FileReader::Share(const std::string& path, std::string* code) {
  const auto known = files_.find(path);
  if (known != files_.end()) {
    if (auto file = known->second.lock(); file && file->Matches(path)) return file;
  }
  auto file = WaveFile::Open(path, code);
  if (file) files_[path] = file;
  open_files_.store(static_cast<int>(files_.size()), std::memory_order_relaxed);
  return file;
}

void FileReader::Begin(Job& job) {
  const auto fill = [this](Job& one) {
    while (one.player->ring.Readable() < FilePlayer::kInHand && Serve(one)) {
    }
  };
  for (Job& other : jobs_) {
    if (other.begun) fill(other);
  }
  fill(job);
  job.begun = true;
  job.player->ready.store(true, std::memory_order_release);
}

bool FileReader::Serve(Job& job) {
  FilePlayer& player = *job.player;
  // Slower is longer: twice as much, and what the pieces held back.
  if (job.done || player.ring.Writable() < (job.stretch ? 3 * kChunk : kChunk)) return false;
  int16_t samples[kChunk];
  if (!job.file && !NextItem(job)) {
    if (player.open) return false;
    job.done = true;
    if (job.stretch) job.stretch->Finish();
    Give(job, samples, 0);
    player.complete.store(true, std::memory_order_release);
    return false;
  }
  const int64_t got = ReadItem(job, samples, kChunk);
  if (got < 0) player.AddError(player.items[job.item], ErrnoName(static_cast<int>(-got)));
  if (got <= 0) {
    EndItem(job);
    return true;
  }
  job.round += static_cast<uint64_t>(got);
  Give(job, samples, static_cast<size_t>(got));
  return true;
}

void FileReader::Give(Job& job, const int16_t* samples, size_t count) {
  SpscRing<int16_t>& ring = job.player->ring;
  if (!job.stretch) {
    ring.Write(samples, count);
    return;
  }
  job.stretch->Put(samples, count);
  int16_t made[kChunk];
  while (const size_t got = job.stretch->Take(made, std::min<size_t>(kChunk, ring.Writable()))) {
    ring.Write(made, got);
  }
}

/** Opens the next item that can be played; false when the list is over. */
bool FileReader::NextItem(Job& job) {
  const FilePlayer& player = *job.player;
  while (true) {
    if (job.item >= player.items.size()) {
      if (player.open || !player.loop || job.round == 0) return false;
      job.to_skip %= job.round;
      job.item = 0;
      job.round = 0;
    }
    if (OpenItem(job)) return true;
    job.item++;
  }
}

bool FileReader::OpenItem(Job& job) {
  FilePlayer& player = *job.player;
  std::string code;
  job.file = Share(player.items[job.item], &code);
  if (!job.file) {
    player.AddError(player.items[job.item], code);
    return false;
  }
  const WaveFormat& format = job.file->format();
  const uint64_t length = format.frames * kRate / format.rate;
  if (length <= job.to_skip) {
    job.to_skip -= length;
    // What is left out has been there all the same: an endless list goes round until the offset is reached.
    job.round += length;
    job.file.reset();
    return false;
  }
  job.frame = job.to_skip * format.rate / kRate;
  job.to_skip = 0;
  job.resampler = format.rate == kRate ? nullptr : std::make_unique<Resampler>(format.rate);
  return true;
}

void FileReader::EndItem(Job& job) {
  job.file.reset();
  job.resampler.reset();
  job.item++;
}

int64_t FileReader::ReadItem(Job& job, int16_t* samples, size_t count) {
  const auto pull = [&job](int16_t* to, size_t wanted) {
    const int64_t got = job.file->Read(job.frame, to, wanted);
    if (got > 0) job.frame += static_cast<uint64_t>(got);
    return got;
  };
  return job.resampler ? job.resampler->Read(samples, count, pull) : pull(samples, count);
}

}  // namespace node_dahdi::media
