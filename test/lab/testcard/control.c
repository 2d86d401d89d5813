// SPDX-License-Identifier: GPL-2.0
/*
 * The hand on the cables: /sys/module/callbox_testcard/parameters/control takes a command, .../state shows
 * each port.
 *
 *   cut PORT, join PORT              the cable between PORT (card:span, as 1:2) and its far end
 *   alarm PORT MASK                  what the framer reports besides (DAHDI_ALARM_…); 0 ends it
 *   count PORT NAME N                adds N to one of its counters
 *   rest PORT                        layer 1 of a BRI is deactivated; the next frame activates it
 *   echo PORT DELAY GAIN             one tap of its hybrids: samples (0 to 255), 1/32768; without a gain: no
 * echo remove CARD, insert CARD
 */
#include <linux/module.h>
#include <linux/string.h>

#include "card.h"

static struct port* port_called(const char* word) {
  unsigned int card, span;

  if (!word || sscanf(word, "%u:%u", &card, &span) != 2 || card < 1 || card > TESTCARD_CARDS || span < 1 ||
      span > testcard_ports)
    return NULL;
  return testcard_cards[card - 1].ports[span - 1];
}

static u32* counter_called(struct dahdi_count* count, const char* name) {
  const struct {
    const char* name;
    u32* counter;
  } all[] = {
      {"fe", &count->fe},     {"cv", &count->cv},         {"bpv", &count->bpv},
      {"crc4", &count->crc4}, {"ebit", &count->ebit},     {"fas", &count->fas},
      {"be", &count->be},     {"errsec", &count->errsec}, {"slips", &count->timingslips},
  };
  unsigned int i;

  for (i = 0; i < ARRAY_SIZE(all); i++)
    if (!strcmp(all[i].name, name)) return all[i].counter;
  return NULL;
}

static int of_card(const char* verb, unsigned int number) {
  struct card* card = number >= 1 && number <= TESTCARD_CARDS ? &testcard_cards[number - 1] : NULL;
  int result = 0;

  if (!card) return -EINVAL;
  testcard_stop_clock();
  if (!strcmp(verb, "insert"))
    result = testcard_insert(card);
  else
    testcard_remove(card);
  testcard_start_clock();
  return result;
}

static int set_echo(struct port* port, const char* delay, const char* gain) {
  unsigned int at;

  if (kstrtouint(delay, 0, &at) || at >= TESTCARD_TAPS) return -EINVAL;
  if (!gain) {
    port->taps = 0;
    memset(port->tap, 0, sizeof(port->tap));
    return 0;
  }
  if (kstrtos16(gain, 0, &port->tap[at])) return -EINVAL;
  port->taps = max(port->taps, at + 1);
  return 0;
}

static int of_port(struct port* port, char* words[4]) {
  unsigned int amount = 0;
  u32* counter;

  if (!strcmp(words[0], "cut") || !strcmp(words[0], "join")) {
    port->cut = port->far->cut = !strcmp(words[0], "cut");
    return 0;
  }
  if (!strcmp(words[0], "rest")) {
    port->resting = port->far->resting = port->kind == PORT_BRI;
    return port->resting ? 0 : -EINVAL;
  }
  if (!words[2]) return -EINVAL;
  if (!strcmp(words[0], "echo")) return set_echo(port, words[2], words[3]);
  if (!strcmp(words[0], "alarm")) return kstrtoint(words[2], 0, &port->forced_alarms);
  counter = strcmp(words[0], "count") ? NULL : counter_called(&port->span.count, words[2]);
  if (!counter || !words[3] || kstrtouint(words[3], 0, &amount)) return -EINVAL;
  *counter += amount;
  return 0;
}

static int control_set(const char* text, const struct kernel_param* param) {
  char line[80], *rest = line, *words[4] = {NULL};
  unsigned int number;
  int i;

  if (strscpy(line, text, sizeof(line)) < 0) return -E2BIG;
  strim(line);
  for (i = 0; i < 4 && rest; i++) words[i] = strsep(&rest, " ");
  if (!words[1]) return -EINVAL;
  if (!strcmp(words[0], "remove") || !strcmp(words[0], "insert"))
    return kstrtouint(words[1], 10, &number) ?: of_card(words[0], number);
  return port_called(words[1]) ? of_port(port_called(words[1]), words) : -EINVAL;
}

static const struct kernel_param_ops control_ops = {.set = control_set};
module_param_cb(control, &control_ops, NULL, 0200);

static int state_get(char* text, const struct kernel_param* param) {
  unsigned int c, i;
  int length = 0;

  for (c = 0; c < TESTCARD_CARDS; c++)
    for (i = 0; testcard_cards[c].present && i < testcard_ports; i++) {
      const struct port* port = testcard_cards[c].ports[i];

      length += sysfs_emit_at(
          text, length, "%u:%u span=%d running=%d rank=%d lineconfig=%#x lbo=%d maint=%d alarms=%#x cut=%d\n",
          c + 1, i + 1, port->span.spanno, testcard_running(port), port->rank, port->span.lineconfig,
          port->span.lbo, port->span.maintstat, port->span.alarms, port->cut);
    }
  return length;
}

static const struct kernel_param_ops state_ops = {.get = state_get};
module_param_cb(state, &state_ops, NULL, 0444);
