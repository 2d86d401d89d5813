// SPDX-License-Identifier: GPL-2.0
/* The test card as a kernel module: its plan, its clock of 1 ms, its devices coming and going. */
#include "card.h"

#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

static char* plan = "e1,e1";
module_param(plan, charp, 0444);
MODULE_PARM_DESC(
    plan, "a span each: e1, bri, or analog with a letter a port of the first card: o (FXO) or s (FXS)");

struct card testcard_cards[TESTCARD_CARDS];
unsigned int testcard_ports;

static struct platform_device* slots;
static struct hrtimer clock_timer;
static const ktime_t tick = 1000000;

static bool exchanging(const struct port* port) {
  return port && port->card->present && testcard_running(port);
}

/* Every running port sends a chunk; then each hears its far end's. */
static void exchange(void) {
  unsigned int i, c;

  for (i = 0; i < testcard_ports; i++)
    for (c = 0; c < TESTCARD_CARDS; c++)
      if (exchanging(testcard_cards[c].ports[i])) dahdi_transmit(&testcard_cards[c].ports[i]->span);
  for (i = 0; i < testcard_ports; i++)
    for (c = 0; c < TESTCARD_CARDS; c++) {
      struct port* port = testcard_cards[c].ports[i];

      if (!port || !port->card->present) continue;
      testcard_alarms(port);
      if (!exchanging(port)) continue;
      testcard_signal(port);
      testcard_frames(port);
      dahdi_ec_span(&port->span);
      dahdi_receive(&port->span);
    }
}

/* The first running source in order that has a signal, as cards choose it; 0 is the card's own oscillator. */
static void choose_clocks(void) {
  unsigned int c, i;

  for (c = 0; c < TESTCARD_CARDS; c++) {
    struct card* card = &testcard_cards[c];
    struct port* best = NULL;

    if (!card->present) continue;
    for (i = 0; i < testcard_ports; i++) {
      struct port* port = card->ports[i];

      if (port->rank > 0 && testcard_running(port) && !(port->span.alarms & DAHDI_ALARM_RED) &&
          (!best || port->rank < best->rank))
        best = port;
    }
    for (i = 0; i < testcard_ports; i++) card->ports[i]->span.syncsrc = best ? best->span.spanno : 0;
  }
}

static enum hrtimer_restart clock_ticks(struct hrtimer* timer) {
  unsigned long missed = hrtimer_forward_now(timer, tick);

  /* A late interrupt catches up, as a card's buffers would; beyond 16 ms they would have run over. */
  for (missed = min(missed, 16UL); missed > 0; missed--) exchange();
  choose_clocks();
  return HRTIMER_RESTART;
}

void testcard_stop_clock(void) { hrtimer_cancel(&clock_timer); }

void testcard_start_clock(void) { hrtimer_start(&clock_timer, tick, HRTIMER_MODE_REL); }

/* The clock must stand. */
int testcard_insert(struct card* card) {
  unsigned int i;
  int result;

  if (card->present) return -EEXIST;
  card->device = dahdi_create_device();
  if (!card->device) return -ENOMEM;
  card->device->manufacturer = "Callbox";
  card->device->devicetype = "Callbox test card";
  card->device->hardware_id = card->hardware_id;
  card->device->location = kasprintf(GFP_KERNEL, "Lab slot %u", card->number);
  dev_set_name(&card->device->dev, "testcard:%u", card->number);
  for (i = 0; i < testcard_ports; i++) {
    struct port* port = card->ports[i];

    testcard_describe(port, i);
    list_add_tail(&port->span.device_node, &card->device->spans);
  }
  result = dahdi_register_device(card->device, &slots->dev);
  if (result) {
    kfree(card->device->location);
    dahdi_free_device(card->device);
    return result;
  }
  card->present = true;
  return 0;
}

/* The clock must stand. Channels may be open: their holders get errors, as when a card is pulled out. */
void testcard_remove(struct card* card) {
  if (!card->present) return;
  card->present = false;
  dahdi_unregister_device(card->device);
  kfree(card->device->location);
  dahdi_free_device(card->device);
  card->device = NULL;
}

static int plan_port(struct port* port, const char* word, bool mirrored) {
  unsigned int i;

  if (!strcmp(word, "e1")) {
    port->kind = PORT_E1;
    port->span.channels = TESTCARD_CHANNELS;
    return 0;
  }
  if (!strcmp(word, "bri")) {
    port->kind = PORT_BRI;
    port->span.channels = 3;
    return 0;
  }
  if (strncmp(word, "analog", 6) || !word[6] || strlen(word + 6) > TESTCARD_CHANNELS) return -EINVAL;
  port->kind = PORT_ANALOG;
  for (i = 0; word[6 + i]; i++) {
    if (word[6 + i] != 'o' && word[6 + i] != 's') return -EINVAL;
    if ((word[6 + i] == 's') != mirrored) port->fxs |= 1u << i;
  }
  port->span.channels = i;
  return 0;
}

static int make_ports(void) {
  char *words = kstrdup(plan, GFP_KERNEL), *rest = words, *word;
  int result = words ? 0 : -ENOMEM;
  unsigned int c;

  while (!result && (word = strsep(&rest, ","))) {
    struct port* pair[TESTCARD_CARDS];

    if (testcard_ports == TESTCARD_PORTS) result = -E2BIG;
    for (c = 0; !result && c < TESTCARD_CARDS; c++) {
      pair[c] = kzalloc(sizeof(*pair[c]), GFP_KERNEL);
      if (!pair[c]) {
        result = -ENOMEM;
        break;
      }
      testcard_cards[c].ports[testcard_ports] = pair[c];
      pair[c]->card = &testcard_cards[c];
      result = plan_port(pair[c], word, c == 1);
    }
    if (result) break;
    pair[0]->far = pair[1];
    pair[1]->far = pair[0];
    testcard_ports++;
  }
  kfree(words);
  return result;
}

static void release(void) {
  unsigned int c, i;

  testcard_stop_clock();
  for (c = 0; c < TESTCARD_CARDS; c++) {
    testcard_remove(&testcard_cards[c]);
    for (i = 0; i < TESTCARD_PORTS; i++) kfree(testcard_cards[c].ports[i]);
  }
  platform_device_unregister(slots);
}

static int __init testcard_init(void) {
  unsigned int c;
  int result;

  hrtimer_init(&clock_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
  clock_timer.function = clock_ticks;
  slots = platform_device_register_simple("callbox_testcard", PLATFORM_DEVID_NONE, NULL, 0);
  if (IS_ERR(slots)) return PTR_ERR(slots);
  for (c = 0; c < TESTCARD_CARDS; c++) {
    testcard_cards[c].number = c + 1;
    snprintf(testcard_cards[c].hardware_id, sizeof(testcard_cards[c].hardware_id), "CB-%04u", c + 1);
  }
  result = make_ports();
  for (c = 0; !result && c < TESTCARD_CARDS; c++) result = testcard_insert(&testcard_cards[c]);
  if (result) {
    release();
    return result;
  }
  testcard_start_clock();
  return 0;
}

static void __exit testcard_exit(void) { release(); }

module_init(testcard_init);
module_exit(testcard_exit);
MODULE_LICENSE("GPL v2");
MODULE_AUTHOR("Callbox");
MODULE_DESCRIPTION("Two DAHDI cards without hardware, wired to each other");
