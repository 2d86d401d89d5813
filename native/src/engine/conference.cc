#include "engine/conference.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "engine/levels.h"
#include "engine/port.h"
#include "engine/vectors.h"

namespace node_dahdi::media {
namespace {

/** Speech is brought to this level by at most 12 dB either way, 6 dB in a second. */
const auto kUsual = static_cast<float>(MeanSquareOf(-19));
constexpr float kMostAutomatic = 4, kLeastAutomatic = 0.25f;
constexpr float kAutomaticStep = 1.0055f;
constexpr int kGainBits = 12;
/** What a line sends that says nothing: of many that would add up. */
constexpr int kIdle = 8;
/** Beyond so many who speak to all, lines on which nobody does are left out, for their noise adds up too. */
constexpr int kMostOpen = 4;
/** A party whose card gives nothing for longer, in ticks, is not waited for when another's does. */
constexpr int kPatience = 4;

VECTORS void Amplify(int16_t* samples, int32_t gain) {
  for (int i = 0; i < kTickSamples; i++) {
    samples[i] = static_cast<int16_t>(std::clamp((samples[i] * gain) >> kGainBits, -32768, 32767));
  }
}

VECTORS bool Idle(const int16_t* samples) {
  int most = 0;
  for (int i = 0; i < kTickSamples; i++) most = std::max(most, std::abs(static_cast<int>(samples[i])));
  return most <= kIdle;
}

VECTORS float MeanSquare(const int16_t* samples) {
  float sum = 0;
  for (int i = 0; i < kTickSamples; i++)
    sum += static_cast<float>(samples[i]) * static_cast<float>(samples[i]);
  return sum / kTickSamples;
}

}  // namespace

VECTORS void AddTo(int32_t* total, const int16_t* samples) {
  for (int i = 0; i < kTickSamples; i++) total[i] += samples[i];
}

VECTORS void MixMinus(const int32_t* total, const int16_t* own, int16_t* to) {
  for (int i = 0; i < kTickSamples; i++) {
    to[i] = static_cast<int16_t>(std::clamp(total[i] - own[i], -32768, 32767));
  }
}

void Conference::Join(Port* port, const PartyRole& role, int cushion) {
  Party& party = port->party();
  const bool known = party.conference == this;
  if (known) Count(party.role, -1);
  party.role = role;
  party.role.gain = std::clamp(role.gain, 0.0f, PartyRole::kMostGain);
  Count(role, 1);
  if (known) return;
  party.conference = this;
  party.automatic = 1;
  party.hears.Begin(cushion);
  parties_[count_++] = port;
}

void Conference::Count(const PartyRole& role, int change) {
  if (role.speaks == Speaks::kOne) whisperers_ += change;
  if (role.speaks == Speaks::kAll) speakers_ += change;
}

void Conference::Leave(Port* port) {
  const auto end = parties_.begin() + static_cast<std::ptrdiff_t>(count_);
  const auto found = std::find(parties_.begin(), end, port);
  if (found == end) return;
  Count(port->party().role, -1);
  port->party().conference = nullptr;
  *found = parties_[--count_];
  // Its address may be another port's one day.
  for (size_t i = 0; i < count_; i++) {
    PartyRole& role = parties_[i]->party().role;
    if (role.speaks != Speaks::kOne || role.listener != port) continue;
    role.speaks = Speaks::kNobody;
    whisperers_--;
  }
}

void Conference::Take(Port& port) {
  Party& party = port.party();
  int16_t* const said = party.said.data();
  port.TakeReceived(said, kTickSamples);
  party.open = !Idle(said) && (speakers_ <= kMostOpen || port.spoken());
  if (!party.open) return party.said.fill(0);
  if (party.role.automatic_gain && port.talking()) {
    const float step =
        MeanSquare(said) * party.automatic * party.automatic < kUsual ? kAutomaticStep : 1 / kAutomaticStep;
    party.automatic = std::clamp(party.automatic * step, kLeastAutomatic, kMostAutomatic);
  }
  const auto gain = static_cast<int32_t>(
      std::lround(party.role.gain * (party.role.automatic_gain ? party.automatic : 1) * (1 << kGainBits)));
  if (gain != 1 << kGainBits) Amplify(said, gain);
}

bool Conference::Whispered(const Port& port, Sum* sum) const {
  bool any = false;
  for (size_t i = 0; i < count_; i++) {
    const Party& other = parties_[i]->party();
    if (other.role.speaks != Speaks::kOne || other.role.listener != &port) continue;
    if (!any) *sum = total_;
    any = true;
    AddTo(sum->data(), other.said.data());
  }
  return any;
}

const Port* Conference::Leader() const {
  const Port* silent = nullptr;
  for (size_t i = 0; i < count_; i++) {
    const Port* const port = parties_[i];
    if (!port->KeepsTime()) continue;
    if (port->quiet_ticks() <= kPatience) return port;
    if (silent == nullptr) silent = port;
  }
  return silent;
}

int Conference::Due() {
  const Port* const leader = Leader();
  if (leader == nullptr) return 1;
  clocked_ += leader->count();
  return std::exchange(clocked_, clocked_ % kTickSamples) / kTickSamples;
}

void Conference::Mix(PortListener& listener) {
  for (int due = Due(); due > 0; due--) MixBlock(listener);
}

void Conference::MixBlock(PortListener& listener) {
  constexpr size_t kAhead = 3;
  static constexpr std::array<int16_t, kTickSamples> kNothing{};
  total_.fill(0);
  for (size_t i = 0; i < count_; i++) {
    if (i + kAhead < count_) parties_[i + kAhead]->PrefetchParty();
    Take(*parties_[i]);
    const Party& party = parties_[i]->party();
    if (party.role.speaks == Speaks::kAll && party.open) AddTo(total_.data(), party.said.data());
  }
  AddPlayer(listener);
  AddRecorder(listener);
  for (size_t i = 0; i < count_; i++) {
    if (i + kAhead < count_) parties_[i + kAhead]->PrefetchParty();
    Party& party = parties_[i]->party();
    std::array<int16_t, kTickSamples> heard;
    Sum with;
    if (!party.role.hears) {
      heard.fill(0);
    } else {
      const bool whispered = whisperers_ > 0 && Whispered(*parties_[i], &with);
      const bool own = party.role.speaks == Speaks::kAll && party.open;
      MixMinus(whispered ? with.data() : total_.data(), own ? party.said.data() : kNothing.data(),
               heard.data());
    }
    party.hears.Put(heard.data(), kTickSamples);
  }
}

void Conference::AddPlayer(PortListener& listener) {
  if (player_ == nullptr) return;
  std::array<int16_t, kTickSamples> samples{};
  const int made = player_->Render(samples.data(), kTickSamples);
  std::fill(samples.begin() + made, samples.end(), int16_t{0});
  AddTo(total_.data(), samples.data());
  if (player_->finished()) StopPlaying(0, PlayReason::kEnd, listener);
}

void Conference::AddRecorder(PortListener& listener) {
  if (recorder_ == nullptr) return;
  static constexpr std::array<int16_t, kTickSamples> kNothing{};
  std::array<int16_t, kTickSamples> all;
  MixMinus(total_.data(), kNothing.data(), all.data());
  if (recorder_->Append(all.data(), all.data(), kTickSamples)) return;
  Recorder* const ended = recorder_;
  recorder_ = nullptr;
  listener.OnRecordEnd(id, ended, ended->reason);
}

void Conference::Play(Player* player, PortListener& listener) {
  StopPlaying(0, PlayReason::kReplaced, listener);
  player_ = player;
}

void Conference::StopPlaying(uint32_t player_id, PlayReason reason, PortListener& listener) {
  if (player_ == nullptr || (player_id != 0 && player_->id() != player_id)) return;
  Player* const ended = player_;
  player_ = nullptr;
  listener.OnPlayEnd(id, ended, reason);
}

void Conference::Record(Recorder* recorder, PortListener& listener) {
  if (recorder_ != nullptr) return listener.OnRecordEnd(id, recorder, RecordReason::kError);
  recorder_ = recorder;
}

void Conference::StopRecording(uint32_t recorder_id, PortListener& listener) {
  if (recorder_ == nullptr || recorder_->id != recorder_id) return;
  Recorder* const ended = recorder_;
  recorder_ = nullptr;
  listener.OnRecordEnd(id, ended, RecordReason::kStopped);
}

void Conference::Close(PortListener& listener) {
  while (count_ > 0) Leave(parties_[count_ - 1]);
  StopPlaying(0, PlayReason::kClosed, listener);
  if (recorder_ != nullptr) {
    listener.OnRecordEnd(id, recorder_, RecordReason::kClosed);
    recorder_ = nullptr;
  }
}

}  // namespace node_dahdi::media
