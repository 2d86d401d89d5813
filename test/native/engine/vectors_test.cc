// What vectors make of many samples, against the plain way for each: with the instructions that this
// processor has, and without a choice of them. Prints one line a check and exits non-zero when one fails.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <random>
#include <vector>

#include "engine/dtmf_bank.h"
#include "engine/dtmf_detector.h"
#include "engine/energy.h"
#include "engine/g711.h"

using namespace node_dahdi::media;

namespace {

int failures = 0;

/** What this processor has beside the plain loops. */
std::vector<Simd> Others() {
#if defined(__x86_64__)
  return BestSimd() == Simd::kAvx2 ? std::vector{Simd::kSse2, Simd::kAvx2} : std::vector{Simd::kSse2};
#elif defined(__aarch64__)
  return {Simd::kNeon};
#else
  return {};
#endif
}

const std::vector<Simd> kOthers = Others();

void Check(bool good, const char* what) {
  std::printf("%s %s\n", good ? "ok" : "not ok", what);
  failures += good ? 0 : 1;
}

void TestCompanding() {
  bool same = true;
  std::vector<int16_t> all(65536), back(256);
  std::vector<uint8_t> codes(all.size()), each(256);
  for (size_t i = 0; i < all.size(); i++) all[i] = static_cast<int16_t>(i);
  for (size_t i = 0; i < each.size(); i++) each[i] = static_cast<uint8_t>(i);
  for (const Law law : {Law::kAlaw, Law::kUlaw}) {
    // Odd lengths and places too.
    for (const size_t from : {0u, 1u, 7u}) {
      Encode(law, all.data() + from, codes.data(), all.size() - from);
      for (size_t i = 0; i + from < all.size(); i++) {
        same = same && codes[i] == (law == Law::kAlaw ? ToAlaw(all[i + from]) : ToUlaw(all[i + from]));
      }
    }
    Decode(law, each.data(), back.data(), each.size());
    for (size_t i = 0; i < each.size(); i++) {
      same = same && back[i] == (law == Law::kAlaw ? FromAlaw(each[i]) : FromUlaw(each[i]));
    }
  }
  Check(same, "G.711 of many samples is that of each, for every sample and code");
}

void TestEnergy() {
  std::mt19937 random(7);
  bool right = true;
  for (int round = 0; round < 1000; round++) {
    std::array<int16_t, 64> samples;
    for (auto& sample : samples) sample = static_cast<int16_t>(round == 0 ? INT16_MIN : random());
    const int count = round == 0 ? 64 : static_cast<int>(random() % 33) * 2;
    uint32_t plain = 0;
    for (int i = 0; i < count; i += 2) {
      plain += (static_cast<uint32_t>(samples[i] * samples[i]) +
                static_cast<uint32_t>(samples[i + 1] * samples[i + 1])) >>
               5;
    }
    right = right && Energy(samples.data(), count) == plain;
  }
  Check(right, "a block's energy is the same by vectors, the loudest too");
}

void TestBank() {
  std::mt19937 random(1);
  bool equal = true;
  for (int i = 0; i < 10'000; i++) {
    int16_t samples[kSubBlock];
    for (int16_t& sample : samples) {
      const uint32_t bits = random();
      sample = i % 3 == 0   ? static_cast<int16_t>(bits)
               : i % 3 == 1 ? (bits & 1 ? INT16_MIN : INT16_MAX)
                            : static_cast<int16_t>(bits % 64);
    }
    if (i == 1) std::fill(std::begin(samples), std::end(samples), INT16_MIN);
    SubBlock plain, other;
    Correlate(Simd::kScalar, samples, &plain);
    for (const Simd simd : kOthers) {
      Correlate(simd, samples, &other);
      equal = equal && plain.sums == other.sums && plain.energy == other.energy;
    }
  }
  Check(equal, "all instruction sets give the same correlations, extremes among them");
}

/** Digits of every level, twist, length and pitch in noise, many of them just not to be heard. */
void TestDigits() {
  constexpr double kRows[4] = {697, 770, 852, 941}, kColumns[4] = {1209, 1336, 1477, 1633};
  std::mt19937 random(11);
  const auto between = [&](double low, double high) {
    return low + (high - low) * (random() % 10'000) / 1e4;
  };
  DtmfDetector plain(Simd::kScalar);
  std::vector<DtmfDetector> others;
  for (const Simd simd : kOthers) others.emplace_back(simd);
  bool same = true;
  uint32_t heard = 0, digest = 0;
  for (int i = 0; i < 10'000; i++) {
    const double row = kRows[random() % 4] * between(0.96, 1.04),
                 column = kColumns[random() % 4] * between(0.96, 1.04);
    const double loud = between(20, 12'000), twist = between(0.3, 3), noise = between(0, 0.5);
    const int on = static_cast<int>(between(100, 700)), all = on + static_cast<int>(between(100, 500));
    std::vector<int16_t> samples(static_cast<size_t>(all));
    for (int n = 0; n < all; n++) {
      const double tone =
          n < on ? std::sin(6.283185307 * row * n / 8000) + twist * std::sin(6.283185307 * column * n / 8000)
                 : 0;
      samples[static_cast<size_t>(n)] = static_cast<int16_t>(
          std::lround(std::clamp(loud * (tone + noise * between(-1, 1)), -32768.0, 32767.0)));
    }
    std::vector<DtmfEvent> events, its;
    plain.Process(samples.data(), all, [&](const DtmfEvent& event) { events.push_back(event); });
    for (const DtmfEvent& event : events) {
      heard++;
      digest = digest * 31 + static_cast<uint32_t>(event.digit) + 7 * event.ms;
    }
    for (DtmfDetector& other : others) {
      its.clear();
      other.Process(samples.data(), all, [&](const DtmfEvent& event) { its.push_back(event); });
      same = same && std::equal(events.begin(), events.end(), its.begin(), its.end(),
                                [](const DtmfEvent& a, const DtmfEvent& b) {
                                  return a.type == b.type && a.digit == b.digit && a.ms == b.ms &&
                                         a.row == b.row;
                                });
    }
  }
  Check(same, "all instruction sets hear the same digits in 10,000 random inputs");
  Check(heard > 3000 && heard < 17'000, "of which many are digits and many are not");
  std::printf("digits %u %08x\n", heard, digest);
}

}  // namespace

int main() {
  TestBank();
  TestDigits();
  TestCompanding();
  TestEnergy();
  return failures == 0 ? 0 : 1;
}
