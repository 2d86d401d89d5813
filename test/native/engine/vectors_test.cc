// What vectors make of many samples, against the plain way for each: with the instructions that this
// processor has, and without a choice of them. Prints one line a check and exits non-zero when one fails.
#include <array>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "engine/energy.h"
#include "engine/g711.h"

using namespace node_dahdi::media;

namespace {

int failures = 0;

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

}  // namespace

int main() {
  TestCompanding();
  TestEnergy();
  return failures == 0 ? 0 : 1;
}
