// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Commands, events and the audio thread of the lab's peers; see kit.h.
//
// Audio is paced by the driver: for each block read, one is written, after a prefill that rides out the
// bursts of 4 ms in which a virtual span moves and the emulator's hiccups. What is played is rendered
// beforehand on the command thread; the audio thread only copies. Positions are counted in samples received
// since the voice was opened, so that a recording can be laid against what was played.
#define _GNU_SOURCE
#include "kit.h"

#include <dahdi/user.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 160, PREFILL = 12, BUFFERS = 32, VOICES = 128, RATE = 8000 };

// ---- commands and events -------------------------------------------------------------------------------

// Shared with the audio thread: who holds one runs at the priority of who waits for it.
static pthread_mutex_t output;
static pthread_mutex_t lock;

__attribute__((constructor)) static void make_locks(void) {
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_setprotocol(&kind, PTHREAD_PRIO_INHERIT);
  pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&output, &kind);
  pthread_mutex_init(&lock, &kind);
}

int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void emit_line(const char* body, va_list arguments) {
  pthread_mutex_lock(&output);
  printf("{\"ms\":%lld,", (long long)now_ms());
  vprintf(body, arguments);
  puts("}");
  fflush(stdout);
  pthread_mutex_unlock(&output);
}

void emit(const char* body, ...) {
  va_list arguments;
  va_start(arguments, body);
  emit_line(body, arguments);
  va_end(arguments);
}

void emit_error(const char* what, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, what);
  vsnprintf(text, sizeof text, what, arguments);
  va_end(arguments);
  emit("\"event\":\"error\",\"what\":\"%s\"", quoted(text));
}

void fatal(const char* what, ...) {
  va_list arguments;
  va_start(arguments, what);
  vfprintf(stderr, what, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

const char* quoted(const char* text) {
  static _Thread_local char ring[8][1024];
  static _Thread_local int next;
  char* out = ring[next++ & 7];
  size_t at = 0;
  for (; *text != 0 && at < sizeof ring[0] - 8; text++) {
    const unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\') out[at++] = '\\';
    if (c < 0x20)
      at += (size_t)sprintf(out + at, "\\u%04x", c);
    else
      out[at++] = (char)c;
  }
  out[at] = 0;
  return out;
}

static void command_add(struct command* command, char* word) {
  if (command->count == COMMAND_WORDS) return;
  char* equals = strchr(word, '=');
  if (equals != NULL) *equals = 0;
  command->keys[command->count] = word;
  command->values[command->count++] = equals != NULL ? equals + 1 : "1";
}

void command_parse(char* line, struct command* command) {
  memset(command, 0, sizeof *command);
  char* rest = NULL;
  command->verb = strtok_r(line, " \t\r\n", &rest);
  if (command->verb == NULL) command->verb = "";
  for (char* word; (word = strtok_r(NULL, " \t\r\n", &rest)) != NULL;) command_add(command, word);
}

void command_arguments(int count, char** arguments, struct command* command) {
  memset(command, 0, sizeof *command);
  command->verb = "start";
  for (int i = 1; i < count; i++) command_add(command, arguments[i]);
}

const char* command_text(const struct command* command, const char* key, const char* otherwise) {
  for (int i = 0; i < command->count; i++)
    if (strcmp(command->keys[i], key) == 0) return command->values[i];
  return otherwise;
}

int command_number(const struct command* command, const char* key, int otherwise) {
  const char* text = command_text(command, key, NULL);
  return text == NULL ? otherwise : atoi(text);
}

bool command_read(void (*run)(const struct command* command)) {
  static char pending[8192];
  static size_t length;
  const ssize_t got = read(STDIN_FILENO, pending + length, sizeof pending - length - 1);
  if (got <= 0) return got < 0 && errno == EINTR;
  length += (size_t)got;
  pending[length] = 0;
  char* line = pending;
  for (char* end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
    *end = 0;
    struct command command;
    command_parse(line, &command);
    if (command.verb[0] != 0) run(&command);
  }
  length -= (size_t)(line - pending);
  memmove(pending, line, length);
  return true;
}

// ---- G.711 ---------------------------------------------------------------------------------------------

static int16_t decode_alaw(uint8_t code) {
  const int value = code ^ 0x55;
  const int segment = (value >> 4) & 7;
  int magnitude = ((value & 15) << 4) + 8;
  if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
  return (int16_t)((value & 0x80) != 0 ? magnitude : -magnitude);
}

static int16_t decode_ulaw(uint8_t code) {
  const int value = ~code & 0xff;
  const int magnitude = ((((value & 15) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
  return (int16_t)((value & 0x80) != 0 ? -magnitude : magnitude);
}

static int16_t decoded[3][256];

static inline int16_t decode(enum law law, uint8_t code) { return decoded[law][code]; }

// The nearest code, by search over the law's own decoder: slow and plain, used once for a table.
static uint8_t codes[3][65536];

static void make_codes(enum law law) {
  for (int code = 0; code < 256; code++)
    decoded[law][code] = law == LAW_ALAW ? decode_alaw((uint8_t)code) : decode_ulaw((uint8_t)code);
  for (int sample = -32768; sample <= 32767; sample++) {
    // The magnitude codes of one sign rise steadily, so a binary search finds the neighbour pair.
    const bool negative = sample < 0;
    int low = 0;
    int high = 127;
    const int wanted = abs(sample);
    const int sign = law == LAW_ALAW ? (negative ? 0 : 0x80) : (negative ? 0x80 : 0);
#define CODE(n) (uint8_t)(law == LAW_ALAW ? ((sign | (n)) ^ 0x55) : (~(sign | (n)) & 0xff))
    while (high - low > 1) {
      const int middle = (low + high) / 2;
      if (abs(decode(law, CODE(middle))) <= wanted)
        low = middle;
      else
        high = middle;
    }
    const int below = abs(abs(decode(law, CODE(low))) - wanted);
    const int above = abs(abs(decode(law, CODE(high))) - wanted);
    codes[law][sample + 32768] = above < below ? CODE(high) : CODE(low);
#undef CODE
  }
}

static uint8_t encode(enum law law, int sample) {
  if (sample > 32767) sample = 32767;
  if (sample < -32768) sample = -32768;
  return codes[law][sample + 32768];
}

static uint8_t silence(enum law law) { return law == LAW_ALAW ? 0xd5 : 0xff; }

enum law law_named(const char* name) { return strcmp(name, "ulaw") == 0 ? LAW_ULAW : LAW_ALAW; }

// Peak of a sine at 0 dBm0 in 16-bit samples: the law's overload point (32256 at +3.14 dBm0, 32124 at +3.17).
static double peak_at(enum law law, double dbm0) {
  const double full = law == LAW_ALAW ? 32256.0 / pow(10, 3.14 / 20) : 32124.0 / pow(10, 3.17 / 20);
  return full * pow(10, dbm0 / 20);
}

// ---- sounds: what is played, rendered to law codes -----------------------------------------------------

struct sound {
  uint8_t* codes;
  size_t length;
  size_t room;
};

static void sound_add(struct sound* sound, uint8_t code) {
  if (sound->length == sound->room) {
    sound->room = sound->room == 0 ? 65536 : sound->room * 2;
    sound->codes = realloc(sound->codes, sound->room);
    if (sound->codes == NULL) fatal("out of memory");
  }
  sound->codes[sound->length++] = code;
}

static void sound_tone(struct sound* sound, enum law law, double first, double second, double dbm0, int ms) {
  const double peak = peak_at(law, dbm0);
  for (int i = 0; i < ms * RATE / 1000; i++) {
    double value = first > 0 ? peak * sin(2 * M_PI * first * i / RATE) : 0;
    if (second > 0) value += peak * sin(2 * M_PI * second * i / RATE);
    sound_add(sound, encode(law, (int)lround(value)));
  }
}

static const char keypad[] = "123A456B789C*0#D";
static const double rows[] = {697, 770, 852, 941};
static const double columns[] = {1209, 1336, 1477, 1633};

static void sound_dtmf(struct sound* sound, enum law law, const char* digits, double dbm0, int on, int off) {
  for (; *digits != 0; digits++) {
    const char* key = strchr(keypad, *digits);
    if (key != NULL) sound_tone(sound, law, rows[(key - keypad) / 4], columns[(key - keypad) % 4], dbm0, on);
    sound_tone(sound, law, 0, 0, 0, key != NULL ? off : 500);
  }
}

static uint32_t little(const uint8_t* at, int bytes) {
  uint32_t value = 0;
  for (int i = bytes - 1; i >= 0; i--) value = value << 8 | at[i];
  return value;
}

// Mono WAV at 8 kHz: 16-bit PCM, A-law or µ-law.
static bool sound_wav(struct sound* sound, enum law law, const char* path) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) return emit_error("%s: %s", path, strerror(errno)), false;
  uint8_t head[12];
  int format = 0;
  int channels = 0;
  bool good =
      fread(head, 1, 12, file) == 12 && memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WAVE", 4) == 0;
  while (good && fread(head, 1, 8, file) == 8) {
    const uint32_t size = little(head + 4, 4);
    if (memcmp(head, "fmt ", 4) == 0) {
      uint8_t form[16];
      good = size >= 16 && fread(form, 1, 16, file) == 16;
      format = (int)little(form, 2);
      channels = (int)little(form + 2, 2);
      good =
          good && channels == 1 && little(form + 4, 4) == RATE && (format == 1 || format == 6 || format == 7);
      fseek(file, (long)(size - 16 + (size & 1)), SEEK_CUR);
    } else if (memcmp(head, "data", 4) == 0) {
      uint8_t bytes[2];
      const size_t width = format == 1 ? 2 : 1;
      for (uint32_t at = 0; at + width <= size && fread(bytes, 1, width, file) == width;
           at += (uint32_t)width)
        sound_add(sound, encode(law, format == 1   ? (int16_t)little(bytes, 2)
                                     : format == 6 ? decode_alaw(bytes[0])
                                                   : decode_ulaw(bytes[0])));
      break;
    } else
      fseek(file, (long)(size + (size & 1)), SEEK_CUR);
  }
  fclose(file);
  if (!good || sound->length == 0) emit_error("%s: not a mono WAV file at 8 kHz", path);
  return good && sound->length > 0;
}

// play file=PATH | tone=425[+600] ms=… [off=…] [times=…] | dtmf=123 [on=… off=…] | count=N (a ramp of codes,
// for bit-exact checks)
static bool sound_render(struct sound* sound, enum law law, const struct command* command) {
  const char* file = command_text(command, "file", NULL);
  const char* tone = command_text(command, "tone", NULL);
  const char* digits = command_text(command, "dtmf", NULL);
  const int ramp = command_number(command, "count", 0);
  const double level = atof(command_text(command, "level", "-10"));
  const int off = command_number(command, "off", digits != NULL ? 100 : 0);
  if (file != NULL) return sound_wav(sound, law, file);
  if (tone != NULL) {
    const char* plus = strchr(tone, '+');
    for (int i = command_number(command, "times", 1); i > 0; i--) {
      sound_tone(sound, law, atof(tone), plus != NULL ? atof(plus + 1) : 0, level,
                 command_number(command, "ms", 1000));
      sound_tone(sound, law, 0, 0, 0, off);
    }
    return sound->length > 0;
  }
  if (digits != NULL) {
    sound_dtmf(sound, law, digits, level, command_number(command, "on", 100), off);
    return sound->length > 0;
  }
  // A sequence that no shift of itself matches: the low bits of a linear congruential generator.
  for (uint32_t i = 0, state = 1; (int)i < ramp; i++, state = state * 1664525U + 1013904223U)
    sound_add(sound, (uint8_t)(state >> 24));
  return ramp > 0 || (emit_error("play: nothing to play"), false);
}

// ---- voices --------------------------------------------------------------------------------------------

// Whole numbers throughout: the emulator's floating point is many times slower.
struct detector {
  int64_t before[8];
  int64_t before2[8];
  int samples;
  int64_t energy;
  char last;
  char down;
};

struct voice {
  int fd;
  int channel;
  enum law law;
  char name[64];
  int64_t received;
  int overruns;
  int underruns;
  // Playing.
  struct sound sound;
  size_t at;
  bool playing;
  bool loop;
  bool announced;
  bool held;
  int play;
  // Recording.
  struct sound heard;
  bool recording;
  int64_t record_start;
  char path[512];
  // Listening.
  struct detector detector;
  int quiet_blocks;
  int loud_blocks;
  bool sound_on;
};

static struct voice* voices[VOICES];
static int wake[2];
static voice_event event_hook;

int channel_open(int number) {
  const int fd = open("/dev/dahdi/channel", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return -1;
  if (ioctl(fd, DAHDI_SPECIFY, &number) == 0) return fd;
  const int reason = errno;
  close(fd);
  errno = reason;
  return -1;
}

// 2·cos(2πf/8000) of the keypad's rows and columns, times 2^14.
static int64_t turns[8];
// Power of a sine at -45 dBm0: what is louder counts as sound; and at -37 dBm0, which a digit has at least.
static int64_t sound_power;
static int64_t digit_power;

static void make_detector(void) {
  for (int i = 0; i < 8; i++)
    turns[i] = llround(2 * cos(2 * M_PI * (i < 4 ? rows[i] : columns[i - 4]) / RATE) * 16384);
  sound_power = llround(pow(peak_at(LAW_ALAW, -45), 2) / 2);
  digit_power = llround(pow(peak_at(LAW_ALAW, -37), 2) / 2);
}

// One key's digit of a block of 102 samples (12.75 ms) by Goertzel's algorithm, or 0: good enough to hear a
// clean sender, and quite independent of the product's own detector.
static char detect_block(struct detector* d) {
  int64_t power[8];
  int row = 0;
  int column = 4;
  for (int i = 0; i < 8; i++) {
    const int64_t a = d->before[i];
    const int64_t b = d->before2[i];
    power[i] = a * a + b * b - ((turns[i] * a) >> 14) * b;
    if (i < 4 && power[i] > power[row]) row = i;
    if (i >= 4 && power[i] > power[column]) column = i;
    d->before[i] = d->before2[i] = 0;
  }
  const int64_t r = power[row];
  const int64_t c = power[column];
  // The two tones must hold most of the block's energy (a sine's power is its energy times N/2).
  const bool digit =
      d->energy / 102 > digit_power && r + c > d->energy * 51 / 4 * 3 && r < c * 8 && c < r * 8;
  d->energy = 0;
  d->samples = 0;
  return (char)(digit ? keypad[row * 4 + column - 4] : 0);
}

static void detect(struct voice* v, const uint8_t* block, int length) {
  struct detector* d = &v->detector;
  for (int n = 0; n < length; n++) {
    const int64_t x = decode(v->law, block[n]);
    d->energy += x * x;
    for (int i = 0; i < 8; i++) {
      const int64_t y = x + ((turns[i] * d->before[i]) >> 14) - d->before2[i];
      d->before2[i] = d->before[i];
      d->before[i] = y;
    }
    if (++d->samples < 102) continue;
    const char found = detect_block(d);
    // Two blocks alike begin a digit, two unlike it end it.
    if (found == d->last && found != d->down) {
      if (found != 0)
        emit("\"event\":\"digit\",\"name\":\"%s\",\"digit\":\"%c\",\"sample\":%lld", v->name, found,
             (long long)v->received + n);
      d->down = found;
    }
    d->last = found;
  }
}

// Says when something begins to be heard (100 ms above -45 dBm0) and when it has been silent for 400 ms.
static void listen(struct voice* v, bool loud, int length) {
  v->loud_blocks = loud ? v->loud_blocks + 1 : 0;
  v->quiet_blocks = loud ? 0 : v->quiet_blocks + 1;
  const bool on =
      v->sound_on ? v->quiet_blocks * length < RATE * 4 / 10 : v->loud_blocks * length >= RATE / 10;
  if (on == v->sound_on) return;
  v->sound_on = on;
  emit("\"event\":\"sound\",\"name\":\"%s\",\"on\":%s,\"sample\":%lld", v->name, on ? "true" : "false",
       (long long)v->received);
}

static void hear(struct voice* v, const uint8_t* block, int length) {
  int64_t energy = 0;
  for (int n = 0; n < length; n++) {
    const int64_t x = decode(v->law, block[n]);
    energy += x * x;
  }
  const bool loud = energy / length > sound_power;
  listen(v, loud, length);
  // Silence needs no detector; a few blocks more end a digit that was down.
  if (loud || v->detector.down != 0 || v->detector.last != 0) detect(v, block, length);
}

static void write_block(struct voice* v, int length) {
  if (v->held) return;
  uint8_t block[BLOCK];
  memset(block, silence(v->law), sizeof block);
  if (v->playing && !v->announced)
    emit("\"event\":\"play-begin\",\"name\":\"%s\",\"play\":%d,\"sample\":%lld,\"length\":%zu", v->name,
         v->play, (long long)v->received, v->sound.length);
  v->announced = v->playing;
  for (int n = 0; n < length && v->playing; n++) {
    block[n] = v->sound.codes[v->at++];
    if (v->at < v->sound.length) continue;
    v->at = 0;
    if (!v->loop) {
      v->playing = false;
      emit("\"event\":\"play-end\",\"name\":\"%s\",\"play\":%d,\"sample\":%lld", v->name, v->play,
           (long long)v->received + n);
    }
  }
  if (write(v->fd, block, (size_t)length) != length) v->underruns++;
}

void voice_hold(struct voice* v, bool hold) {
  pthread_mutex_lock(&lock);
  const bool released = v->held && !hold;
  v->held = hold;
  for (int i = 0; released && i < PREFILL; i++) write_block(v, BLOCK);
  pthread_mutex_unlock(&lock);
}

static void driver_events(struct voice* v) {
  for (int event; ioctl(v->fd, DAHDI_GETEVENT, &event) == 0 && event != DAHDI_EVENT_NONE;) {
    if (event == DAHDI_EVENT_READ_OVERRUN)
      v->overruns++;
    else if (event == DAHDI_EVENT_WRITE_UNDERRUN)
      v->underruns++;
    else if (event_hook != NULL)
      event_hook(v, v->name, event);
  }
}

static void serve(struct voice* v) {
  uint8_t block[BLOCK];
  ssize_t got;
  // The driver answers ELAST (500) to reads and writes while an event waits to be fetched.
  while ((got = read(v->fd, block, sizeof block)) > 0 || errno == 500) {
    if (got < 0) {
      driver_events(v);
      continue;
    }
    if (v->recording)
      for (ssize_t n = 0; n < got; n++) sound_add(&v->heard, block[n]);
    hear(v, block, (int)got);
    write_block(v, (int)got);
    v->received += got;
  }
}

static void* audio_thread(void* unused) {
  (void)unused;
  struct sched_param priority = {.sched_priority = 40};
  if (pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority) != 0)
    fprintf(stderr, "audio: no SCHED_FIFO\n");
  for (;;) {
    struct pollfd polls[VOICES + 1] = {{.fd = wake[0], .events = POLLIN}};
    struct voice* polled[VOICES + 1];
    nfds_t count = 1;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < VOICES; i++) {
      if (voices[i] == NULL) continue;
      polled[count] = voices[i];
      polls[count++] = (struct pollfd){.fd = voices[i]->fd, .events = POLLIN | POLLPRI};
    }
    pthread_mutex_unlock(&lock);
    if (poll(polls, count, -1) < 0 && errno != EINTR) fatal("poll: %s", strerror(errno));
    char drain[64];
    if (polls[0].revents != 0 && read(wake[0], drain, sizeof drain) < 0) continue;
    pthread_mutex_lock(&lock);
    for (nfds_t n = 1; n < count; n++) {
      bool open = false;
      for (int i = 0; i < VOICES; i++) open = open || voices[i] == polled[n];
      if (!open) continue;
      if ((polls[n].revents & POLLPRI) != 0) driver_events(polled[n]);
      if ((polls[n].revents & POLLIN) != 0) serve(polled[n]);
    }
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

void voices_start(voice_event on_event) {
  event_hook = on_event;
  make_codes(LAW_ULAW);
  make_codes(LAW_ALAW);
  make_detector();
  pthread_t thread;
  if (pipe(wake) != 0 || pthread_create(&thread, NULL, audio_thread, NULL) != 0) fatal("no audio thread");
}

static void wake_audio(void) {
  if (write(wake[1], "", 1) < 0) emit_error("wake: %s", strerror(errno));
}

struct voice* voice_open(int channel, enum law law, const char* name) {
  const int fd = channel_open(channel);
  if (fd < 0) return emit_error("channel %d: %s", channel, strerror(errno)), NULL;
  int on = 1;
  int wanted = (int)law;
  int block = BLOCK;
  int flush = DAHDI_FLUSH_BOTH;
  struct dahdi_bufferinfo buffers = {.txbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .rxbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .numbufs = BUFFERS,
                                     .bufsize = BLOCK};
  struct dahdi_params parameters = {.channo = channel};
  // Clear channels (B-channels) carry audio only in audio mode; analog ones always do and refuse the switch.
  if (ioctl(fd, DAHDI_GET_PARAMS, &parameters) != 0 ||
      ((parameters.sigtype & DAHDI_SIG_CLEAR) != 0 && ioctl(fd, DAHDI_AUDIOMODE, &on) != 0) ||
      ioctl(fd, DAHDI_SETLAW, &wanted) != 0 || ioctl(fd, DAHDI_SET_BLOCKSIZE, &block) != 0 ||
      ioctl(fd, DAHDI_SET_BUFINFO, &buffers) != 0 || ioctl(fd, DAHDI_FLUSH, &flush) != 0) {
    emit_error("channel %d: set-up: %s", channel, strerror(errno));
    close(fd);
    return NULL;
  }
  ioctl(fd, DAHDI_BUFFER_EVENTS, &on);
  struct voice* v = calloc(1, sizeof *v);
  if (v == NULL) fatal("out of memory");
  *v = (struct voice){.fd = fd, .channel = channel, .law = law};
  snprintf(v->name, sizeof v->name, "%s", name);
  pthread_mutex_lock(&lock);
  int slot = 0;
  while (slot < VOICES && voices[slot] != NULL) slot++;
  if (slot < VOICES) voices[slot] = v;
  for (int i = 0; i < PREFILL; i++) write_block(v, BLOCK);
  pthread_mutex_unlock(&lock);
  if (slot == VOICES) fatal("more than %d voices", VOICES);
  wake_audio();
  return v;
}

int voice_fd(const struct voice* voice) { return voice->fd; }

static void put(FILE* file, uint32_t value, int bytes) {
  for (; bytes > 0; bytes--, value >>= 8) fputc((int)(value & 0xff), file);
}

static void save_recording(const char* path, enum law law, const struct sound* heard) {
  FILE* file = fopen(path, "wb");
  if (file == NULL) return emit_error("%s: %s", path, strerror(errno));
  const uint32_t bytes = (uint32_t)heard->length * 2;
  fwrite("RIFF", 1, 4, file);
  put(file, 36 + bytes, 4);
  fwrite("WAVEfmt ", 1, 8, file);
  put(file, 16, 4);
  put(file, 1, 2);
  put(file, 1, 2);
  put(file, RATE, 4);
  put(file, RATE * 2, 4);
  put(file, 2, 2);
  put(file, 16, 2);
  fwrite("data", 1, 4, file);
  put(file, bytes, 4);
  for (size_t n = 0; n < heard->length; n++) put(file, (uint16_t)decode(law, heard->codes[n]), 2);
  if (fclose(file) != 0) emit_error("%s: %s", path, strerror(errno));
}

static void stop_recording(struct voice* v) {
  pthread_mutex_lock(&lock);
  const bool was = v->recording;
  const struct sound heard = v->heard;
  v->recording = false;
  v->heard = (struct sound){0};
  pthread_mutex_unlock(&lock);
  if (!was) return;
  save_recording(v->path, v->law, &heard);
  emit("\"event\":\"recorded\",\"name\":\"%s\",\"file\":\"%s\",\"start\":%lld,\"samples\":%zu", v->name,
       quoted(v->path), (long long)v->record_start, heard.length);
  free(heard.codes);
}

void voice_close(struct voice* v) {
  stop_recording(v);
  pthread_mutex_lock(&lock);
  for (int i = 0; i < VOICES; i++)
    if (voices[i] == v) voices[i] = NULL;
  driver_events(v);
  close(v->fd);
  pthread_mutex_unlock(&lock);
  wake_audio();
  emit("\"event\":\"audio\",\"name\":\"%s\",\"channel\":%d,\"samples\":%lld,\"overruns\":%d,\"underruns\":%d",
       v->name, v->channel, (long long)v->received, v->overruns, v->underruns);
  free(v->sound.codes);
  free(v);
}

static void play(struct voice* v, const struct command* command) {
  static int plays;
  struct sound sound = {0};
  if (command != NULL && !sound_render(&sound, v->law, command)) {
    free(sound.codes);
    return;
  }
  pthread_mutex_lock(&lock);
  uint8_t* old = v->sound.codes;
  v->sound = sound;
  v->at = 0;
  v->announced = false;
  v->playing = sound.length > 0;
  v->loop = command != NULL && command_number(command, "loop", 0) != 0;
  v->play = ++plays;
  pthread_mutex_unlock(&lock);
  free(old);
}

bool voice_command(struct voice* v, const struct command* command) {
  const char* verb = command->verb;
  if (strcmp(verb, "play") == 0)
    play(v, command);
  else if (strcmp(verb, "stop") == 0)
    play(v, NULL);
  else if (strcmp(verb, "stop-record") == 0)
    stop_recording(v);
  else if (strcmp(verb, "record") == 0) {
    const char* path = command_text(command, "file", NULL);
    if (path == NULL) return emit_error("record: no file"), true;
    stop_recording(v);
    pthread_mutex_lock(&lock);
    snprintf(v->path, sizeof v->path, "%s", path);
    v->record_start = v->received;
    v->recording = true;
    pthread_mutex_unlock(&lock);
  } else
    return false;
  return true;
}
