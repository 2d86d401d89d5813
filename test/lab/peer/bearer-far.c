// SPDX-License-Identifier: Apache-2.0
// A bare channel's far end, without signalling: opens clear channels in audio mode, plays and records.
//
// Commands (a line each): open channel=C [law=alaw|ulaw] [name=N]; close name=N;
//   play | stop | record | stop-record name=N … (see kit.h); quit.
#include <stdio.h>
#include <string.h>

#include "kit.h"

enum { PORTS = 64 };

static struct {
  char name[64];
  struct voice* voice;
} ports[PORTS];
static bool running = true;

static void run(const struct command* command) {
  const char* verb = command->verb;
  const char* name = command_text(command, "name", command_text(command, "channel", ""));
  if (strcmp(verb, "quit") == 0) {
    running = false;
    return;
  }
  int at = 0;
  while (at < PORTS && (ports[at].voice == NULL || strcmp(ports[at].name, name) != 0)) at++;
  if (strcmp(verb, "open") == 0) {
    for (at = 0; at < PORTS && ports[at].voice != NULL;) at++;
    if (at == PORTS) return emit_error("no room");
    snprintf(ports[at].name, sizeof ports[at].name, "%s", name);
    ports[at].voice = voice_open(command_number(command, "channel", 0),
                                 law_named(command_text(command, "law", "alaw")), name);
    if (ports[at].voice != NULL) emit("\"event\":\"open\",\"name\":\"%s\"", name);
  } else if (at == PORTS)
    emit_error("%s: no port %s", verb, name);
  else if (strcmp(verb, "close") == 0) {
    voice_close(ports[at].voice);
    ports[at].voice = NULL;
  } else if (!voice_command(ports[at].voice, command))
    emit_error("%s: not a command", verb);
}

int main(void) {
  voices_start(NULL);
  emit("\"event\":\"ready\"");
  while (running && command_read(run))
    ;
  for (int i = 0; i < PORTS; i++)
    if (ports[i].voice != NULL) voice_close(ports[i].voice);
  emit("\"event\":\"bye\"");
  return 0;
}
