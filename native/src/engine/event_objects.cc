// By words, for JavaScript.
#include "engine/event_objects.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/levels.h"

namespace node_dahdi {
namespace {

constexpr std::array<const char*, 5> kPlayReasons{"end", "stopped", "replaced", "closed", "error"};
constexpr std::array<const char*, 4> kRecordReasons{"stopped", "max", "closed", "error"};
constexpr std::array<const char*, 3> kFaxReasons{"done", "stopped", "closed"};
constexpr std::array<const char*, 12> kEventTypes{"digit-begin", "digit",    "play-end", "record-end",
                                                  "failed",      "closed",   "warning",  "audio",
                                                  "talking",     "fax-page", "fax-end",  "heard"};

}  // namespace

Napi::Object ToObject(Napi::Env env, const media::EngineEvent& event, media::MediaEngine& engine) {
  using media::EngineEvent;
  Napi::Object object = Napi::Object::New(env);
  object["type"] = kEventTypes[static_cast<size_t>(event.type)];
  object["id"] = event.id;
  switch (event.type) {
    case EngineEvent::Type::kDigitBegin:
    case EngineEvent::Type::kDigitEnd:
      object["digit"] = std::string(1, event.digit);
      object["durationMs"] = static_cast<double>(event.length);
      object["levelDbm0"] = media::Dbm0Of(event.row + event.column);
      object["twistDb"] = media::Dbm0Of(event.column) - media::Dbm0Of(event.row);
      break;
    case EngineEvent::Type::kPlayEnd: {
      object["reason"] = kPlayReasons[static_cast<size_t>(event.play_reason)];
      object["samples"] = static_cast<double>(event.length);
      Napi::Array errors = Napi::Array::New(env, event.errors.size());
      for (uint32_t i = 0; i < event.errors.size(); i++) {
        Napi::Object error = Napi::Object::New(env);
        error["item"] = event.errors[i].item;
        error["code"] = event.errors[i].code;
        errors[i] = error;
      }
      object["errors"] = errors;
      break;
    }
    case EngineEvent::Type::kRecordEnd:
      object["reason"] = kRecordReasons[static_cast<size_t>(event.record_reason)];
      object["frames"] = static_cast<double>(event.length);
      object["bytes"] = static_cast<double>(event.bytes);
      object["lostFrames"] = static_cast<double>(event.lost);
      object["sha256"] = event.sha256;
      object["code"] = event.code;
      break;
    case EngineEvent::Type::kFaxPage:
    case EngineEvent::Type::kFaxEnd:
      object["reason"] = kFaxReasons[static_cast<size_t>(event.fax.reason)];
      object["status"] = event.fax.status;
      object["pages"] = event.fax.pages;
      object["bitRate"] = event.fax.bit_rate;
      object["errorCorrection"] = event.fax.error_correction;
      object["badRows"] = event.fax.bad_rows;
      object["longestBadRun"] = event.fax.longest_bad_run;
      object["far"] = event.fax.far;
      break;
    case EngineEvent::Type::kFailed:
    case EngineEvent::Type::kWarning:
      object["code"] = event.code;
      break;
    case EngineEvent::Type::kAudio: {
      const std::vector<int16_t> samples = engine.TakeAudio(event.id);
      Napi::Int16Array array = Napi::Int16Array::New(env, samples.size());
      std::copy(samples.begin(), samples.end(), array.Data());
      object["samples"] = array;
      break;
    }
    case EngineEvent::Type::kTalking:
      object["talking"] = event.length > 0;
      break;
    case EngineEvent::Type::kHeard: {
      object["ear"] = kEars[static_cast<size_t>(event.heard.kind)];
      object["what"] = event.heard.what;
      object["value"] = event.heard.value;
      auto message = Napi::Uint8Array::New(env, event.message.size());
      std::copy(event.message.begin(), event.message.end(), message.Data());
      object["message"] = message;
      break;
    }
    case EngineEvent::Type::kClosed:
      break;
  }
  return object;
}

Napi::Object ToObject(Napi::Env env, const media::BitErrorTest::Counts& counts) {
  Napi::Object object = Napi::Object::New(env);
  object["bits"] = static_cast<double>(counts.bits);
  object["errors"] = static_cast<double>(counts.errors);
  object["losses"] = counts.losses;
  object["erroredSeconds"] = counts.errored_seconds;
  object["locked"] = counts.locked;
  return object;
}

Napi::Object ToObject(Napi::Env env, const media::LineProbe::Found& found) {
  auto sums = Napi::Int32Array::New(env, found.sums.size());
  std::copy(found.sums.begin(), found.sums.end(), sums.Data());
  Napi::Object object = Napi::Object::New(env);
  object["sums"] = sums;
  object["energy"] = static_cast<double>(found.energy);
  object["periods"] = found.periods;
  return object;
}

}  // namespace node_dahdi
