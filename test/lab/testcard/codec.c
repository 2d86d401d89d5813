// SPDX-License-Identifier: GPL-2.0
/* What a telephone port's codec does to audio: hardware gains, and the hybrid, by which some of what is sent
 * comes back. */
#include <linux/math64.h>

#include "card.h"

#define ONE (1 << 12)
/* 0.1 dB, of 2^20. */
#define STEP 1060716
#define STEP_DOWN 1036585

/* @param tenths of a dB */
int testcard_gain(int tenths) {
  s64 gain = (s64)ONE << 20;

  for (; tenths > 0; tenths--) gain = (gain * STEP) >> 20;
  for (; tenths < 0; tenths++) gain = (gain * STEP_DOWN) >> 20;
  return (int)(gain >> 20);
}

void testcard_codec_reset(struct port* port) {
  int i;

  for (i = 0; i < TESTCARD_CHANNELS; i++) port->send_gain[i] = port->receive_gain[i] = ONE;
}

static int amplify(int sample, int gain) { return (int)(((s64)sample * gain) / ONE); }

/* What of its own comes back at this sample: the newest is at `newest`, older ones before it, around. */
static int echo_of(const struct port* port, const s16* sent, unsigned int newest) {
  s64 sum = 0;
  unsigned int i;

  for (i = 0; i < port->taps; i++) sum += (s64)port->tap[i] * sent[(newest - i) % TESTCARD_TAPS];
  return (int)(sum >> 15);
}

/* Makes what the port hears of what arrives at its line. Bit-exact where neither has anything to do. */
void testcard_codec(struct port* port, const struct port* source, int i) {
  struct dahdi_chan* own = port->chans[i];
  int arriving = source && source != port ? source->send_gain[i] : ONE;
  int x, sample;

  if (!port->taps && arriving == ONE && port->receive_gain[i] == ONE) return;
  for (x = 0; x < DAHDI_CHUNKSIZE; x++) {
    sample = amplify(DAHDI_XLAW(own->readchunk[x], own), arriving);
    port->at[i] = (port->at[i] + 1) % TESTCARD_TAPS;
    port->sent[i][port->at[i]] =
        (s16)clamp(amplify(DAHDI_XLAW(own->writechunk[x], own), port->send_gain[i]), -32768, 32767);
    sample += echo_of(port, port->sent[i], port->at[i]);
    sample = amplify(sample, port->receive_gain[i]);
    own->readchunk[x] = DAHDI_LIN2X(clamp(sample, -32768, 32767), own);
  }
}
