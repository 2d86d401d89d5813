// Our DTMF detector and libspandsp's on one generated corpus, in one run. Prints a JSON object a detector;
// with names of WAV files, how often each detector takes speech for a digit at several gains.
#include <spandsp.h>
#include <time.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "engine/dtmf_detector.h"
#include "engine/g711.h"
#include "engine/resampler.h"
#include "engine/wave.h"

using node_dahdi::media::DtmfDetector;
using node_dahdi::media::DtmfEvent;
using node_dahdi::media::Simd;
using node_dahdi::media::WaveFile;
using Signal = std::vector<double>;
using Samples = std::vector<int16_t>;

namespace {

constexpr double kRows[4] = {697, 770, 852, 941}, kColumns[4] = {1209, 1336, 1477, 1633};
constexpr char kKeys[] = "123A456B789C*0#D";
std::mt19937 generator(20260105);

double Uniform(double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(generator);
}
double Peak(double dbm0) { return 32768 * std::pow(10.0, (dbm0 - 3.14) / 20); }

struct Digit {
  int key = 0;
  double on = 50, off = 50, level = -10, twist = 0;  // ms, ms, dBm0 of the row, column over row in dB
  double row_shift = 0, column_shift = 0;            // parts of the frequency
};

void Add(Signal* signal, const Digit& d) {
  const double row = kRows[d.key / 4] * (1 + d.row_shift),
               column = kColumns[d.key % 4] * (1 + d.column_shift);
  const double a = Peak(d.level), b = Peak(d.level + d.twist), p = Uniform(0, 6.28), q = Uniform(0, 6.28);
  const int on = static_cast<int>(std::lround(d.on * 8)), off = static_cast<int>(std::lround(d.off * 8));
  for (int n = 0; n < on; n++) {
    const double w = 2 * std::numbers::pi * n / 8000;
    signal->push_back(a * std::sin(w * row + p) + b * std::sin(w * column + q));
  }
  signal->insert(signal->end(), off, 0.0);
}

/** Digits at random places of the detectors' blocks. */
void Silence(Signal* signal, double ms) {
  signal->insert(signal->end(), static_cast<size_t>(ms * 8 + Uniform(0, 110)), 0.0);
}

Samples Quantised(const Signal& signal, double noise_rms = 0) {
  std::normal_distribution<double> noise(0, noise_rms > 0 ? noise_rms : 1);
  Samples samples;
  samples.reserve(signal.size());
  for (double x : signal) {
    if (noise_rms > 0) x += noise(generator);
    const auto linear = static_cast<int16_t>(std::floor(0.5 + std::fmin(32767, std::fmax(-32768, x))));
    samples.push_back(node_dahdi::media::FromAlaw(node_dahdi::media::ToAlaw(linear)));
  }
  return samples;
}

double RmsOf(const Digit& d) {
  const double a = Peak(d.level), b = Peak(d.level + d.twist);
  return std::sqrt((a * a + b * b) / 2);
}

class Detector {
 public:
  virtual ~Detector() = default;
  virtual void Reset() = 0;
  virtual void Feed(const int16_t* samples, int count) = 0;
  std::string digits;
};

class Ours : public Detector {
 public:
  explicit Ours(Simd simd) : simd_(simd) { Reset(); }
  void Reset() override {
    detector_ = std::make_unique<DtmfDetector>(simd_);
    digits.clear();
  }
  void Feed(const int16_t* samples, int count) override {
    detector_->Process(samples, count, [this](const DtmfEvent& event) {
      if (event.type == DtmfEvent::Type::kBegin) digits.push_back(event.digit);
    });
  }

 private:
  const Simd simd_;
  std::unique_ptr<DtmfDetector> detector_;
};

class Spandsp : public Detector {
 public:
  Spandsp() { Reset(); }
  ~Spandsp() override { dtmf_rx_free(state_); }
  void Reset() override {
    if (state_ != nullptr) dtmf_rx_free(state_);
    state_ = dtmf_rx_init(nullptr, nullptr, nullptr);
    digits.clear();
  }
  void Feed(const int16_t* samples, int count) override {
    dtmf_rx(state_, samples, count);
    char text[129];
    while (dtmf_rx_get(state_, text, 128) > 0) digits += text;
  }

 private:
  dtmf_rx_state_t* state_ = nullptr;
};

/** The textbook's: eight filters by Goertzel over 102 samples, the strongest of each group, two blocks alike.
 */
class Goertzel : public Detector {
 public:
  Goertzel() { Reset(); }
  void Reset() override {
    count_ = 0;
    last_ = before_ = 0;
    energy_ = 0;
    for (auto& filter : filters_) filter = {};
    digits.clear();
  }
  void Feed(const int16_t* samples, int count) override {
    for (int n = 0; n < count; n++) {
      const float x = samples[n];
      energy_ += x * x;
      for (int i = 0; i < 8; i++) {
        const float s = x + kTurns[i] * filters_[i][0] - filters_[i][1];
        filters_[i][1] = filters_[i][0];
        filters_[i][0] = s;
      }
      if (++count_ == kBlock) Decide();
    }
  }

 private:
  static constexpr int kBlock = 102;
  static inline const std::array<float, 8> kTurns = [] {
    std::array<float, 8> turns{};
    for (size_t i = 0; i < 8; i++) {
      const double hz = i < 4 ? kRows[i] : kColumns[i - 4];
      turns[i] = static_cast<float>(2 * std::cos(2 * std::numbers::pi * hz / 8000));
    }
    return turns;
  }();

  void Decide() {
    std::array<float, 8> power{};
    for (size_t i = 0; i < 8; i++) {
      const auto [s1, s2] = filters_[i];
      power[i] = s1 * s1 + s2 * s2 - kTurns[i] * s1 * s2;
      filters_[i] = {};
    }
    size_t row = 0, column = 4;
    for (size_t i = 1; i < 4; i++) {
      if (power[i] > power[row]) row = i;
      if (power[4 + i] > power[column]) column = 4 + i;
    }
    bool clear = power[row] > 8e7f && power[column] > 8e7f && power[column] < power[row] * 6.3f &&
                 power[row] < power[column] * 2.5f && power[row] + power[column] > 42.0f * energy_;
    for (size_t i = 0; i < 4; i++) {
      if (i != row && power[i] * 6.3f > power[row]) clear = false;
      if (4 + i != column && power[4 + i] * 6.3f > power[column]) clear = false;
    }
    const char hit = clear ? kKeys[row * 4 + column - 4] : 0;
    if (hit != 0 && hit == last_ && hit != before_) digits.push_back(hit);
    before_ = hit == last_ ? hit : before_ == hit ? before_ : 0;
    last_ = hit;
    count_ = 0;
    energy_ = 0;
  }

  std::array<std::array<float, 2>, 8> filters_;
  int count_;
  float energy_;
  char last_, before_;
};

std::string Heard(Detector& detector, const Samples& samples) {
  detector.Reset();
  for (size_t at = 0; at < samples.size(); at += 64) {
    detector.Feed(samples.data() + at, static_cast<int>(std::min<size_t>(64, samples.size() - at)));
  }
  return detector.digits;
}

/** One digit by itself; noise is `snr` dB below it (0: none). */
Samples Alone(const Digit& digit, double snr = 0) {
  Signal signal;
  Silence(&signal, 60);
  Add(&signal, digit);
  Silence(&signal, 60);
  return Quantised(signal, snr > 0 ? RmsOf(digit) / std::pow(10.0, snr / 20) : 0);
}

struct Case {
  Samples samples;
  std::string expected;
};

/** The share of cases heard just as expected. */
int Right(Detector& detector, const std::vector<Case>& cases) {
  int right = 0;
  for (const Case& c : cases) right += Heard(detector, c.samples) == c.expected ? 1 : 0;
  return right;
}

std::vector<Case> Each(int repeats, const std::function<Digit(int key, int repeat)>& make, bool wanted,
                       double snr = 0) {
  std::vector<Case> cases;
  for (int key = 0; key < 16; key++) {
    for (int i = 0; i < repeats; i++) {
      Digit digit = make(key, i);
      digit.key = key;
      cases.push_back({Alone(digit, snr), wanted ? std::string(1, kKeys[key]) : ""});
    }
  }
  return cases;
}

struct Corpus {
  std::vector<Case> decode, accept, reject, noise15, noise12, noise9, mix, strings, dropouts, short20;
  std::vector<std::pair<double, std::vector<Case>>> twists, levels, lengths;
};

Corpus MakeCorpus() {
  Corpus corpus;
  corpus.decode = Each(
      10, [](int, int) { return Digit{}; }, true);
  constexpr double kIn[15][2] = {{1.5, 1.5}, {1.5, -1.5}, {-1.5, 1.5}, {-1.5, -1.5}, {1.5, 0},
                                 {-1.5, 0},  {0, 1.5},    {0, -1.5},   {1, 1},       {-1, -1},
                                 {1, -1},    {-1, 1},     {0.5, 1.5},  {-0.5, -1.5}, {0.5, -0.5}};
  corpus.accept = Each(
      15, [&](int, int i) { return Digit{.row_shift = kIn[i][0] / 100, .column_shift = kIn[i][1] / 100}; },
      true);
  constexpr double kOut[6] = {3.5, 4, 4.5, 5, 5.5, 6};
  corpus.reject = Each(
      26,
      [&](int, int i) {
        if (i >= 24)
          return Digit{.row_shift = i == 24 ? 0.035 : -0.035, .column_shift = i == 24 ? 0.035 : -0.035};
        const double shift = kOut[i / 4] / 100 * (i % 2 == 0 ? 1 : -1);
        return i % 4 < 2 ? Digit{.row_shift = shift} : Digit{.column_shift = shift};
      },
      false);
  for (auto [list, snr] :
       {std::pair{&corpus.noise15, 15.0}, {&corpus.noise12, 12.0}, {&corpus.noise9, 9.0}}) {
    *list = Each(
        63, [](int, int) { return Digit{}; }, true, snr);
    list->resize(1000);
  }
  for (double twist = -14; twist <= 14; twist += 0.25) {
    corpus.twists.push_back(
        {twist,
         Each(
             2, [&](int, int) { return Digit{.level = twist > 0 ? -10.0 - twist : -10.0, .twist = twist}; },
             true)});
  }
  for (double level = 0; level >= -50; level -= 1) {
    corpus.levels.push_back({level, Each(
                                        2, [&](int, int) { return Digit{.level = level}; }, true)});
  }
  for (double ms = 10; ms <= 50; ms += 0.5) {
    corpus.lengths.push_back({ms, Each(
                                      4, [&](int, int) { return Digit{.on = ms}; }, true)});
  }
  corpus.short20 = Each(
      20, [](int, int) { return Digit{.on = Uniform(5, 20)}; }, false);
  for (int i = 0; i < 50; i++) {
    Signal signal;
    Silence(&signal, 60);
    const int key = i % 16;
    Digit digit{.key = key, .on = 120};
    Signal tone;
    Add(&tone, digit);
    const auto gap = static_cast<size_t>(Uniform(15, 95) * 8);
    std::fill_n(tone.begin() + static_cast<long>(gap), 80, 0.0);
    signal.insert(signal.end(), tone.begin(), tone.end());
    Silence(&signal, 60);
    corpus.dropouts.push_back({Quantised(signal), std::string(1, kKeys[key])});
  }
  for (int i = 0; i < 100; i++) {
    Signal signal;
    std::string expected;
    Silence(&signal, 60);
    for (int k = 0; k < 10; k++) {
      const int key = static_cast<int>(Uniform(0, 16));
      expected.push_back(kKeys[key]);
      Add(&signal, {.key = key, .on = 40, .off = 30});
    }
    Silence(&signal, 60);
    corpus.strings.push_back({Quantised(signal), expected});
  }
  for (int i = 0; i < 2000; i++) {
    // Within the limits of both detectors' books: twist up to 4 dB either way.
    const Digit digit{.key = static_cast<int>(Uniform(0, 16)),
                      .on = Uniform(40, 100),
                      .level = Uniform(-25, -3),
                      .twist = Uniform(-4, 4),
                      .row_shift = Uniform(-0.015, 0.015),
                      .column_shift = Uniform(-0.015, 0.015)};
    corpus.mix.push_back({Alone(digit, Uniform(15, 30)), std::string(1, kKeys[digit.key])});
  }
  return corpus;
}

bool All(Detector& detector, const std::vector<Case>& cases) {
  return Right(detector, cases) == static_cast<int>(cases.size());
}

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/** Channels of speech-like noise, digits and silence that one core could listen to. */
double ChannelsPerCore(const std::function<std::unique_ptr<Detector>()>& make) {
  constexpr int kChannels = 60, kSeconds = 20;
  Signal signal;
  for (int second = 0; second < kSeconds; second++) {
    Signal part;
    if (second % 4 == 0) {
      for (int k = 0; k < 8; k++) Add(&part, {.key = static_cast<int>(Uniform(0, 16)), .on = 60, .off = 65});
    }
    double low = 0;
    while (part.size() < 8000) part.push_back(second % 4 == 3 ? 0 : low = 0.9 * low + Uniform(-900, 900));
    part.resize(8000);
    signal.insert(signal.end(), part.begin(), part.end());
  }
  const Samples samples = Quantised(signal);
  std::vector<std::unique_ptr<Detector>> detectors;
  for (int i = 0; i < kChannels; i++) detectors.push_back(make());
  double best = 0;
  for (int round = 0; round < 3; round++) {
    const double began = CpuSeconds();
    for (size_t at = 0; at + 64 <= samples.size(); at += 64) {
      for (auto& detector : detectors) detector->Feed(samples.data() + at, 64);
    }
    best = std::fmax(best, kChannels * static_cast<double>(samples.size()) / 8000 / (CpuSeconds() - began));
  }
  return best;
}

void Report(const char* name, const Corpus& corpus, const std::function<std::unique_ptr<Detector>()>& make) {
  auto detector = make();
  Detector& d = *detector;
  double twist_low = 0, twist_high = 0, lowest = 1, all_above = 0, none_below = 0;
  for (auto it = corpus.twists.rbegin(); it != corpus.twists.rend(); ++it) {
    if (it->first <= 0 && All(d, it->second))
      twist_low = it->first;
    else if (it->first <= 0)
      break;
  }
  for (const auto& [twist, cases] : corpus.twists) {
    if (twist >= 0 && All(d, cases))
      twist_high = twist;
    else if (twist >= 0)
      break;
  }
  for (const auto& [level, cases] : corpus.levels) {
    if (!All(d, cases)) break;
    lowest = level;
  }
  for (auto it = corpus.lengths.rbegin(); it != corpus.lengths.rend() && All(d, it->second); ++it)
    all_above = it->first;
  for (const auto& [ms, cases] : corpus.lengths) {
    if (Right(d, cases) > 0) break;
    none_below = ms;
  }
  int doubled = 0, string_digits = 0;
  for (const Case& c : corpus.dropouts) doubled += Heard(d, c.samples).size() > 1 ? 1 : 0;
  for (const Case& c : corpus.strings) string_digits += Heard(d, c.samples) == c.expected ? 10 : 0;
  const auto wrong = [&](const std::vector<Case>& cases) {
    return static_cast<int>(cases.size()) - Right(d, cases);
  };
  std::printf(
      "{\"detector\":\"%s\",\"channelsPerCore\":%.0f,\"decode\":%d,\"accepted\":%d,\"wronglyAccepted\":%d,"
      "\"mix\":%d,"
      "\"noise15\":%d,\"noise12\":%d,\"noise9\":%d,\"twistDown\":%.2f,\"twistUp\":%.2f,\"lowestLevel\":%.0f,"
      "\"allAboveMs\":%.1f,\"noneBelowMs\":%.1f,\"short20\":%d,\"doubled\":%d,\"string4030\":%d}\n",
      name, ChannelsPerCore(make), Right(d, corpus.decode), Right(d, corpus.accept), wrong(corpus.reject),
      Right(d, corpus.mix), Right(d, corpus.noise15), Right(d, corpus.noise12), Right(d, corpus.noise9),
      twist_low, twist_high, lowest, all_above, none_below, wrong(corpus.short20), doubled, string_digits);
  std::fflush(stdout);
}

Samples At8kHz(const WaveFile& file) {
  Samples samples(file.format().frames);
  if (file.format().rate == 8000) {
    file.Read(0, samples.data(), samples.size());
    return samples;
  }
  node_dahdi::media::Resampler resampler(file.format().rate);
  uint64_t at = 0;
  const auto pull = [&](int16_t* to, size_t count) {
    const int64_t got = file.Read(at, to, count);
    at += got > 0 ? static_cast<uint64_t>(got) : 0;
    return got;
  };
  size_t made = 0;
  while (made < samples.size()) {
    const int64_t got = resampler.Read(samples.data() + made, samples.size() - made, pull);
    if (got <= 0) break;
    made += static_cast<size_t>(got);
  }
  samples.resize(made);
  return samples;
}

void TalkOff(int files, char** paths) {
  constexpr std::array<double, 4> kGains{-10, 0, 6, 12};
  constexpr std::array<const char*, 3> kNames{"callbox", "spandsp", "goertzel"};
  Ours ours(node_dahdi::media::BestSimd());
  Spandsp spandsp;
  Goertzel goertzel;
  const std::array<Detector*, 3> detectors{&ours, &spandsp, &goertzel};
  size_t hits[kGains.size()][kNames.size()] = {};
  double hours = 0;
  for (int i = 0; i < files; i++) {
    std::string code;
    const auto file = WaveFile::Open(paths[i], &code);
    if (!file) continue;
    const Samples samples = At8kHz(*file);
    hours += static_cast<double>(samples.size()) / 8000 / 3600;
    for (size_t g = 0; g < kGains.size(); g++) {
      const double times = std::pow(10.0, kGains[g] / 20);
      Samples louder(samples.size());
      for (size_t n = 0; n < samples.size(); n++) {
        const double x = std::fmin(32767, std::fmax(-32768, samples[n] * times));
        louder[n] = node_dahdi::media::FromAlaw(node_dahdi::media::ToAlaw(static_cast<int16_t>(x)));
      }
      for (size_t d = 0; d < detectors.size(); d++) {
        const std::string heard = Heard(*detectors[d], louder);
        if (!heard.empty())
          std::fprintf(stderr, "%s %+.0f dB %s: %s\n", kNames[d], kGains[g], paths[i], heard.c_str());
        hits[g][d] += heard.size();
      }
    }
  }
  for (size_t g = 0; g < kGains.size(); g++) {
    for (size_t d = 0; d < detectors.size(); d++) {
      std::printf("{\"detector\":\"%s\",\"gain\":%.0f,\"talkOffHits\":%zu,\"hours\":%.3f}\n", kNames[d],
                  kGains[g], hits[g][d], hours);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1) {
    TalkOff(count - 1, arguments + 1);
    return 0;
  }
  const Corpus corpus = MakeCorpus();
  const Simd best = node_dahdi::media::BestSimd();
  Report("callbox", corpus, [&] { return std::make_unique<Ours>(best); });
  if (best != Simd::kScalar) {
    if (best == Simd::kAvx2)
      Report("callbox-sse2", corpus, [] { return std::make_unique<Ours>(Simd::kSse2); });
    Report("callbox-scalar", corpus, [] { return std::make_unique<Ours>(Simd::kScalar); });
  }
  Report("goertzel", corpus, [] { return std::make_unique<Goertzel>(); });
  Report("spandsp", corpus, [] { return std::make_unique<Spandsp>(); });
}
