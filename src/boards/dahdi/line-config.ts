// How a line is driven, as the driver has it: a mask (DAHDI_CONFIG_*) and a number.
import { driver as nodeDahdi } from "node-dahdi";
import type { LineConfig } from "../board.ts";

const { CCS, D4, ESF, AMI, B8ZS, HDB3, CRC4, NTTE, TERM, NOTOPEN } = nodeDahdi.constants.lineConfig;

export function maskOf(config: LineConfig): number {
  const { framing, coding, crc4, network, termination, alarmWhenClosed } = config;
  return (
    (framing === "ccs" ? CCS : 0) |
    (coding === "hdb3" ? HDB3 : AMI) |
    (crc4 ? CRC4 : 0) |
    (network ? NTTE : 0) |
    (termination ? TERM : 0) |
    (alarmWhenClosed ? NOTOPEN : 0)
  );
}

/** @returns `undefined` for a line that was never configured, or for a T1 */
export function lineConfigOf(mask: number, lineBuildOut: number): LineConfig | undefined {
  const has = (bit: number): boolean => (mask & bit) !== 0;
  if (has(D4 | ESF | B8ZS) || !has(HDB3 | AMI)) return undefined;
  return {
    framing: has(CCS) ? "ccs" : "cas",
    coding: has(HDB3) ? "hdb3" : "ami",
    crc4: has(CRC4),
    lineBuildOut,
    network: has(NTTE),
    termination: has(TERM),
    alarmWhenClosed: has(NOTOPEN),
  };
}
