// SPDX-License-Identifier: GPL-2.0
/* The ports of the test card: what the driver asks of them, and what each millisecond does. */
#include <linux/ioctl.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "card.h"

#define to_port(s) container_of(s, struct port, span)
/* From the first frame at rest to a line that carries it, ms. */
#define WAKE_TIME 50

/* Analog spans are not started: they work from the moment they have a number. */
bool testcard_running(const struct port* port) {
  return test_bit(port->kind == PORT_ANALOG ? DAHDI_FLAGBIT_REGISTERED : DAHDI_FLAGBIT_RUNNING,
                  &port->span.flags);
}

static bool far_sends(const struct port* port) {
  return !port->cut && port->far->card->present && testcard_running(port->far);
}

static bool loops_back(const struct port* port) {
  return port->looped || port->span.maintstat == DAHDI_MAINT_NETWORKLINELOOP ||
         port->span.maintstat == DAHDI_MAINT_NETWORKPAYLOADLOOP;
}

/* Whose signal this port hears; NULL: nobody's. */
static struct port* source_of(struct port* port) {
  if (port->span.maintstat == DAHDI_MAINT_LOCALLOOP) return port;
  if (!far_sends(port) || port->resting) return NULL;
  return loops_back(port->far) ? port : port->far;
}

static int framing_alarms(const struct port* port) {
  int mine = port->span.lineconfig, theirs = port->far->span.lineconfig;

  /* Nobody sends the multiframe that this port looks for. */
  if (((mine & DAHDI_CONFIG_CRC4) && !(theirs & DAHDI_CONFIG_CRC4)) ||
      (!(mine & DAHDI_CONFIG_CCS) && (theirs & DAHDI_CONFIG_CCS)))
    return DAHDI_ALARM_RED | DAHDI_ALARM_LMFA;
  return 0;
}

/* What the framer reports now; the driver hears of it when it changes. */
void testcard_alarms(struct port* port) {
  int alarms = port->forced_alarms;

  if (!testcard_running(port) || port->kind == PORT_ANALOG) return;
  if (port->simulated_alarm) alarms |= DAHDI_ALARM_RED;
  if (port->span.maintstat != DAHDI_MAINT_LOCALLOOP) {
    if (!far_sends(port))
      alarms |= DAHDI_ALARM_RED | (port->kind == PORT_E1 ? DAHDI_ALARM_LOS : 0);
    else if (port->kind == PORT_BRI)
      alarms |= port->resting ? DAHDI_ALARM_RED : 0;
    else
      alarms |= framing_alarms(port);
    if (!alarms && port->kind == PORT_E1 && (port->far->span.alarms & DAHDI_ALARM_RED))
      alarms |= DAHDI_ALARM_YELLOW;
  }
  if (alarms == (port->span.alarms & ~DAHDI_ALARM_LOOPBACK)) return;
  port->span.alarms = alarms;
  dahdi_alarm_notify(&port->span);
}

/* Line signals are told each time, as a card reads its line each time; the driver ignores what did not
 * change. */
static void hear_hook(struct port* port, unsigned int i) {
  enum dahdi_txsig sent = port->far->hook[i];
  enum dahdi_rxsig heard;

  if (port->fxs & (1u << i)) /* A telephone's loop: open or closed. */
    heard =
        sent == DAHDI_TXSIG_OFFHOOK || sent == DAHDI_TXSIG_START ? DAHDI_RXSIG_OFFHOOK : DAHDI_RXSIG_ONHOOK;
  else if (sent == DAHDI_TXSIG_START)
    heard = DAHDI_RXSIG_RING;
  else /* The exchange's battery: there, or gone (kewl start). */
    heard = sent == DAHDI_TXSIG_KEWL ? DAHDI_RXSIG_ONHOOK : DAHDI_RXSIG_OFFHOOK;
  dahdi_hooksig(port->chans[i], heard);
}

void testcard_signal(struct port* port) {
  const u8 silence = port->span.deflaw == DAHDI_LAW_ALAW ? 0xd5 : 0xff;
  struct port* source = source_of(port);
  int i;

  for (i = 0; i < port->span.channels; i++) {
    if (source)
      memcpy(port->chans[i]->readchunk, source->chans[i]->writechunk, DAHDI_CHUNKSIZE);
    else /* A framer without a signal gives all ones; a telephone line is silent. */
      memset(port->chans[i]->readchunk, port->kind == PORT_ANALOG ? silence : 0xff, DAHDI_CHUNKSIZE);
    if (port->kind != PORT_ANALOG) continue;
    testcard_codec(port, source, i);
    if (far_sends(port)) hear_hook(port, i);
  }
}

/* Takes a frame from the driver and hands it to who hears this port, at the D-channel's speed. */
void testcard_frames(struct port* port) {
  static const u8 check[2];
  struct data_channel* data = &port->data;
  unsigned int per_tick = port->kind == PORT_BRI ? 2 : 8;
  struct port* to = port->span.maintstat == DAHDI_MAINT_LOCALLOOP || loops_back(port->far) ? port : port->far;

  if (!data->chan) return;
  if (!data->left && atomic_read(&data->pending) > 0) {
    data->length = sizeof(data->frame);
    if (dahdi_hdlc_getbuf(data->chan, data->frame, &data->length) == 0)
      data->length = 0; /* Longer than any frame of LAPD. */
    atomic_dec(&data->pending);
    data->left = data->length / per_tick + 1 + (port->resting ? WAKE_TIME : 0);
    port->resting = port->far->resting = false;
  }
  if (!data->left || --data->left) return;
  if (!data->length || source_of(to) != port || !to->data.chan || to->data.chan->sig != DAHDI_SIG_HARDHDLC)
    return;
  dahdi_hdlc_putbuf(to->data.chan, data->frame, data->length);
  dahdi_hdlc_putbuf(to->data.chan, (u8*)check, sizeof(check));
  dahdi_hdlc_finish(to->data.chan);
}

static int port_spanconfig(struct file* file, struct dahdi_span* span, struct dahdi_lineconfig* lc) {
  to_port(span)->rank = lc->sync;
  return 0;
}

static int port_chanconfig(struct file* file, struct dahdi_chan* chan, int signalling) {
  struct port* port = to_port(chan->span);

  if (signalling == DAHDI_SIG_HARDHDLC)
    port->data.chan = chan;
  else if (port->data.chan == chan)
    port->data.chan = NULL;
  return 0;
}

static int port_startup(struct file* file, struct dahdi_span* span) { return 0; }

static int port_shutdown(struct dahdi_span* span) {
  clear_bit(DAHDI_FLAGBIT_RUNNING, &span->flags);
  return 0;
}

/* Called with the span's lock held. */
static int port_maint(struct dahdi_span* span, int mode) {
  struct port* port = to_port(span);
  struct dahdi_count* there = &port->far->span.count;

  switch (mode) {
    case DAHDI_MAINT_NONE:
      port->simulated_alarm = false;
      return 0;
    case DAHDI_MAINT_LOCALLOOP:
    case DAHDI_MAINT_NETWORKLINELOOP:
    case DAHDI_MAINT_NETWORKPAYLOADLOOP:
      return 0;
    case DAHDI_MAINT_LOOPUP:
    case DAHDI_MAINT_LOOPDOWN:
      port->far->looped = mode == DAHDI_MAINT_LOOPUP;
      return 0;
    case DAHDI_MAINT_FAS_DEFECT:
      there->fas++;
      return 0;
    case DAHDI_MAINT_MULTI_DEFECT:
    case DAHDI_MAINT_CAS_DEFECT:
      there->fe++;
      return 0;
    case DAHDI_MAINT_CRC_DEFECT:
      there->crc4++;
      span->count.ebit++;
      return 0;
    case DAHDI_MAINT_BIPOLAR_DEFECT:
      there->bpv++;
      there->cv++;
      return 0;
    case DAHDI_MAINT_PRBS:
      span->count.prbs = source_of(port) == port;
      return 0;
    case DAHDI_MAINT_PRBS_DEFECT:
      span->count.be++;
      return 0;
    case DAHDI_RESET_COUNTERS:
      memset(&span->count, 0, sizeof(span->count));
      return 0;
    case DAHDI_MAINT_ALARM_SIM:
      port->simulated_alarm = !port->simulated_alarm;
      return 0;
    default:
      return -ENOSYS;
  }
}

static void port_hard_xmit(struct dahdi_chan* chan) {
  struct port* port = to_port(chan->span);

  if (port->data.chan == chan) atomic_inc(&port->data.pending);
}

/* Called with the channel's lock held: the far end hears of it at the next tick. */
static int port_hooksig(struct dahdi_chan* chan, enum dahdi_txsig signal) {
  to_port(chan->span)->hook[chan->chanpos - 1] = signal;
  return 0;
}

static int reverse(struct port* port, unsigned int i, int reversed) {
  if (port->reversed[i] != reversed && far_sends(port->far))
    dahdi_qevent_lock(port->far->chans[i], DAHDI_EVENT_POLARITY);
  port->reversed[i] = reversed;
  return 0;
}

static int port_ioctl(struct dahdi_chan* chan, unsigned int command, unsigned long data) {
  struct port* port = to_port(chan->span);
  unsigned int i = chan->chanpos - 1;
  bool fxs = port->fxs & (1u << i);
  struct dahdi_hwgain gain;
  int value;

  switch (command) {
    case DAHDI_SETPOLARITY:
      if (!fxs) return -EINVAL;
      if (get_user(value, (int __user*)data)) return -EFAULT;
      return reverse(port, i, !!value);
    case DAHDI_ONHOOKTRANSFER:
      return fxs ? 0 : -EINVAL;
    case DAHDI_VMWI:
      if (!fxs) return -EINVAL;
      return get_user(port->waiting[i], (int __user*)data);
    case DAHDI_SET_HWGAIN:
      if (copy_from_user(&gain, (void __user*)data, sizeof(gain))) return -EFAULT;
      /* Silicon DAAs reach from -15 to +12 dB. */
      if (gain.newgain < -150 || gain.newgain > 120) return -EINVAL;
      (gain.tx ? port->send_gain : port->receive_gain)[i] = testcard_gain(gain.newgain);
      return 0;
    default:
      return -ENOTTY;
  }
}

const struct dahdi_span_ops testcard_digital = {
    .owner = THIS_MODULE,
    .spanconfig = port_spanconfig,
    .chanconfig = port_chanconfig,
    .startup = port_startup,
    .shutdown = port_shutdown,
    .maint = port_maint,
    .hdlc_hard_xmit = port_hard_xmit,
};

const struct dahdi_span_ops testcard_analog = {
    .owner = THIS_MODULE,
    .chanconfig = port_chanconfig,
    .startup = port_startup,
    .shutdown = port_shutdown,
    .hooksig = port_hooksig,
    .ioctl = port_ioctl,
};

static int capability(const struct port* port, unsigned int i) {
  switch (port->kind) {
    case PORT_E1:
      return DAHDI_SIG_CLEAR | DAHDI_SIG_DACS | DAHDI_SIG_CAS | (i == 15 ? DAHDI_SIG_HARDHDLC : 0);
    case PORT_BRI: /* As on the cards with an HFC chip. */
      return i == 2 ? DAHDI_SIG_HARDHDLC : DAHDI_SIG_CLEAR | DAHDI_SIG_DACS;
    default:
      return port->fxs & (1u << i) ? DAHDI_SIG_FXOKS | DAHDI_SIG_FXOLS : DAHDI_SIG_FXSKS | DAHDI_SIG_FXSLS;
  }
}

/* As new, before it is registered. */
void testcard_describe(struct port* port, unsigned int index) {
  static const char* const kinds[] = {"E1", "BRI", "analog"};
  struct dahdi_span* span = &port->span;
  int channels = span->channels, i;

  memset(span, 0, sizeof(*span));
  span->channels = channels;
  snprintf(span->name, sizeof(span->name), "TEST/%u/%u", port->card->number, index + 1);
  snprintf(span->desc, sizeof(span->desc), "Callbox test card %u, port %u (%s)", port->card->number,
           index + 1, kinds[port->kind]);
  span->offset = index;
  span->chans = port->chans;
  span->deflaw = DAHDI_LAW_ALAW;
  switch (port->kind) {
    case PORT_E1:
      span->spantype = SPANTYPE_DIGITAL_E1;
      span->linecompat = DAHDI_CONFIG_AMI | DAHDI_CONFIG_HDB3 | DAHDI_CONFIG_CCS | DAHDI_CONFIG_CRC4;
      break;
    case PORT_BRI:
      span->spantype = port->card->number == 1 ? SPANTYPE_DIGITAL_BRI_TE : SPANTYPE_DIGITAL_BRI_NT;
      span->linecompat = DAHDI_CONFIG_AMI | DAHDI_CONFIG_HDB3 | DAHDI_CONFIG_CCS | DAHDI_CONFIG_CRC4 |
                         DAHDI_CONFIG_NTTE | DAHDI_CONFIG_TERM;
      break;
    case PORT_ANALOG:
      span->spantype = SPANTYPE_ANALOG_MIXED;
      span->flags = DAHDI_FLAG_RBS;
      break;
  }
  span->ops = port->kind == PORT_ANALOG ? &testcard_analog : &testcard_digital;
  memset(port->memory, 0, sizeof(port->memory));
  memset(&port->data, 0, sizeof(port->data));
  port->rank = 0;
  port->resting = false;
  testcard_codec_reset(port);
  for (i = 0; i < channels; i++) {
    struct dahdi_chan* chan = &port->memory[i];

    snprintf(chan->name, sizeof(chan->name), "TEST/%u/%u/%d", port->card->number, index + 1, i + 1);
    chan->chanpos = i + 1;
    chan->sigcap = capability(port, i);
    chan->pvt = port;
    port->chans[i] = chan;
    port->hook[i] = DAHDI_TXSIG_ONHOOK;
    port->reversed[i] = port->waiting[i] = 0;
  }
}
