#include "driver/structs.h"

#include <dahdi/user.h>
#include <string.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "driver/arguments.h"

namespace node_dahdi {

namespace {

struct Timing {
  const char* name;
  int dahdi_params::*field;
};

// What SET_PARAMS can change, milliseconds; all else of the structure is read-only.
constexpr Timing kTimings[] = {
    {"prewinkTime", &dahdi_params::prewinktime},
    {"preflashTime", &dahdi_params::preflashtime},
    {"winkTime", &dahdi_params::winktime},
    {"flashTime", &dahdi_params::flashtime},
    {"startTime", &dahdi_params::starttime},
    {"rxWinkTime", &dahdi_params::rxwinktime},
    {"rxFlashTime", &dahdi_params::rxflashtime},
    {"debounceTime", &dahdi_params::debouncetime},
    {"pulseBreakTime", &dahdi_params::pulsebreaktime},
    {"pulseMakeTime", &dahdi_params::pulsemaketime},
    {"pulseAfterTime", &dahdi_params::pulseaftertime},
};
constexpr Range kTimingRange{0, 60'000};

dahdi_params ReadParams(Napi::Env env, int fd, int channel) {
  dahdi_params params{};
  params.channo = channel | DAHDI_GET_PARAMS_RETURN_MASTER;
  Ioctl(env, fd, DAHDI_GET_PARAMS, &params, "DAHDI_GET_PARAMS");
  return params;
}

}  // namespace

Napi::Value GetParams(Napi::Env env, int fd, int channel) {
  const dahdi_params params = ReadParams(env, fd, channel);
  auto result = Napi::Object::New(env);
  result.Set("number", params.channo & 0xffff);
  result.Set("master", params.channo >> 16);
  result.Set("span", params.spanno);
  result.Set("position", params.chanpos);
  result.Set("name", FixedText(params.name));
  // Bit 31 (BROKEN) must not make the number negative.
  result.Set("signalling", static_cast<uint32_t>(params.sigtype));
  result.Set("capabilities", static_cast<uint32_t>(params.sigcap));
  result.Set("law", params.curlaw == DAHDI_LAW_ALAW ? "alaw" : "ulaw");
  result.Set("rxOffHook", params.rxisoffhook != 0);
  result.Set("rxBits", params.rxbits);
  result.Set("txBits", params.txbits);
  result.Set("idleBits", params.idlebits);
  result.Set("rxHookSignal", params.rxhooksig);
  result.Set("txHookSignal", params.txhooksig);
  result.Set("alarms", params.chan_alarms);
  for (const Timing& timing : kTimings) result.Set(timing.name, params.*timing.field);
  return result;
}

void SetParams(Napi::Env env, int fd, int channel, const Napi::Value& changes) {
  const Napi::Object object = ToObject(changes, "changes");
  dahdi_params params = ReadParams(env, fd, channel);
  params.channo &= 0xffff;
  for (const Timing& timing : kTimings) {
    if (const auto value = OptionalIntField(object, timing.name, kTimingRange)) params.*timing.field = *value;
  }
  Ioctl(env, fd, DAHDI_SET_PARAMS, &params, "DAHDI_SET_PARAMS");
}

uint32_t TimingSlips(int span) {
  constexpr std::string_view kLabel = "Timing slips: ";
  std::ifstream file("/proc/dahdi/" + std::to_string(span));
  for (std::string line; std::getline(file, line);) {
    const auto at = line.find(kLabel);
    if (at != std::string::npos) return std::strtoul(line.c_str() + at + kLabel.size(), nullptr, 10);
  }
  return 0;
}

Napi::Value GetSpanStatus(Napi::Env env, int fd, int span) {
  dahdi_spaninfo info{};
  info.spanno = span;
  Ioctl(env, fd, DAHDI_SPANSTAT, &info, "DAHDI_SPANSTAT");
  auto result = Napi::Object::New(env);
  result.Set("number", info.spanno);
  result.Set("name", FixedText(info.name));
  result.Set("description", FixedText(info.desc));
  result.Set("alarms", info.alarms);
  result.Set("txLevel", info.txlevel);
  result.Set("rxLevel", info.rxlevel);
  result.Set("bipolarViolations", info.bpvcount);
  result.Set("crc4Errors", info.crc4count);
  result.Set("eBitErrors", info.ebitcount);
  result.Set("frameAlignmentErrors", info.fascount);
  // The structure is packed: its unsigned members are copied before they are passed by reference.
  result.Set("framingErrors", uint32_t{info.fecount});
  result.Set("codeViolations", uint32_t{info.cvcount});
  result.Set("bitErrors", uint32_t{info.becount});
  result.Set("prbs", uint32_t{info.prbs});
  result.Set("erroredSeconds", uint32_t{info.errsec});
  result.Set("irqMisses", info.irqmisses);
  result.Set("syncSource", info.syncsrc);
  result.Set("configuredChannels", info.numchans);
  result.Set("totalChannels", info.totalchans);
  result.Set("totalSpans", info.totalspans);
  result.Set("lineBuildOut", info.lbo);
  result.Set("lineConfig", info.lineconfig);
  result.Set("lineBuildOutText", FixedText(info.lboname));
  result.Set("location", FixedText(info.location));
  result.Set("manufacturer", FixedText(info.manufacturer));
  result.Set("deviceType", FixedText(info.devicetype));
  result.Set("irq", info.irq);
  result.Set("lineCompatibility", info.linecompat);
  result.Set("type", FixedText(info.spantype));
  return result;
}

Napi::Value GetGains(Napi::Env env, int fd, int channel) {
  dahdi_gains gains{};
  gains.chan = channel;
  Ioctl(env, fd, DAHDI_GETGAINS, &gains, "DAHDI_GETGAINS");
  auto result = Napi::Object::New(env);
  result.Set("rx", Napi::Buffer<uint8_t>::Copy(env, gains.rxgain, sizeof gains.rxgain));
  result.Set("tx", Napi::Buffer<uint8_t>::Copy(env, gains.txgain, sizeof gains.txgain));
  return result;
}

void SetGains(Napi::Env env, int fd, int channel, const Napi::Value& value) {
  const Napi::Object object = ToObject(value, "gains");
  dahdi_gains gains{};
  gains.chan = channel;
  const auto copy = [&](const char* key, unsigned char(&table)[256]) {
    const auto bytes = ToBytes(object.Get(key), key);
    if (bytes.size() != sizeof table) ThrowArgument(env, std::string(key) + " must have 256 bytes");
    memcpy(table, bytes.data(), sizeof table);
  };
  copy("rx", gains.rxgain);
  copy("tx", gains.txgain);
  Ioctl(env, fd, DAHDI_SETGAINS, &gains, "DAHDI_SETGAINS");
}

namespace {

Napi::Object ConferenceObject(Napi::Env env, const dahdi_confinfo& info) {
  auto result = Napi::Object::New(env);
  result.Set("channel", info.chan);
  result.Set("conference", info.confno);
  result.Set("mode", info.confmode);
  return result;
}

}  // namespace

Napi::Value GetConference(Napi::Env env, int fd) {
  dahdi_confinfo info{};
  Ioctl(env, fd, DAHDI_GETCONF, &info, "DAHDI_GETCONF");
  return ConferenceObject(env, info);
}

Napi::Value SetConference(Napi::Env env, int fd, const Napi::Value& value) {
  const Napi::Object object = ToObject(value, "conference");
  dahdi_confinfo info{};
  info.confno = IntField(object, "conference", {-1, DAHDI_MAX_CONF});
  info.confmode = IntField(object, "mode", {0, 0xffff});
  Ioctl(env, fd, DAHDI_SETCONF, &info, "DAHDI_SETCONF");
  return ConferenceObject(env, info);
}

}  // namespace node_dahdi
