// The numbers of dahdi/user.h that a caller names. A test compares them with the header that the addon was built with.

/** Signalling of a channel (DAHDI_SIG_*). An FXO port is signalled `FXS…`, an FXS port `FXO…`: the name of what it faces. */
export const signalling = {
  NONE: 0,
  FXSLS: 0x2001,
  FXSGS: 0x2002,
  FXSKS: 0x2004,
  FXOLS: 0x1008,
  FXOGS: 0x1010,
  FXOKS: 0x1020,
  EM: 0x40,
  CLEAR: 0x80,
  HDLCRAW: 0x180,
  HDLCFCS: 0x380,
  HDLCNET: 0x780,
  SLAVE: 0x800,
  SF: 0x4000,
  CAS: 0x8000,
  EM_E1: 0x20000,
  DACS: 0x10080,
  DACS_RBS: 0x50000,
  HARDHDLC: 0x80080,
  MTP2: 0x100380,
  BROKEN: 0x80000000,
} as const;

/** Alarms of a span or channel (DAHDI_ALARM_*), a bit mask. */
export const alarms = {
  RECOVER: 0x1,
  LOOPBACK: 0x2,
  YELLOW: 0x4,
  RED: 0x8,
  BLUE: 0x10,
  NOTOPEN: 0x20,
  LOS: 0x100,
  LFA: 0x200,
  LMFA: 0x400,
} as const;

/** Commands of `Control.maintain` (DAHDI_MAINT_*, DAHDI_RESET_COUNTERS). */
export const maintenance = {
  NONE: 0,
  LOCALLOOP: 1,
  NETWORKLINELOOP: 2,
  LOOPUP: 3,
  LOOPDOWN: 4,
  FAS_DEFECT: 6,
  MULTI_DEFECT: 7,
  CRC_DEFECT: 8,
  CAS_DEFECT: 9,
  PRBS_DEFECT: 10,
  BIPOLAR_DEFECT: 11,
  PRBS: 12,
  NETWORKPAYLOADLOOP: 13,
  RESET_COUNTERS: 14,
  ALARM_SIM: 15,
} as const;

/** Modes of `setConference` (DAHDI_CONF_*), and the flags that are added to CONF and REALANDPSEUDO. */
export const conferenceMode = {
  NORMAL: 0,
  MONITOR: 1,
  MONITORTX: 2,
  MONITORBOTH: 3,
  CONF: 4,
  CONFANN: 5,
  CONFMON: 6,
  CONFANNMON: 7,
  REALANDPSEUDO: 8,
  DIGITALMON: 9,
  MONITOR_RX_PREECHO: 10,
  MONITOR_TX_PREECHO: 11,
  MONITORBOTH_PREECHO: 12,
  LISTENER: 0x100,
  TALKER: 0x200,
  PSEUDO_LISTENER: 0x400,
  PSEUDO_TALKER: 0x800,
} as const;

/** Framing and coding of `Control.configureSpan` (DAHDI_CONFIG_*), a bit mask. */
export const lineConfig = {
  D4: 0x10,
  ESF: 0x20,
  AMI: 0x40,
  B8ZS: 0x80,
  CCS: 0x100,
  HDB3: 0x200,
  CRC4: 0x400,
  NTTE: 0x800,
  TERM: 0x1000,
  NOTOPEN: 0x10000,
} as const;

/** Call-progress tones of `sendTone` (DAHDI_TONE_*). */
export const tones = {
  STOP: -1,
  DIALTONE: 0,
  BUSY: 1,
  RINGTONE: 2,
  CONGESTION: 3,
  CALLWAIT: 4,
  DIALRECALL: 5,
  RECORDTONE: 6,
  INFO: 7,
  CUST1: 8,
  CUST2: 9,
  STUTTER: 10,
  DTMF_BASE: 64,
  MFR1_BASE: 80,
  MFR2_FWD_BASE: 96,
  MFR2_REV_BASE: 112,
} as const;

/** What `flush` throws away, a bit mask (DAHDI_FLUSH_*). */
export const flush = { READ: 1, WRITE: 2, BOTH: 3, EVENT: 4, ALL: 7 } as const;

/** Conditions of `ioMux`, a bit mask (DAHDI_IOMUX_*). */
export const ioMux = { READ: 1, WRITE: 2, WRITEEMPTY: 4, SIGEVENT: 8 } as const;

/** Bits of `setToneDetect` (DAHDI_TONEDETECT_*). */
export const toneDetect = { ON: 1, MUTE: 2 } as const;

/** How a port shows that a message waits, a bit mask (DAHDI_VMWI_*). */
export const messageWaiting = { LREV: 1, HVDC: 2, HVAC: 4 } as const;

/** Signalling events (DAHDI_EVENT_*). The three with a digit carry its character in the low 16 bits. */
export const events = {
  NONE: 0,
  ONHOOK: 1,
  RINGOFFHOOK: 2,
  WINKFLASH: 3,
  ALARM: 4,
  NOALARM: 5,
  ABORT: 6,
  OVERRUN: 7,
  BADFCS: 8,
  DIALCOMPLETE: 9,
  RINGERON: 10,
  RINGEROFF: 11,
  HOOKCOMPLETE: 12,
  BITSCHANGED: 13,
  PULSE_START: 14,
  TIMER_EXPIRED: 15,
  TIMER_PING: 16,
  POLARITY: 17,
  RINGBEGIN: 18,
  EC_DISABLED: 19,
  REMOVED: 20,
  NEONMWI_ACTIVE: 21,
  NEONMWI_INACTIVE: 22,
  TX_CED_DETECTED: 23,
  RX_CED_DETECTED: 24,
  TX_CNG_DETECTED: 25,
  RX_CNG_DETECTED: 26,
  EC_NLP_DISABLED: 27,
  EC_NLP_ENABLED: 28,
  READ_OVERRUN: 29,
  WRITE_UNDERRUN: 30,
  PULSEDIGIT: 0x10000,
  DTMFDOWN: 0x20000,
  DTMFUP: 0x40000,
} as const;
