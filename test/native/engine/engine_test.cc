// The engine without Node.js, for the sanitizers: parts by themselves, then everything at once from several
// threads. Prints one line a check and exits non-zero when one fails. Arguments: seconds of stress, a folder.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/answer_detector.h"
#include "engine/card_queue.h"
#include "engine/clipping.h"
#include "engine/conference.h"
#include "engine/fax_tones.h"
#include "engine/fsk_receiver.h"
#include "engine/media_engine.h"
#include "engine/port.h"
#include "engine/progress_detector.h"
#include "engine/signal_receiver.h"
#include "engine/wave.h"

using namespace node_dahdi::media;

namespace {

/** How long the next write to a disk takes. */
std::atomic<int> stall_ms{0};
/** How long each of the next reads takes, and the one after them. */
std::atomic<int> slow_reads{0};
std::atomic<int> slow_read_ms{0};
std::atomic<int> read_stall_ms{0};

void Sleep(int ms) {
  if (ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

}  // namespace

// The linker takes these for the engine's own writes (--wrap).
extern "C" ssize_t __real_write(int fd, const void* bytes, size_t count);
extern "C" ssize_t __wrap_write(int fd, const void* bytes, size_t count) {
  // Threads wake each other by eight bytes.
  const int ms = count > 8 ? stall_ms.exchange(0) : 0;
  Sleep(ms);
  return __real_write(fd, bytes, count);
}
extern "C" ssize_t __real_pread(int fd, void* bytes, size_t count, off_t offset);
extern "C" ssize_t __wrap_pread(int fd, void* bytes, size_t count, off_t offset) {
  if (slow_reads > 0) {
    slow_reads--;
    Sleep(slow_read_ms);
    if (slow_reads == 0) Sleep(read_stall_ms.exchange(0));
  }
  return __real_pread(fd, bytes, count, offset);
}

namespace {

int failures = 0;

void Check(bool good, const char* what) {
  std::printf("%s %s\n", good ? "ok" : "not ok", what);
  failures += good ? 0 : 1;
}

std::string WriteFile(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return path;
}

struct Zone {
  const char* name;
  /** Dial, ringback, busy, congestion. */
  std::array<ProgressTone, 4> tones;
};

/** As ITU-T E.180 supplement 2 has them. */
const std::array<Zone, 5> kZones{{
    {"China",
     {{{{450, 0}, {10'000}, 1},
       {{450, 0}, {1000, 4000}, 2},
       {{450, 0}, {350, 350}, 2},
       {{450, 0}, {700, 700}, 2}}}},
    {"Korea",
     {{{{350, 440}, {10'000}, 1},
       {{440, 480}, {1000, 2000}, 2},
       {{480, 620}, {500, 500}, 2},
       {{480, 620}, {300, 200}, 2}}}},
    {"United States",
     {{{{350, 440}, {10'000}, 1},
       {{440, 480}, {2000, 4000}, 2},
       {{480, 620}, {500, 500}, 2},
       {{480, 620}, {250, 250}, 2}}}},
    {"United Kingdom",
     {{{{350, 440}, {10'000}, 1},
       {{400, 450}, {400, 200, 400, 2000}, 4},
       {{400, 0}, {375, 375}, 2},
       {{400, 0}, {400, 350, 225, 525}, 4}}}},
    {"Germany",
     {{{{425, 0}, {10'000}, 1},
       {{425, 0}, {1000, 4000}, 2},
       {{425, 0}, {480, 480}, 2},
       {{425, 0}, {240, 240}, 2}}}},
}};

/** A tone for so long, its frequencies and times off by so much, with noise. */
std::vector<int16_t> Sounding(const ProgressTone& tone, uint32_t ms, double dbm0, double stretch,
                              double detune, double noise) {
  std::vector<int16_t> samples(ms * 8);
  std::mt19937 random(7);
  std::normal_distribution<double> hiss(0, noise);
  const double amplitude = 32768 / std::pow(10, 3.14 / 20) * std::pow(10, dbm0 / 20);
  double left = 0;
  int part = -1;
  for (size_t i = 0; i < samples.size(); i++) {
    while (left <= 0) {
      part = (part + 1) % tone.parts;
      left += tone.cadence[static_cast<size_t>(part)] * 8 * stretch;
    }
    left--;
    double sample = hiss(random);
    if (part % 2 == 0) {
      for (const float hz : tone.hz) {
        if (hz > 0) sample += amplitude * std::sin(2 * M_PI * hz * detune * static_cast<double>(i) / 8000);
      }
    }
    samples[i] = static_cast<int16_t>(std::clamp(sample, -32768.0, 32767.0));
  }
  return samples;
}

/** What is told, in order, -1 for an end. */
std::vector<int> Told(ProgressDetector* detector, const std::vector<int16_t>& samples) {
  std::vector<int> told;
  // In blocks as they come from a card.
  for (size_t at = 0; at < samples.size(); at += 64) {
    detector->Process(samples.data() + at, static_cast<int>(std::min<size_t>(64, samples.size() - at)),
                      [&](const ProgressEvent& event) { told.push_back(event.tone); });
  }
  return told;
}

void TestProgress() {
  const std::vector<int16_t> silence(6 * 8000);
  for (const Zone& zone : kZones) {
    bool heard = true, over = true;
    for (int tone = 0; tone < 4; tone++) {
      const ProgressTone& wanted = zone.tones[static_cast<size_t>(tone)];
      if (wanted.parts == 4 && tone == 3) continue;  // The United Kingdom's congestion changes its length.
      for (const double level : {-5.0, -20.0, -33.0}) {
        for (const double stretch : {0.92, 1.0, 1.08}) {
          for (const double detune : {0.985, 1.0, 1.015}) {
            ProgressDetector detector(zone.tones);
            // 20 dB below the tone.
            const double noise = 0.1 * 22'000 * std::pow(10, level / 20);
            const auto told = Told(&detector, Sounding(wanted, 8000, level, stretch, detune, noise));
            if (told != std::vector<int>{tone}) {
              heard = false;
              std::printf("# %s %d at %g dBm0, times %g, Hz %g:", zone.name, tone, level, stretch, detune);
              for (const int one : told) std::printf(" %d", one);
              std::printf("\n");
            }
            over = over && Told(&detector, silence) == std::vector<int>{-1};
          }
        }
      }
    }
    Check(heard, (std::string("each tone, and no other: ") + zone.name).c_str());
    Check(over, (std::string("its end: ") + zone.name).c_str());
  }
  ProgressDetector detector(kZones[0].tones);
  std::mt19937 random(3);
  std::vector<int16_t> noise(60 * 8000);
  for (int16_t& sample : noise) sample = static_cast<int16_t>(random());
  Check(Told(&detector, noise).empty(), "a minute of noise is no tone");
  ProgressDetector ringing(kZones[0].tones);
  std::vector<int16_t> answered = Sounding(kZones[0].tones[1], 7000, -10, 1, 1, 5);
  for (int i = 0; i < 8000; i++) answered.push_back(static_cast<int16_t>(noise[static_cast<size_t>(i)] / 16));
  Check(Told(&ringing, answered) == std::vector<int>{1, -1}, "ringing is over when somebody speaks");
  const ProgressTone digit{{697, 1209}, {100, 100}, 2};
  Check(Told(&detector, Sounding(digit, 10'000, -9, 1, 1, 0)).empty(), "digits are no tone");
  const ProgressTone other{{480, 620}, {350, 350}, 2};
  Check(Told(&detector, Sounding(other, 10'000, -9, 1, 1, 0)).empty(), "another country's busy tone is none");
  const ProgressTone waiting{{450, 0}, {400, 4000}, 2};
  const std::array<ProgressTone, 2> two{kZones[0].tones[2], waiting};
  ProgressDetector last(two);
  std::vector<int16_t> ended = Sounding(kZones[0].tones[2], 2450, -9, 1, 1, 0);
  ended.resize(ended.size() + 5 * 8000);
  Check(Told(&last, ended) == std::vector<int>{0, -1}, "the last of a quick tone is no slow one");
  const ProgressTone odd{{450, 0}, {350, 1100}, 2};
  Check(Told(&detector, Sounding(odd, 10'000, -9, 1, 1, 0)).empty(), "another cadence is none");
}

/** A card whose clock differs by 50 ppm, a reader that is late now and then: what is said to wait is never
 * less. */
void TestCardQueue() {
  std::mt19937 random(3);
  constexpr int room = kCardBuffers * kTickSamples;
  bool enough = true;
  int most = 0;
  for (int round = 0; round < 200; round++) {
    const double rate = kSamplesPerMs * (1 + (round % 3 - 1) * 50e-6);
    CardQueue gauge;
    int queued = 3 * kTickSamples;
    int64_t moved = 0, received = 0, taken = 0;
    double ms = 1000;
    gauge.Begin(queued);
    gauge.Took(static_cast<int64_t>(ms * 1e6), 0, true);
    for (int tick = 1; tick < 2000; tick++) {
      ms += kTickMs + (random() % 200 == 0 ? random() % 120 : 0);
      const auto now = static_cast<int64_t>((ms - 1000) * rate);
      const int passed = static_cast<int>(now - moved);
      moved = now;
      queued = std::max(0, queued - passed);
      received = std::min(received + passed, taken + room);
      const int limit = tick % 16 == 0 ? kMaxBlock : kTickSamples;
      const int whole = static_cast<int>(received - taken) / kTickSamples * kTickSamples;
      const int got = std::min(limit, whole);
      gauge.Took(static_cast<int64_t>(ms * 1e6), got, got < limit);
      if (got > 0) {
        enough = enough && gauge.depth() >= queued;
        // Without what is still to be read, and then written.
        const int settled = queued + static_cast<int>(received - taken) - kTickSamples;
        most = std::max(most, gauge.depth() - settled);
      }
      taken += got;
      queued = std::min(queued + got, room);
    }
  }
  std::printf("# at most %d samples more than wait\n", most);
  Check(enough, "what waits towards a card is never more than is said");
  Check(most <= 2 * kTickSamples, "nor much less");
}

class Ended final : public PortListener {
 public:
  void OnDigit(uint32_t, const DtmfEvent&) override {}
  void OnTalking(uint32_t, bool) override {}
  void OnHeard(uint32_t, const Heard&) override {}
  void OnFaxEnd(uint32_t, Fax*, FaxReason) override {}
  void OnPlayEnd(uint32_t, Player*, PlayReason) override { ended = true; }
  void OnRecordEnd(uint32_t, Recorder*, RecordReason) override {}
  void OnFailed(uint32_t, int) override {}
  bool ended = false;
};

/** A card whose queue is as deep as it says: a playback that ended has all gone out. */
void TestPlayedToItsEnd() {
  class Card final : public Source {
   public:
    explicit Card(int depth) : queue_(static_cast<size_t>(depth), 0) {}
    Law law() const override { return Law::kAlaw; }
    int Read(uint64_t, int16_t* samples) override {
      queue_.erase(queue_.begin(), queue_.begin() + kTickSamples);
      std::fill_n(samples, kTickSamples, int16_t{0});
      return kTickSamples;
    }
    int Write(uint64_t, const int16_t* samples, int count) override {
      queue_.insert(queue_.end(), samples, samples + count);
      return 0;
    }
    int Queued() const override { return static_cast<int>(queue_.size()); }
    /** Samples that are not silent and still wait. */
    long waiting() const {
      return std::count_if(queue_.begin(), queue_.end(), [](int16_t sample) { return sample != 0; });
    }

   private:
    std::vector<int16_t> queue_;
  };
  bool whole = true;
  int most = 0;
  for (int depth = kTickSamples; depth <= kCardBuffers * kTickSamples; depth += kTickSamples) {
    for (const double ms : {1.0, 8.0, 12.5, 40.0}) {
      auto made = std::make_unique<Card>(depth);
      const Card& card = *made;
      Port port(1, std::move(made));
      Ended listener;
      TonePlayer tone(1, {MakeTonePart(1000, 1100, -9, ms)}, false);
      port.Play(&tone, listener);
      int idle = 0;
      for (uint64_t tick = 1; tick < 200 && !listener.ended; tick++) {
        port.Receive(tick, listener);
        port.Send(tick, listener);
        if (listener.ended) whole = whole && card.waiting() == 0;
        idle = tone.finished() && card.waiting() == 0 ? idle + 1 : 0;
      }
      whole = whole && listener.ended;
      most = std::max(most, idle);
    }
  }
  Check(whole, "a playback that ended has all gone out, however deep the card's queue is");
  Check(most <= 1, "and is not long over when that is told");
}

/** A card that delivers what it is told to; one that speaks says a number in each sample. */
class DueCard final : public Source {
 public:
  DueCard(const int& due, bool speaks) : due_(due), speaks_(speaks) {}
  Law law() const override { return Law::kAlaw; }
  int ClockFd() const override { return 0; }
  int Read(uint64_t, int16_t* samples) override {
    for (int i = 0; i < due_; i++) samples[i] = speaks_ ? Said(read_++) : int16_t{0};
    return due_;
  }
  int Write(uint64_t, const int16_t* samples, int count) override {
    written.insert(written.end(), samples, samples + count);
    return 0;
  }
  static int16_t Said(int at) { return static_cast<int16_t>(100 + at * 37 % 5003); }
  std::vector<int16_t> written;

 private:
  const int& due_;
  const bool speaks_;
  int read_ = 0;
};

struct Conferring {
  Conferring(const std::vector<const int*>& due, size_t speaker) {
    for (uint32_t id = 0; id < due.size(); id++) {
      auto card = std::make_unique<DueCard>(*due[id], id == speaker);
      cards.push_back(card.get());
      ports.push_back(std::make_unique<Port>(id, std::move(card)));
      ports.back()->Join(&conference, {}, 0);
    }
  }
  ~Conferring() { conference.Close(listener); }
  void Tick() {
    tick++;
    for (const auto& port : ports) port->Receive(tick, listener);
    conference.Mix(listener);
    for (const auto& port : ports) port->Send(tick, listener);
  }
  uint64_t tick = 0;
  Ended listener;
  Conference conference{9};
  std::vector<const DueCard*> cards;
  std::vector<std::unique_ptr<Port>> ports;
};

/** Cards that are now and then a block late, and then have two: three who confer miss nothing by it. */
void TestConferenceOnCards() {
  std::mt19937 random(7);
  int due = 0, owed = 0;
  Conferring three({&due, &due, &due}, 0);
  for (int i = 0; i < 5000; i++) {
    owed += kTickSamples;
    due = random() % 10 == 0 && owed < kMaxBlock ? 0 : owed;
    owed -= due;
    three.Tick();
  }
  bool whole = true;
  for (const size_t hearer : {1, 2}) {
    const std::vector<int16_t>& heard = three.cards[hearer]->written;
    for (size_t at = 0; at < heard.size(); at++) {
      whole = whole && heard[at] == DueCard::Said(static_cast<int>(at));
    }
  }
  Check(whole, "who confers misses nothing when the cards' blocks come late");
  uint64_t underruns = 0;
  for (const auto& port : three.ports) underruns += port->counters.underruns;
  Check(underruns == 0, "nor is a gap counted");
}

/** One card dies without a word: those on the other go on hearing each other. */
void TestConferenceWithDeadCard() {
  int dying = kTickSamples, alive = kTickSamples;
  Conferring three({&dying, &alive, &alive}, 1);
  for (int i = 0; i < 100; i++) three.Tick();
  dying = 0;
  for (int i = 0; i < 1000; i++) three.Tick();
  const std::vector<int16_t>& heard = three.cards[2]->written;
  const auto silent = std::count(heard.begin(), heard.end(), int16_t{0});
  std::printf("# %ld samples of silence\n", static_cast<long>(silent));
  Check(heard.size() == 1100 * kTickSamples && silent <= 6 * kTickSamples,
        "a card that dies is waited for by a conference for 48 ms at most");
}

void TestHostileHeaders(int rounds) {
  std::mt19937 random(2);
  std::vector<uint8_t> good = WaveHeader(Law::kLinear16, 2, 400);
  good.resize(good.size() + 400, 0x55);
  const int fd = memfd_create("wave", MFD_CLOEXEC);
  int parsed = 0;
  bool sane = true;
  for (int i = 0; i < rounds; i++) {
    std::vector<uint8_t> bytes = good;
    for (uint32_t changes = random() % 6; changes > 0; changes--)
      bytes[random() % 64] = static_cast<uint8_t>(random());
    bytes.resize(random() % (bytes.size() + 1));
    if (ftruncate(fd, 0) != 0 || pwrite(fd, bytes.data(), bytes.size(), 0) < 0) std::abort();
    WaveFormat format;
    if (!ParseWave(fd, bytes.size(), &format)) continue;
    parsed++;
    sane = sane && format.data_offset + format.frames * format.frame_bytes() <= bytes.size() &&
           format.channels >= 1 && format.channels <= 8 && format.rate >= 1000 && format.rate <= 192000;
  }
  close(fd);
  Check(sane && parsed > 0, "hostile WAV headers never reach beyond their file");
}

void TestSlowDisk() {
  Recorder recorder(1, "", Law::kAlaw, Layout::kStereo, 0, false);
  std::vector<int16_t> loud(kTickSamples, 8000);
  uint64_t frames = 0;
  const auto append = [&](int ticks) {
    for (int i = 0; i < ticks; i++, frames += kTickSamples)
      recorder.Append(loud.data(), loud.data(), kTickSamples);
  };
  std::vector<uint8_t> file(2 * 1024 * 1024);
  size_t size = 0;
  const auto drain = [&] { size += recorder.ring.Read(file.data() + size, file.size() - size); };
  append(6000 / kTickMs);  // a disk that stands still for 6 s; the ring holds 4 s and a little
  const uint64_t lost = recorder.lost.load();
  drain();
  append(1000 / kTickMs);
  drain();
  append(3000 / kTickMs);
  drain();
  Check(lost > 0 && recorder.owed == 0 && size == frames * 2,
        "what a slow disk loses is silence of the same length");
  const auto silent =
      static_cast<uint64_t>(std::count(file.begin(), file.begin() + static_cast<long>(size), kAlawSilence));
  Check(silent == recorder.lost.load() * 2, "and just as much as was counted");
}

/** A line's audio as it was recorded: the prompt over and over, from somewhere on, without a gap. */
bool IsLoopOf(const std::vector<uint8_t>& prompt, const std::vector<uint8_t>& heard, size_t least) {
  const auto begin =
      std::find_if(heard.begin(), heard.end(), [](uint8_t code) { return code != kAlawSilence; });
  if (heard.end() - begin < static_cast<long>(least)) return false;
  for (auto at = begin; at != heard.end(); ++at) {
    if (*at != prompt[static_cast<size_t>(at - begin) % prompt.size()]) return false;
  }
  return true;
}

/** The samples of a recording that is over. */
std::vector<uint8_t> Recorded(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const size_t header = std::min(bytes.size(), WaveHeader(Law::kAlaw, 1, 0).size());
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<long>(header));
  if ((bytes.size() & 1) != 0) bytes.pop_back();
  return bytes;
}

/** Two writes that take 2 s each: recordings lack nothing; a full disk ends its own recording and no other.
 */
void TestStalledDisk(const std::string& folder) {
  constexpr int kPorts = 8, kMs = 5500;
  std::vector<uint8_t> data(12'000);
  for (size_t i = 0; i < data.size(); i++) data[i] = static_cast<uint8_t>(1 + i * 7 % 80);
  std::vector<uint8_t> prompt = WaveHeader(Law::kAlaw, 1, data.size());
  prompt.insert(prompt.end(), data.begin(), data.end());
  const std::string file = WriteFile(folder + "/stall-prompt.wav", prompt);
  MediaEngine engine([] {});
  std::vector<EngineEvent> ends;
  std::vector<uint32_t> near, far, recorders;
  for (int i = 0; i < kPorts; i++) {
    far.push_back(engine.OpenPair(std::to_string(i), Side::kFar, Law::kAlaw));
    near.push_back(engine.OpenPair(std::to_string(i), Side::kNear, Law::kAlaw));
    recorders.push_back(engine.Record(near.back(), folder + "/stall" + std::to_string(i) + ".wav", Law::kAlaw,
                                      Layout::kReceived, 0));
  }
  engine.Record(near[0], "/dev/full", Law::kAlaw, Layout::kReceived, 0);
  const auto wait = [&](int ms) {
    for (int passed = 0; passed < ms; passed += 10) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      for (EngineEvent& event : engine.TakeEvents(100)) {
        if (event.type == EngineEvent::Type::kRecordEnd) ends.push_back(std::move(event));
      }
    }
  };
  wait(300);
  for (const uint32_t port : far) engine.PlayFiles(port, {file}, true, 0);
  wait(200);
  stall_ms = 2000;
  wait(2500);
  stall_ms = 2000;
  wait(kMs - 2500);
  for (int i = 0; i < kPorts; i++)
    engine.StopRecording(near[static_cast<size_t>(i)], recorders[static_cast<size_t>(i)]);
  for (int i = 0; i < 100 && ends.size() <= kPorts; i++) wait(50);
  int full = 0, whole = 0;
  for (const EngineEvent& end : ends) full += end.record_reason == RecordReason::kError ? 1 : 0;
  for (int i = 0; i < kPorts; i++) {
    const std::vector<uint8_t> heard = Recorded(folder + "/stall" + std::to_string(i) + ".wav");
    whole += IsLoopOf(data, heard, (kMs - 1000) * 8) ? 1 : 0;
  }
  std::printf("# %d of %d recordings whole, %d ended by a full disk\n", whole, kPorts, full);
  Check(whole == kPorts && stall_ms == 0,
        "what is recorded while the disk stands still for 2 s, twice, is whole");
  Check(full == 1 && ends.size() == kPorts + 1, "a full disk ends its own recording and no other");
}

/** Prompts that all begin while the disk is slow, and stands still for a second soon after: none has a gap.
 */
void TestSlowBeginning(const std::string& folder) {
  constexpr int kPorts = 30;
  std::vector<uint8_t> data(48'000);
  for (size_t i = 0; i < data.size(); i++) data[i] = static_cast<uint8_t>(1 + i * 7 % 80);
  std::vector<std::string> recordings;
  {
    MediaEngine engine([] {});
    std::vector<uint32_t> far;
    std::vector<std::string> prompts;
    for (int i = 0; i < kPorts; i++) {
      const std::string name = folder + "/slow" + std::to_string(i);
      prompts.push_back(WriteFile(name + ".alaw", data));
      recordings.push_back(name + ".wav");
      far.push_back(engine.OpenPair(std::to_string(i), Side::kFar, Law::kAlaw));
      const uint32_t near = engine.OpenPair(std::to_string(i), Side::kNear, Law::kAlaw);
      engine.Record(near, recordings.back(), Law::kAlaw, Layout::kReceived, 0);
    }
    Sleep(100);
    slow_read_ms = 12;
    read_stall_ms = 1000;
    slow_reads = 3 * kPorts;
    for (size_t i = 0; i < far.size(); i++) engine.PlayFiles(far[i], {prompts[i]}, true, 0);
    Sleep(5000);
  }
  // Not by the engine's count: that also tells of a machine that was late.
  const auto whole = std::count_if(recordings.begin(), recordings.end(), [&](const std::string& path) {
    return IsLoopOf(data, Recorded(path), 2000 * kSamplesPerMs);
  });
  std::printf("# %d of %d whole, %d slow reads left\n", static_cast<int>(whole), kPorts, slow_reads.load());
  Check(whole == kPorts && slow_reads == 0, "prompts that begin on a slow disk have no gap");
}

/** Takes events until told to stop, as the JavaScript thread would. */
class Listener {
 public:
  void Notify() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    condition_.notify_one();
  }
  void Run(MediaEngine& engine) {
    while (!stop) {
      {
        std::unique_lock lock(mutex_);
        condition_.wait_for(lock, std::chrono::milliseconds(20), [this] { return woken_; });
        woken_ = false;
      }
      for (auto events = engine.TakeEvents(100); !events.empty(); events = engine.TakeEvents(100)) {
        for (const EngineEvent& event : events) {
          if (event.type == EngineEvent::Type::kPlayEnd) played++;
          if (event.type == EngineEvent::Type::kRecordEnd) recorded++;
          if (event.type == EngineEvent::Type::kClosed) closed++;
          if (event.type == EngineEvent::Type::kDigitEnd) digits++;
          if (event.type == EngineEvent::Type::kAudio) heard += engine.TakeAudio(event.id).size();
        }
      }
    }
  }
  std::atomic<bool> stop{false};
  std::atomic<uint64_t> played{0}, recorded{0}, closed{0}, digits{0}, heard{0};

 private:
  std::mutex mutex_;
  std::condition_variable condition_;
  bool woken_ = false;
};

void TestStress(int seconds, const std::string& folder) {
  std::vector<uint8_t> prompt = WaveHeader(Law::kAlaw, 1, 12'000);
  for (int i = 0; i < 12'000; i++) prompt.push_back(static_cast<uint8_t>(i * 7));
  const std::string file = WriteFile(folder + "/prompt.wav", prompt);
  Listener listener;
  std::atomic<uint64_t> plays{0}, records{0}, opens{0};
  {
    MediaEngine engine([&listener] { listener.Notify(); });
    std::thread events([&] { listener.Run(engine); });
    std::vector<std::thread> threads;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    // A machine that is busy otherwise brings little about in that time: until there was life, and not for
    // ever.
    const auto latest = until + std::chrono::seconds(60);
    const auto goes_on = [&] {
      const auto now = std::chrono::steady_clock::now();
      return now < until || (now < latest && (listener.digits == 0 || listener.heard == 0));
    };
    for (int n = 0; n < 3; n++) {
      threads.emplace_back([&, n] {
        std::mt19937 random(static_cast<uint32_t>(n));
        std::vector<uint32_t> ports;
        const std::vector<int16_t> samples(160, 1000), period(LineProbe::kPeriod, 500);
        BitErrorTest::Counts bits;
        LineProbe::Found probed;
        uint32_t recorder = 0, conference = 0;
        while (goes_on()) {
          if (ports.size() < 30) {
            const bool near = random() % 2 == 0;
            const std::string pair = std::to_string(random() % 10);
            const uint32_t port = random() % 5 == 0 ? engine.OpenStream()
                                                    : engine.OpenPair(pair, near ? Side::kNear : Side::kFar,
                                                                      near ? Law::kAlaw : Law::kUlaw);
            if (port != 0) opens++, ports.push_back(port);
          }
          const uint32_t port = ports[random() % ports.size()], other = ports[random() % ports.size()];
          PortStats stats;
          switch (random() % 28) {
            case 0:
              plays += engine.PlayFiles(port, {file, folder + "/missing.wav", file}, random() % 2 == 0,
                                        random() % 20'000) != 0;
              break;
            case 1:
              plays += engine.PlayTone(port, {MakeTonePart(770, 1336, -9, 60), MakeTonePart(0, 0, 0, 60)},
                                       true) != 0;
              break;
            case 2:
              recorder = engine.Record(
                  port, folder + "/" + std::to_string(n) + std::to_string(random() % 20) + ".wav", Law::kAlaw,
                  static_cast<Layout>(random() % 3), random() % 3 == 0 ? 4000 : 0, random() % 2 == 0);
              records += recorder != 0;
              break;
            case 3:
              engine.StopRecording(port, recorder);
              break;
            case 4:
              engine.StopPlaying(port, 0);
              break;
            case 5:
            case 6:
              engine.Connect(port, other);
              break;
            case 7:
              engine.Disconnect(port);
              break;
            case 8:
              engine.Mute(port, random() % 2 == 0, random() % 2 == 0);
              break;
            case 9:
              engine.Detect(port, random() % 4 != 0);
              break;
            case 10:
              engine.WriteStream(port, samples.data(), samples.size());
              break;
            case 11:
              engine.ListenStream(port, random() % 2 == 0);
              break;
            case 12:
              engine.GetPortStats(port, &stats);
              engine.Stats();
              break;
            case 13:
              if (conference == 0) {
                conference = engine.OpenConference();
                if (conference != 0) opens++;
              } else if (random() % 8 == 0) {
                engine.CloseConference(std::exchange(conference, 0));
              } else {
                plays += engine.PlayTone(conference, {MakeTonePart(400, 0, -20, 50)}, random() % 2 == 0) != 0;
              }
              break;
            case 14:
            case 15:
              engine.Join(conference, port,
                          {.hears = random() % 4 != 0,
                           .speaks = static_cast<Speaks>(random() % 3),
                           .gain = static_cast<float>(random() % 3),
                           .automatic_gain = random() % 2 == 0},
                          other);
              break;
            case 16:
              recorder = engine.Record(conference, folder + "/all" + std::to_string(n) + ".wav", Law::kAlaw,
                                       Layout::kMixed, 0, true);
              records += recorder != 0;
              break;
            case 18:
              engine.PauseRecording(recorder, random() % 2 == 0);
              engine.MaskDigits(port, random() % 2 == 0);
              break;
            case 19:
              plays += engine.PlayTone(port, {MakeTonePart(1400, 0, -20, 30), MakeTonePart(0, 0, 0, 50)},
                                       random() % 2 == 0, true) != 0;
              break;
            case 20:
              engine.StartFax(port, {.calling = random() % 2 == 0,
                                     .receive = folder + "/fax" + std::to_string(n) + ".tif",
                                     .ident = "1"});
              break;
            case 21:
              engine.StopFax(port, 0);
              break;
            case 22:
              engine.TestBits(port, random() % 2 == 0 ? 1000 : 0);
              engine.GetBitErrors(port, &bits);
              break;
            case 23:
              engine.ProbeLine(port, period.data(), 0, 1);
              engine.GetProbed(port, &probed);
              break;
            case 24:
              engine.StopLineTest(port);
              plays +=
                  engine.PlayFiles(port, {file}, true, 0, 0.5 + static_cast<double>(random() % 4) / 2) != 0;
              break;
            case 27:
              switch (random() % 7) {
                case 0:
                  engine.Listen(port, EarKind::kTones, std::make_unique<ToneEar>(kZones[0].tones));
                  break;
                case 1:
                  engine.Listen(port, EarKind::kFax, std::make_unique<FaxEar>());
                  break;
                case 2:
                  engine.Listen(port, EarKind::kMessages, std::make_unique<FskReceiver>(Modem::kV23));
                  break;
                case 3:
                  engine.Listen(port, EarKind::kAnswer, std::make_unique<AnswerEar>());
                  break;
                case 4:
                  engine.Listen(port, EarKind::kSignals,
                                std::make_unique<SignalEar>(static_cast<Signals>(random() % 3)));
                  break;
                case 5:
                  engine.Listen(port, EarKind::kClipping, std::make_unique<ClippingEar>());
                  break;
                default:
                  engine.Listen(port, static_cast<EarKind>(random() % kEarKinds), nullptr);
                  break;
              }
              break;
            case 25:
              plays += engine.PlayShared(port, {file, folder + "/missing.wav"}) != 0;
              break;
            case 26: {
              const uint32_t open = engine.PlayFiles(port, {file}, false, 0, 1, true);
              plays += open != 0;
              for (int i = 0; i < 3; i++) engine.AppendFiles(open, {file}, random() % 2 == 0);
              break;
            }
            case 17:
              engine.DetectVoice(port, random() % 2 == 0);
              engine.StopRecording(conference, recorder);
              break;
            default:
              if (random() % 4 == 0) {
                engine.ClosePort(port);
                std::erase(ports, port);
              }
          }
          std::this_thread::sleep_for(std::chrono::microseconds(random() % 600));
        }
        engine.CloseConference(conference);
        for (const uint32_t port : ports) engine.ClosePort(port);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (int i = 0; i < 500 && (listener.closed < opens || listener.recorded < records); i++) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    listener.stop = true;
    events.join();
    const EngineStats stats = engine.Stats();
    Check(stats.ports == 0 && stats.playing == 0 && stats.recording == 0,
          "after the stress nothing is left open");
  }
  std::printf("# %llu ports, %llu playbacks, %llu recordings, %llu digits, %llu samples heard\n",
              static_cast<unsigned long long>(opens), static_cast<unsigned long long>(plays),
              static_cast<unsigned long long>(records), static_cast<unsigned long long>(listener.digits),
              static_cast<unsigned long long>(listener.heard));
  Check(listener.closed == opens, "each port was reported closed, once");
  Check(listener.played == plays, "each playback was reported ended, once");
  Check(listener.recorded == records, "each recording was reported ended, once");
  Check(listener.digits > 0 && listener.heard > 0, "and there was life on the lines");
}

void TestSuddenEnd(const std::string& folder) {
  for (int i = 0; i < 20; i++) {
    MediaEngine engine([] {});
    const uint32_t near = engine.OpenPair("1", Side::kNear, Law::kAlaw);
    const uint32_t far = engine.OpenPair("1", Side::kFar, Law::kAlaw);
    engine.PlayFiles(far, {folder + "/prompt.wav"}, true, 0);
    engine.Record(near, folder + "/sudden.wav", Law::kAlaw, Layout::kStereo, 0);
    engine.Detect(near, true);
    engine.Connect(near, engine.OpenStream());
    engine.Join(engine.OpenConference(), near, {}, 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(i));
  }
  Check(true, "an engine may end with everything going on");
}

}  // namespace

int main(int count, char** arguments) {
  const int seconds = count > 1 ? std::atoi(arguments[1]) : 3;
  const std::string folder = count > 2 ? arguments[2] : "/tmp";
  TestProgress();
  TestCardQueue();
  TestPlayedToItsEnd();
  TestConferenceOnCards();
  TestConferenceWithDeadCard();
  TestHostileHeaders(seconds * 20'000);
  TestSlowDisk();
  TestStalledDisk(folder);
  TestSlowBeginning(folder);
  TestStress(seconds, folder);
  TestSuddenEnd(folder);
  std::printf("# %d failed\n", failures);
  return failures == 0 ? 0 : 1;
}
