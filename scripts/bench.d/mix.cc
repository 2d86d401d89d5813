// A conference of 240 parties on A-law lines in memory: what one core could mix, by the engine's own ports
// and mixer, and by the plain way (tables, a sum, and for each party the sum without its own).
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "engine/conference.h"
#include "engine/port.h"

using namespace node_dahdi::media;

namespace {

constexpr int kSeconds = 20;

/** A line whose far end speaks for ever. */
class Line final : public Source {
 public:
  explicit Line(int index) {
    for (size_t i = 0; i < said_.size(); i++) {
      said_[i] = ToAlaw(
          static_cast<int16_t>(3000 * std::sin(static_cast<double>(i) * (300 + 10 * index) / 8000 * 6.283)));
    }
  }
  Law law() const override { return Law::kAlaw; }
  int Read(uint64_t, int16_t* samples) override {
    Decode(Law::kAlaw, said_.data() + at_, samples, kTickSamples);
    at_ = (at_ + kTickSamples) % said_.size();
    return kTickSamples;
  }
  int Write(uint64_t, const int16_t* samples, int count) override {
    Encode(Law::kAlaw, samples, heard_.data(), static_cast<size_t>(count));
    return 0;
  }

 private:
  std::array<uint8_t, 16 * kTickSamples> said_;
  std::array<uint8_t, kMaxBlock> heard_;
  size_t at_ = 0;
};

class Silent final : public PortListener {
  void OnDigit(uint32_t, const DtmfEvent&) override {}
  void OnHeard(uint32_t, const Heard&) override {}
  void OnTalking(uint32_t, bool) override {}
  void OnFaxEnd(uint32_t, Fax*, FaxReason) override {}
  void OnPlayEnd(uint32_t, Player*, PlayReason) override {}
  void OnRecordEnd(uint32_t, Recorder*, RecordReason) override {}
  void OnFailed(uint32_t, int) override {}
};

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <typename Tick>
double Channels(int parties, Tick&& tick) {
  constexpr int kTicks = kSeconds * 1000 / kTickMs;
  double best = 0;
  for (int round = 0; round < 3; round++) {
    const double began = CpuSeconds();
    for (int i = 0; i < kTicks; i++) tick(static_cast<uint64_t>(i) + 1);
    best = std::max(best, static_cast<double>(parties) * kSeconds / (CpuSeconds() - began));
  }
  return best;
}

double Engine(int parties) {
  Silent silent;
  std::vector<std::unique_ptr<Port>> ports;
  Conference conference(1);
  for (int i = 0; i < parties; i++) {
    ports.push_back(std::make_unique<Port>(static_cast<uint32_t>(i + 2), std::make_unique<Line>(i)));
    ports.back()->Join(&conference, {}, 0);
  }
  return Channels(parties, [&](uint64_t tick) {
    for (auto& port : ports) port->Receive(tick, silent);
    conference.Mix(silent);
    for (auto& port : ports) port->Send(tick, silent);
  });
}

double Plain(int parties) {
  std::vector<std::unique_ptr<Line>> lines;
  for (int i = 0; i < parties; i++) lines.push_back(std::make_unique<Line>(i));
  std::vector<int16_t> said(static_cast<size_t>(parties) * kTickSamples);
  return Channels(parties, [&](uint64_t tick) {
    int32_t total[kTickSamples] = {};
    for (int p = 0; p < parties; p++) {
      int16_t* const own = said.data() + p * kTickSamples;
      lines[static_cast<size_t>(p)]->Read(tick, own);
      for (int i = 0; i < kTickSamples; i++) total[i] += own[i];
    }
    for (int p = 0; p < parties; p++) {
      const int16_t* const own = said.data() + p * kTickSamples;
      int16_t heard[kTickSamples];
      for (int i = 0; i < kTickSamples; i++)
        heard[i] = static_cast<int16_t>(std::clamp(total[i] - own[i], -32768, 32767));
      lines[static_cast<size_t>(p)]->Write(tick, heard, kTickSamples);
    }
  });
}

}  // namespace

int main() {
  constexpr int kParties = 240;
  std::printf("{\"callbox\":%.0f,\"plain\":%.0f}\n", Engine(kParties), Plain(kParties));
}
