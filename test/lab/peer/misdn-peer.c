// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// A second layer 2 that is not ours: the kernel's own mISDN on one D-channel of the driver. Its layer 1 over
// IP (l1oip) speaks UDP, this program carries its frames to the D-channel and back, losing some when told;
// layer 3 is the caller's.
//
//   misdn-peer type=pri|bri side=network|user tei=0..63|127 dchan=CHANNEL device=N port=LOCAL remote=PORT
//
// `dchan` is the driver's number of the D-channel; `device` counts l1oip's devices from 0; `port` is ours,
// `remote` l1oip's. Commands (a line each):
//   establish | release           DL-ESTABLISH, DL-RELEASE request
//   data octets=HEX               DL-DATA request: an I frame
//   lose every=N                  each N-th frame of either direction is lost; 0: none
// Events: up, down (DL-ESTABLISH, DL-RELEASE), data (octets; to all terminals too), lost (a count, when
// losing ends).
#include <arpa/inet.h>
#include <dahdi/user.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kit.h"

// From the kernel's linux/mISDNif.h, which is not among its exported headers.
enum {
  MISDN_FAMILY = 34,
  LAPD_TE = 0x10,
  LAPD_NT = 0x11,
  DL_ESTABLISH_REQ = 0x1004,
  DL_RELEASE_REQ = 0x1104,
  DL_DATA_REQ = 0x3004,
  DL_ESTABLISH_IND = 0x1008,
  DL_ESTABLISH_CNF = 0x5008,
  DL_RELEASE_IND = 0x1108,
  DL_RELEASE_CNF = 0x5108,
  DL_DATA_IND = 0x3008,
  DL_UNITDATA_IND = 0x3108,
};
struct misdn_address {
  sa_family_t family;
  unsigned char device, channel, sapi, tei;
};
struct misdn_message {
  unsigned int primitive, id;
  unsigned char data[2048];
};

// l1oip: version, type and codec; channel; time base.
enum { HEADER = 4, FRAME = 512 };

static bool running = true;
static bool primary;
static bool group;
static int channel_fd, udp, layer2;
static int lose_every, seen, lost;
// Whose link the last message came from: on a bus there are several.
static struct misdn_address link_of;
static bool linked;

static void request(unsigned int primitive, const unsigned char* data, size_t length) {
  struct misdn_message message = {.primitive = primitive};
  memcpy(message.data, data, length);
  const struct sockaddr* to = group && linked ? (const struct sockaddr*)&link_of : NULL;
  if (sendto(layer2, &message, 8 + length, 0, to, to == NULL ? 0 : sizeof link_of) < 0)
    emit_error("primitive %x: %s", primitive, strerror(errno));
}

static bool loses(void) {
  if (lose_every == 0 || ++seen % lose_every != 0) return false;
  lost++;
  return true;
}

static void from_layer2(void) {
  struct misdn_message message;
  struct misdn_address from = {0};
  socklen_t size = sizeof from;
  ssize_t got = recvfrom(layer2, &message, sizeof message, MSG_DONTWAIT, (struct sockaddr*)&from, &size);
  if (got < 8) return;
  switch (message.primitive) {
    case DL_ESTABLISH_IND:
    case DL_ESTABLISH_CNF:
      link_of = from;
      linked = true;
      emit("\"event\":\"up\",\"tei\":%d", from.tei);
      break;
    case DL_RELEASE_IND:
    case DL_RELEASE_CNF:
      emit("\"event\":\"down\",\"tei\":%d", from.tei);
      break;
    case DL_DATA_IND:
    case DL_UNITDATA_IND: {
      char text[2 * FRAME + 1] = "";
      for (ssize_t i = 0; i < got - 8 && i < FRAME; i++) snprintf(text + 2 * i, 3, "%02x", message.data[i]);
      emit("\"event\":\"data\",\"octets\":\"%s\"", text);
      break;
    }
  }
}

static void from_layer1(void) {
  unsigned char packet[HEADER + FRAME + 2];
  ssize_t got = recv(udp, packet, HEADER + FRAME, MSG_DONTWAIT);
  if (got <= HEADER || packet[1] != (primary ? 16 : 3) || loses()) return;
  // The driver writes two octets of check sequence in the place of these.
  if (write(channel_fd, packet + HEADER, (size_t)got - HEADER + 2) < 0 && errno != EAGAIN && errno != ELAST)
    emit_error("D-channel: %s", strerror(errno));
}

static void to_layer1(const unsigned char* frame, size_t length) {
  unsigned char packet[HEADER + FRAME] = {primary ? 0x20 : 0, primary ? 16 : 3, 0, 0};
  memcpy(packet + HEADER, frame, length);
  if (send(udp, packet, HEADER + length, 0) < 0 && errno != ECONNREFUSED)
    emit_error("layer 1: %s", strerror(errno));
}

static void from_channel(void) {
  unsigned char frame[FRAME];
  ssize_t got = read(channel_fd, frame, sizeof frame);
  if (got < 0 && errno == ELAST) {
    int event;
    ioctl(channel_fd, DAHDI_GETEVENT, &event);
  }
  if (got > 2 && !loses()) to_layer1(frame, (size_t)got - 2);
}

static void run(const struct command* command) {
  if (strcmp(command->verb, "quit") == 0) {
    running = false;
  } else if (strcmp(command->verb, "establish") == 0) {
    request(DL_ESTABLISH_REQ, NULL, 0);
  } else if (strcmp(command->verb, "release") == 0) {
    request(DL_RELEASE_REQ, NULL, 0);
  } else if (strcmp(command->verb, "lose") == 0) {
    lose_every = command_number(command, "every", 0);
    if (lose_every == 0) emit("\"event\":\"lost\",\"frames\":%d", lost);
  } else if (strcmp(command->verb, "data") == 0) {
    const char* hex = command_text(command, "octets", "");
    unsigned char octets[FRAME];
    size_t length = strlen(hex) / 2;
    if (length > sizeof octets) return emit_error("data: more than %d octets", FRAME);
    for (size_t i = 0; i < length; i++) {
      char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
      octets[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    request(DL_DATA_REQ, octets, length);
  } else {
    emit_error("no command %s", command->verb);
  }
}

static int udp_between(int port, int remote) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  struct sockaddr_in other = {.sin_family = AF_INET, .sin_port = htons((uint16_t)remote)};
  own.sin_addr.s_addr = other.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || bind(fd, (struct sockaddr*)&own, sizeof own) != 0 ||
      connect(fd, (struct sockaddr*)&other, sizeof other) != 0)
    fatal("UDP port %d: %s", port, strerror(errno));
  return fd;
}

int main(int count, char** arguments) {
  struct command options;
  command_arguments(count, arguments, &options);
  primary = strcmp(command_text(&options, "type", "pri"), "pri") == 0;
  bool network = strcmp(command_text(&options, "side", "network"), "network") == 0;
  struct misdn_address address = {.family = MISDN_FAMILY,
                                  .device = (unsigned char)command_number(&options, "device", 0),
                                  .tei = (unsigned char)command_number(&options, "tei", 0)};
  group = network && address.tei == 127;
  channel_fd = channel_open(command_number(&options, "dchan", 0));
  struct dahdi_bufferinfo buffers = {.txbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .rxbufpolicy = DAHDI_POLICY_IMMEDIATE,
                                     .numbufs = 32,
                                     .bufsize = FRAME};
  if (channel_fd < 0 || ioctl(channel_fd, DAHDI_SET_BUFINFO, &buffers) != 0)
    fatal("D-channel: %s", strerror(errno));
  udp = udp_between(command_number(&options, "port", 0), command_number(&options, "remote", 0));
  layer2 = socket(MISDN_FAMILY, SOCK_DGRAM, network ? LAPD_NT : LAPD_TE);
  if (layer2 < 0 || bind(layer2, (struct sockaddr*)&address, sizeof address) != 0)
    fatal("mISDN device %d: %s", address.device, strerror(errno));
  // Layer 1 is up while packets come.
  to_layer1(NULL, 0);
  int64_t alive = now_ms();
  emit("\"event\":\"ready\"");

  struct pollfd watched[] = {{.fd = 0, .events = POLLIN},
                             {.fd = udp, .events = POLLIN},
                             {.fd = channel_fd, .events = POLLIN | POLLPRI},
                             {.fd = layer2, .events = POLLIN}};
  while (running) {
    if (poll(watched, 4, 5000) < 0 && errno != EINTR) fatal("poll: %s", strerror(errno));
    if ((watched[0].revents & (POLLIN | POLLHUP)) != 0 && !command_read(run)) break;
    if ((watched[1].revents & POLLIN) != 0) from_layer1();
    if ((watched[2].revents & (POLLIN | POLLPRI)) != 0) from_channel();
    if ((watched[3].revents & POLLIN) != 0) from_layer2();
    if (now_ms() - alive > 10000) {
      to_layer1(NULL, 0);
      alive = now_ms();
    }
  }
  close(layer2);
  close(channel_fd);
  emit("\"event\":\"bye\"");
  return 0;
}
