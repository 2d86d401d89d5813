// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// What the lab's peers have in common: commands in (one line each, `verb key=value …`), JSON events out, and
// voices: driver channels whose audio one real-time thread plays, records and listens to.
#ifndef LAB_KIT_H
#define LAB_KIT_H

#include <stdbool.h>
#include <stdint.h>

// ---- commands and events -------------------------------------------------------------------------------

// A command line, taken apart in place.
enum { COMMAND_WORDS = 32 };
struct command {
  const char* verb;
  int count;
  const char* keys[COMMAND_WORDS];
  const char* values[COMMAND_WORDS];
};

void command_parse(char* line, struct command* command);
// A program's own arguments, likewise.
void command_arguments(int count, char** arguments, struct command* command);
// The value of a key, or `otherwise` when it was not given.
const char* command_text(const struct command* command, const char* key, const char* otherwise);
int command_number(const struct command* command, const char* key, int otherwise);
// Reads what stdin has and calls `run` for each whole line. False at the end of input.
bool command_read(void (*run)(const struct command* command));

// One event line: {"ms":<monotonic milliseconds>,<body>}. `body` is JSON members, printf-formed.
void emit(const char* body, ...) __attribute__((format(printf, 1, 2)));
// {"event":"error","what":…}; the command that asked is reported, the program goes on.
void emit_error(const char* what, ...) __attribute__((format(printf, 1, 2)));
// A string made safe to stand between JSON quotes; valid until eight further calls.
const char* quoted(const char* text);
int64_t now_ms(void);
// Ends the program with a message: for what makes further work useless.
void fatal(const char* what, ...) __attribute__((format(printf, 1, 2), noreturn));

// ---- channels and voices -------------------------------------------------------------------------------

enum law { LAW_ULAW = 1, LAW_ALAW = 2 };
enum law law_named(const char* name);

// Opens a channel by its number through /dev/dahdi/channel, not blocking. -1 with errno.
int channel_open(int number);

struct voice;
// Called on the audio thread for each driver event of a voice's channel.
typedef void (*voice_event)(struct voice* voice, const char* name, int event);

// Starts the audio thread (SCHED_FIFO where permitted). `on_event` may be NULL.
void voices_start(voice_event on_event);
// Opens the channel, sets law and buffers, and begins to listen. `name` marks its events. NULL with an error
// event.
struct voice* voice_open(int channel, enum law law, const char* name);
// Flushes the recording and closes the channel.
void voice_close(struct voice* voice);
int voice_fd(const struct voice* voice);
// While held nothing is written: the driver gives up dialling by pulses at the next write. Call with `hold`
// false from the event hook, and it begins to write again with its full prefill.
void voice_hold(struct voice* voice, bool hold);
// Commands that are the same for every peer: play, stop, record, stop-record. False when the verb is not one
// of them.
bool voice_command(struct voice* voice, const struct command* command);

#endif
