// Rendering: the only part of playing that runs on the media thread.
#include "engine/player.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace node_dahdi::media {
namespace {

constexpr int kSineBits = 10;

std::array<float, (1 << kSineBits) + 1> MakeSine() {
  std::array<float, (1 << kSineBits) + 1> table{};
  for (size_t i = 0; i < table.size(); i++) {
    table[i] = static_cast<float>(std::sin(2 * std::numbers::pi * static_cast<double>(i) / (1 << kSineBits)));
  }
  return table;
}

const auto kSine = MakeSine();

float Sine(uint32_t phase) {
  const uint32_t index = phase >> (32 - kSineBits);
  const float between = static_cast<float>(phase << kSineBits) * 0x1p-32f;
  return kSine[index] + between * (kSine[index + 1] - kSine[index]);
}

}  // namespace

int FilePlayer::Render(int16_t* samples, int count) {
  if (paused.load(std::memory_order_relaxed)) {
    std::fill_n(samples, count, int16_t{0});
    return count;
  }
  if (!ready.load(std::memory_order_acquire)) return 0;
  // Looked at before the ring: what was written before it was set is then surely seen.
  const bool last = complete.load(std::memory_order_acquire);
  const auto got = static_cast<int>(ring.Read(samples, static_cast<size_t>(count)));
  const float volume = gain.load(std::memory_order_relaxed);
  if (volume != 1) {
    for (int i = 0; i < got; i++) {
      samples[i] = static_cast<int16_t>(
          std::clamp(std::lrintf(static_cast<float>(samples[i]) * volume), -32768L, 32767L));
    }
  }
  rendered_.fetch_add(static_cast<uint64_t>(got), std::memory_order_relaxed);
  if (last) {
    finished_ = ring.Readable() == 0;
  } else if (got < count && rendered() > 0) {
    underruns_++;
  }
  return got;
}

void FilePlayer::AddError(std::string item, std::string code) {
  constexpr size_t kMaxErrors = 100;
  const std::lock_guard lock(mutex_);
  // An endless list meets the same hole again and again.
  const bool known =
      std::any_of(errors_.begin(), errors_.end(), [&](const PlayError& e) { return e.item == item; });
  if (!known && errors_.size() < kMaxErrors) errors_.push_back({std::move(item), std::move(code)});
}

std::vector<PlayError> FilePlayer::Errors() {
  const std::lock_guard lock(mutex_);
  return errors_;
}

int SamplePlayer::Render(int16_t* samples, int count) {
  const auto run = std::min<size_t>(static_cast<size_t>(count), samples_.size() - at_);
  std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at_), run, samples);
  at_ += run;
  rendered_.fetch_add(run, std::memory_order_relaxed);
  finished_ = at_ == samples_.size();
  return static_cast<int>(run);
}

TonePlayer::TonePlayer(uint32_t id, std::vector<TonePart> parts, bool repeat)
    : Player(id),
      parts_(std::move(parts)),
      repeat_(repeat &&
              std::any_of(parts_.begin(), parts_.end(), [](const TonePart& p) { return p.samples > 0; })) {
  if (!parts_.empty()) left_ = parts_[0].samples;
}

void TonePlayer::Next() {
  const TonePart before = parts_[part_];
  if (++part_ == parts_.size() && repeat_) part_ = 0;
  if (part_ == parts_.size()) return;
  left_ = parts_[part_].samples;
  for (int i = 0; i < 2; i++) {
    // A frequency that goes on keeps its phase: a continuous tone of one repeated part has no click.
    if (parts_[part_].step[i] != before.step[i]) phase_[i] = 0;
  }
}

int TonePlayer::Render(int16_t* samples, int count) {
  int done = 0;
  while (done < count && part_ < parts_.size()) {
    if (left_ == 0) {
      Next();
      continue;
    }
    const TonePart& part = parts_[part_];
    const int run = static_cast<int>(std::min<uint32_t>(left_, static_cast<uint32_t>(count - done)));
    if (part.step[0] == 0 && part.step[1] == 0) {
      std::fill_n(samples + done, run, int16_t{0});
    } else {
      for (int i = 0; i < run; i++) {
        const float sum = Sine(phase_[0]) + Sine(phase_[1]);
        phase_[0] += part.step[0];
        phase_[1] += part.step[1];
        samples[done + i] =
            static_cast<int16_t>(std::clamp(std::lrintf(sum * part.amplitude), -32768L, 32767L));
      }
    }
    done += run;
    left_ -= static_cast<uint32_t>(run);
  }
  while (part_ < parts_.size() && left_ == 0) {
    if (part_ + 1 == parts_.size() && repeat_) break;
    Next();
  }
  rendered_.fetch_add(static_cast<uint64_t>(done), std::memory_order_relaxed);
  finished_ = part_ >= parts_.size();
  return done;
}

TonePart MakeTonePart(double frequency1, double frequency2, double level, double ms) {
  TonePart part;
  const auto step = [](double frequency) {
    return frequency > 0 && frequency < kRate / 2.0
               ? static_cast<uint32_t>(std::lround(frequency / kRate * 0x1p32))
               : 0u;
  };
  part.step[0] = step(frequency1);
  part.step[1] = step(frequency2);
  part.amplitude =
      static_cast<float>(32768.0 * std::pow(10.0, (std::min(level, 3.0) - kOverloadDbm0) / 20.0));
  part.samples = static_cast<uint32_t>(std::lround(std::clamp(ms, 0.0, 86'400'000.0) * kSamplesPerMs));
  return part;
}

}  // namespace node_dahdi::media
