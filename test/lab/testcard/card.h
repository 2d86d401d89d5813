/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Callbox's test card: a DAHDI driver without hardware, for the lab. Two cards of the same plan, the span n
 * of the first wired to the span n of the second; what virtual spans do not carry (line settings, alarms,
 * counters, clock sources, D-channels done by the card, polarity, being pulled out) works here as on a card
 * from a shop.
 */
#ifndef CALLBOX_TESTCARD_H
#define CALLBOX_TESTCARD_H

#include <dahdi/kernel.h>
#include <linux/types.h>

#define TESTCARD_CARDS 2
#define TESTCARD_PORTS 8
#define TESTCARD_CHANNELS 31
/* Longest D-channel frame, without its check sequence: N201 is 260. */
#define TESTCARD_FRAME 512
/* Longest echo of a hybrid, samples; a power of two. */
#define TESTCARD_TAPS 256

enum port_kind { PORT_E1, PORT_BRI, PORT_ANALOG };

struct card;

/* A D-channel whose framing the card does (DAHDI_SIG_HARDHDLC). */
struct data_channel {
  struct dahdi_chan* chan;
  atomic_t pending;
  unsigned int length;
  /* Ticks of 1 ms until the frame is out. */
  unsigned int left;
  u8 frame[TESTCARD_FRAME];
};

struct port {
  struct dahdi_span span;
  struct dahdi_chan* chans[TESTCARD_CHANNELS];
  struct dahdi_chan memory[TESTCARD_CHANNELS];
  struct card* card;
  struct port* far;
  enum port_kind kind;
  /* FXS ports among analog ones, by position. */
  u32 fxs;
  /* As clock source: 1 is the first choice, 0 none. */
  int rank;
  bool cut;
  int forced_alarms;
  /* The far end asked for a loop by in-band code. */
  bool looped;
  bool simulated_alarm;
  /* BRI: layer 1 rests until somebody sends a frame. */
  bool resting;
  enum dahdi_txsig hook[TESTCARD_CHANNELS];
  int reversed[TESTCARD_CHANNELS];
  int waiting[TESTCARD_CHANNELS];
  struct data_channel data;
  /* The codecs' gains, 4096 for none. */
  int send_gain[TESTCARD_CHANNELS], receive_gain[TESTCARD_CHANNELS];
  /* The hybrids' echo: so many taps of 1/32768. */
  unsigned int taps;
  s16 tap[TESTCARD_TAPS];
  s16 sent[TESTCARD_CHANNELS][TESTCARD_TAPS];
  unsigned int at[TESTCARD_CHANNELS];
};

struct card {
  unsigned int number;
  struct dahdi_device* device;
  bool present;
  char hardware_id[16];
  struct port* ports[TESTCARD_PORTS];
};

extern struct card testcard_cards[TESTCARD_CARDS];
extern unsigned int testcard_ports;

/* ports.c: what the driver asks of a span, and what a millisecond does to it. */
extern const struct dahdi_span_ops testcard_digital;
extern const struct dahdi_span_ops testcard_analog;
void testcard_describe(struct port* port, unsigned int index);
bool testcard_running(const struct port* port);
void testcard_signal(struct port* port);
void testcard_alarms(struct port* port);
void testcard_frames(struct port* port);

/* codec.c: gains and echo of telephone ports. */
int testcard_gain(int tenths);
void testcard_codec_reset(struct port* port);
void testcard_codec(struct port* port, const struct port* source, int i);

/* card.c: the cards as devices. */
int testcard_insert(struct card* card);
void testcard_remove(struct card* card);
void testcard_stop_clock(void);
void testcard_start_clock(void);

#endif
