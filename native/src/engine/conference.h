// Parties who hear each other: each the sum of all others (mix-minus), or what its role lets it hear.
// Everything here belongs to the media thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "engine/bridge_buffer.h"
#include "engine/player.h"
#include "engine/recorder.h"

namespace node_dahdi::media {

class Conference;
class Port;
class PortListener;

/** Who hears a party. */
enum class Speaks : uint8_t { kNobody, kAll, kOne };

struct PartyRole {
  bool hears = true;
  Speaks speaks = Speaks::kAll;
  /** The port that hears it, of kOne. */
  const Port* listener = nullptr;
  /** What is made of the party's voice, times; at most kMostGain. */
  float gain = 1;
  /** Brings the party's voice to the usual level by and by. */
  bool automatic_gain = false;

  static constexpr float kMostGain = 16;
};

/** A port's part in a conference. */
struct Party {
  Conference* conference = nullptr;
  PartyRole role;
  float automatic = 1;
  /** Says something in this tick. */
  bool open = false;
  /** What the party says in this tick. */
  alignas(64) std::array<int16_t, kTickSamples> said{};
  /** What the party is to hear: the port's clock need not be the mixer's. */
  BridgeBuffer hears;
};

class Conference {
 public:
  static constexpr size_t kMostParties = 256;

  explicit Conference(uint32_t id) : id(id) {}
  const uint32_t id;

  bool HasRoom(size_t parties) const { return count_ + parties <= kMostParties; }
  /** A port that is a party already only gets another role, without a gap; for another there must be room. */
  void Join(Port* port, const PartyRole& role, int cushion);
  void Leave(Port* port);
  /** In every tick, when all ports have received and before any sends: mixes as much as its clock has moved.
   */
  void Mix(PortListener& listener);

  /** Heard by all who hear. */
  void Play(Player* player, PortListener& listener);
  void StopPlaying(uint32_t player_id, PlayReason reason, PortListener& listener);
  /** Records the sum of all, mono; one recorder at a time. */
  void Record(Recorder* recorder, PortListener& listener);
  void StopRecording(uint32_t recorder_id, PortListener& listener);
  /** Lets all parties go. */
  void Close(PortListener& listener);

 private:
  using Sum = std::array<int32_t, kTickSamples>;

  /** The party whose card's clock the mixer follows; nullptr where all parties run on the tick itself. */
  const Port* Leader() const;
  /** Blocks to be mixed in this tick: a card that is late has nothing now, and more next time. */
  int Due();
  void MixBlock(PortListener& listener);
  void Count(const PartyRole& role, int change);
  void Take(Port& port);
  void AddPlayer(PortListener& listener);
  void AddRecorder(PortListener& listener);
  /** What those who speak to this party alone say. */
  bool Whispered(const Port& port, Sum* sum) const;

  std::array<Port*, kMostParties> parties_{};
  size_t count_ = 0;
  int whisperers_ = 0;
  int speakers_ = 0;
  /** What the leader has received beyond whole blocks, samples. */
  int clocked_ = 0;
  Player* player_ = nullptr;
  Recorder* recorder_ = nullptr;
  alignas(64) Sum total_{};
};

/** What one party hears: `total` without what it says itself, cut to what a sample holds. */
void MixMinus(const int32_t* total, const int16_t* own, int16_t* to);
/** Adds a tick's samples. */
void AddTo(int32_t* total, const int16_t* samples);

}  // namespace node_dahdi::media
