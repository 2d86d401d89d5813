// SPDX-License-Identifier: Apache-2.0
// The far end of analog lines: an exchange on FXS-side channels (fxoks in system.conf) and telephones on
// FXO-side channels (fxsks). The driver's signalling tells which a channel is.
//
// Commands (a line each):
//   open channel=C [law=ulaw|alaw] [name=N]   take a channel; its events carry the name (default: the number)
//   close name=N
//   ring name=N [on=1000 off=4000]            exchange: ring the line by a cadence
//   ring-off name=N                           exchange: stop ringing (the caller gave up)
//   feed name=N                               exchange: battery on, after `drop` or at the start of a call
//   drop name=N                               exchange: open the loop, which tells the line that the call is
//   over off-hook | on-hook | flash name=N         telephone pulse name=N digits=123 telephone: dial by loop
//   breaks play | stop | record | stop-record name=N …   see kit.h quit
// Events: off-hook on-hook flash pulse-start pulse-digit ringer-on ringer-off (exchange); ring-begin ring
// on-hook
//   pulses-sent hook-complete (telephone); alarm alarm-clear removed polarity; driver (any other, by number).
#include <dahdi/user.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "kit.h"

enum { PORTS = 64 };

struct port {
  char name[64];
  struct voice* voice;
  bool exchange;
};

static struct port ports[PORTS];
static bool running = true;

static struct port* port_named(const char* name) {
  for (int i = 0; i < PORTS; i++)
    if (ports[i].voice != NULL && strcmp(ports[i].name, name) == 0) return &ports[i];
  return NULL;
}

// ---- what the driver tells -----------------------------------------------------------------------------

static const char* event_name(int event) {
  switch (event) {
    case DAHDI_EVENT_ONHOOK:
      return "on-hook";
    case DAHDI_EVENT_RINGOFFHOOK:
      return "off-hook";
    case DAHDI_EVENT_WINKFLASH:
      return "flash";
    case DAHDI_EVENT_PULSE_START:
      return "pulse-start";
    case DAHDI_EVENT_RINGERON:
      return "ringer-on";
    case DAHDI_EVENT_RINGEROFF:
      return "ringer-off";
    case DAHDI_EVENT_RINGBEGIN:
      return "ring-begin";
    case DAHDI_EVENT_DIALCOMPLETE:
      return "pulses-sent";
    case DAHDI_EVENT_HOOKCOMPLETE:
      return "hook-complete";
    case DAHDI_EVENT_ALARM:
      return "alarm";
    case DAHDI_EVENT_NOALARM:
      return "alarm-clear";
    case DAHDI_EVENT_REMOVED:
      return "removed";
    case DAHDI_EVENT_POLARITY:
      return "polarity";
    default:
      return NULL;
  }
}

static bool is_exchange(int fd) {
  struct dahdi_params parameters = {0};
  return ioctl(fd, DAHDI_GET_PARAMS, &parameters) == 0 && (parameters.sigtype & __DAHDI_SIG_FXO) != 0;
}

// Going on hook, the driver empties the channel's queue: it is filled again.
static int set_hook(struct voice* voice, int state) {
  if (state == DAHDI_ONHOOK) voice_hold(voice, true);
  const int result = ioctl(voice_fd(voice), DAHDI_HOOK, &state);
  const int reason = errno;
  if (state == DAHDI_ONHOOK) voice_hold(voice, false);
  errno = reason;
  return result;
}

static void on_event(struct voice* voice, const char* name, int event) {
  if ((event & DAHDI_EVENT_PULSEDIGIT) != 0)
    return emit("\"event\":\"pulse-digit\",\"name\":\"%s\",\"digit\":\"%c\"", name, event & 0xff);
  const char* what = event_name(event);
  const bool exchange = is_exchange(voice_fd(voice));
  // A telephone's ring burst has ended and was long enough.
  if (event == DAHDI_EVENT_RINGOFFHOOK && !exchange) what = "ring";
  if (exchange && (event == DAHDI_EVENT_RINGOFFHOOK || event == DAHDI_EVENT_ONHOOK)) {
    // The line follows the telephone. Ringing the driver ends by itself only when lifted within a burst; and
    // a line that was not put on hook again cannot ring.
    set_hook(voice, event == DAHDI_EVENT_ONHOOK ? DAHDI_ONHOOK : DAHDI_OFFHOOK);
  }
  if (event == DAHDI_EVENT_DIALCOMPLETE) voice_hold(voice, false);
  if (what != NULL)
    emit("\"event\":\"%s\",\"name\":\"%s\"", what, name);
  else
    emit("\"event\":\"driver\",\"name\":\"%s\",\"code\":%d", name, event);
}

// ---- commands ------------------------------------------------------------------------------------------

// EINPROGRESS: the hook is on its way, HOOKCOMPLETE will say when it is there.
static void hook(const struct port* port, int state) {
  if (set_hook(port->voice, state) != 0 && errno != EINPROGRESS)
    emit_error("%s: hook %d: %s", port->name, state, strerror(errno));
}

static void open_port(const struct command* command) {
  const char* number = command_text(command, "channel", "0");
  const char* name = command_text(command, "name", number);
  int free_port = 0;
  while (free_port < PORTS && ports[free_port].voice != NULL) free_port++;
  if (free_port == PORTS || port_named(name) != NULL) return emit_error("open %s: in use, or no room", name);
  struct port* port = &ports[free_port];
  struct voice* voice = voice_open(atoi(number), law_named(command_text(command, "law", "ulaw")), name);
  if (voice == NULL) return;
  port->voice = voice;
  port->exchange = is_exchange(voice_fd(voice));
  snprintf(port->name, sizeof port->name, "%s", name);
  emit("\"event\":\"open\",\"name\":\"%s\",\"role\":\"%s\"", name, port->exchange ? "exchange" : "telephone");
}

static void ring(const struct port* port, const struct command* command) {
  struct dahdi_ring_cadence cadence = {
      .ringcadence = {command_number(command, "on", 1000), command_number(command, "off", 4000)}};
  if (ioctl(voice_fd(port->voice), DAHDI_SETCADENCE, &cadence) != 0)
    return emit_error("%s: cadence: %s", port->name, strerror(errno));
  hook(port, DAHDI_RING);
}

static void pulse(const struct port* port, const struct command* command) {
  struct dahdi_dialoperation dial = {.op = DAHDI_DIAL_OP_REPLACE};
  snprintf(dial.dialstr, sizeof dial.dialstr, "P%s", command_text(command, "digits", ""));
  voice_hold(port->voice, true);
  if (ioctl(voice_fd(port->voice), DAHDI_DIAL, &dial) == 0) return;
  emit_error("%s: dial: %s", port->name, strerror(errno));
  voice_hold(port->voice, false);
}

static void reverse(const struct port* port, const struct command* command) {
  int reversed = (int)command_number(command, "on", 1);
  if (ioctl(voice_fd(port->voice), DAHDI_SETPOLARITY, &reversed) != 0)
    emit_error("%s: polarity: %s", port->name, strerror(errno));
}

static bool port_command(struct port* port, const struct command* command) {
  const char* verb = command->verb;
  if (strcmp(verb, "close") == 0) {
    voice_close(port->voice);
    *port = (struct port){0};
  } else if (port->exchange && strcmp(verb, "ring") == 0)
    ring(port, command);
  else if (port->exchange && strcmp(verb, "ring-off") == 0)
    hook(port, DAHDI_RINGOFF);
  else if (port->exchange && strcmp(verb, "feed") == 0)
    hook(port, DAHDI_OFFHOOK);
  else if (port->exchange && strcmp(verb, "reverse") == 0)
    reverse(port, command);
  else if (port->exchange && strcmp(verb, "drop") == 0)
    hook(port, DAHDI_ONHOOK);
  else if (!port->exchange && strcmp(verb, "off-hook") == 0)
    hook(port, DAHDI_OFFHOOK);
  else if (!port->exchange && strcmp(verb, "on-hook") == 0)
    hook(port, DAHDI_ONHOOK);
  else if (!port->exchange && strcmp(verb, "flash") == 0)
    hook(port, DAHDI_FLASH);
  else if (!port->exchange && strcmp(verb, "pulse") == 0)
    pulse(port, command);
  else
    return voice_command(port->voice, command);
  return true;
}

static void run(const struct command* command) {
  if (strcmp(command->verb, "quit") == 0) {
    running = false;
    return;
  }
  if (strcmp(command->verb, "open") == 0) return open_port(command);
  const char* name = command_text(command, "name", "");
  struct port* port = port_named(name);
  if (port == NULL)
    emit_error("%s: no port %s", command->verb, name);
  else if (!port_command(port, command))
    emit_error("%s: not a command of %s %s", command->verb, port->exchange ? "the exchange" : "a telephone",
               name);
}

int main(void) {
  voices_start(on_event);
  emit("\"event\":\"ready\"");
  while (running && command_read(run))
    ;
  for (int i = 0; i < PORTS; i++)
    if (ports[i].voice != NULL) voice_close(ports[i].voice);
  emit("\"event\":\"bye\"");
  return 0;
}
