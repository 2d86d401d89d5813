// A whole audio file as samples at 8 kHz, mono, on a thread of libuv's pool.
#include "engine/read_audio.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "driver/arguments.h"
#include "engine/resampler.h"
#include "engine/wave.h"

namespace node_dahdi {
namespace {

/** Ten minutes. */
constexpr size_t kMost = 600 * media::kRate;

class ReadWorker final : public Napi::AsyncWorker {
 public:
  ReadWorker(Napi::Env env, std::string path)
      : AsyncWorker(env, "read-audio"),
        path_(std::move(path)),
        deferred_(Napi::Promise::Deferred::New(env)) {}
  Napi::Promise Promise() const { return deferred_.Promise(); }

  void Execute() override {
    const auto file = media::WaveFile::Open(path_, &code_);
    if (!file) return;
    uint64_t frame = 0;
    const auto pull = [&](int16_t* to, size_t wanted) {
      const int64_t got = file->Read(frame, to, wanted);
      if (got > 0) frame += static_cast<uint64_t>(got);
      return got;
    };
    media::Resampler resampler(file->format().rate);
    const bool same = file->format().rate == media::kRate;
    constexpr size_t kChunk = 4096;
    while (samples_.size() < kMost) {
      const size_t before = samples_.size();
      samples_.resize(before + kChunk);
      int16_t* const to = samples_.data() + before;
      const int64_t got = same ? pull(to, kChunk) : resampler.Read(to, kChunk, pull);
      samples_.resize(before + static_cast<size_t>(std::max<int64_t>(0, got)));
      if (got < 0) code_ = media::ErrnoName(static_cast<int>(-got));
      if (got <= 0) return;
    }
    code_ = "EFBIG";
  }

  void OnOK() override {
    if (!code_.empty()) {
      Napi::Error error = Napi::Error::New(Env(), "audio file: " + code_);
      error.Set("code", code_);
      deferred_.Reject(error.Value());
      return;
    }
    auto samples = Napi::Int16Array::New(Env(), samples_.size());
    std::copy(samples_.begin(), samples_.end(), samples.Data());
    deferred_.Resolve(samples);
  }

 private:
  const std::string path_;
  std::string code_;
  std::vector<int16_t> samples_;
  Napi::Promise::Deferred deferred_;
};

}  // namespace

Napi::Value ReadAudio(const Napi::CallbackInfo& info) {
  constexpr size_t kMostPath = 4'095;
  auto* const worker = new ReadWorker(info.Env(), ToText(info[0], "path", kMostPath));
  const Napi::Promise promise = worker->Promise();
  worker->Queue();
  return promise;
}

}  // namespace node_dahdi
