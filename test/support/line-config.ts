// An E1 as most are: common channel signalling, HDB3, CRC-4.
export const usualE1 = {
  framing: "ccs",
  coding: "hdb3",
  crc4: true,
  lineBuildOut: 0,
  network: false,
  termination: false,
  alarmWhenClosed: false,
} as const;
