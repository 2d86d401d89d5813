// The driver's structures as JavaScript objects and back: channel parameters, span status, gains.
// The same calls work on the control device (with a channel or span number) and on an open channel (with 0).
#pragma once

#include <napi.h>

namespace node_dahdi {

Napi::Value GetParams(Napi::Env env, int fd, int channel);
void SetParams(Napi::Env env, int fd, int channel, const Napi::Value& changes);
Napi::Value GetSpanStatus(Napi::Env env, int fd, int span);
// SPANSTAT has no place for clock slips: the driver says them in /proc/dahdi alone, once there are any.
uint32_t TimingSlips(int span);
Napi::Value GetGains(Napi::Env env, int fd, int channel);
void SetGains(Napi::Env env, int fd, int channel, const Napi::Value& gains);
Napi::Value GetConference(Napi::Env env, int fd);
Napi::Value SetConference(Napi::Env env, int fd, const Napi::Value& conference);

}  // namespace node_dahdi
