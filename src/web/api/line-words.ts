// What the driver's alarms and counters, and the tests of lines, are called in English, and what to do about them: for
// the command line and, beside the other languages, for the console.
import type { LineConfigView } from "./lines.ts";

export const lineWords = {
  "alarm.BLUE": "Far end sends all ones (blue alarm)",
  "alarm.LFA": "Frame alignment lost",
  "alarm.LMFA": "Multiframe alignment lost",
  "alarm.LOOPBACK": "In loopback",
  "alarm.LOS": "Loss of signal",
  "alarm.NOTOPEN": "Not in service",
  "alarm.RECOVER": "Recovering",
  "alarm.RED": "No usable signal (red alarm)",
  "alarm.YELLOW": "Far end does not receive us (yellow alarm)",
  "alarmRemedy.BLUE":
    "The equipment between here and the exchange has lost the exchange's signal. Report it to the carrier.",
  "alarmRemedy.LFA":
    "There is a signal but no frames. Check framing (CRC-4 on or off) and the cable's pairs.",
  "alarmRemedy.LMFA":
    "Frames arrive without CRC-4 multiframes. Switch CRC-4 off, or have the exchange send it.",
  "alarmRemedy.LOOPBACK": "The line is looped for a test, here or at the carrier. Have the loop removed.",
  "alarmRemedy.LOS": "No signal from the exchange: check the cable, its pairs and the connector.",
  "alarmRemedy.NOTOPEN":
    "The driver has not started this span, or its card is gone. Check its configuration.",
  "alarmRemedy.RECOVER": "The fault is over; the driver waits some seconds before it trusts the line.",
  "alarmRemedy.RED": "No signal from the exchange: check cable and pair.",
  "alarmRemedy.YELLOW": "The exchange does not hear us: check the sending pair of the cable.",
  "check.alarms": "Alarms",
  "check.data-link": "Data link",
  "check.line-config": "Framing and coding as set",
  "check.port": "Port on the card",
  "check.restart": "Exchange answers RESTART",
  "counter.bipolarViolations": "Bipolar violations",
  "counter.bitErrors": "Bit errors",
  "counter.codeViolations": "Code violations",
  "counter.crc4Errors": "CRC-4 errors",
  "counter.eBitErrors": "CRC-4 errors at the far end (E-bits)",
  "counter.erroredSeconds": "Errored seconds",
  "counter.frameAlignmentErrors": "Frame alignment errors",
  "counter.framingErrors": "Framing errors",
  "counter.irqMisses": "Missed interrupts",
  "counter.timingSlips": "Clock slips",
  "counterRemedy.bipolarViolations": "Pulses are damaged on the way: check cable, connectors and earthing.",
  "counterRemedy.bitErrors": "A test pattern arrives with errors: check the cable.",
  "counterRemedy.codeViolations":
    "The line code is broken on the way: check the cable, and HDB3 on both sides.",
  "counterRemedy.crc4Errors":
    "Blocks arrive damaged: check the cable; if they come evenly, the clock source.",
  "counterRemedy.eBitErrors": "What we send arrives damaged: check the sending pair and the line build-out.",
  "counterRemedy.erroredSeconds":
    "Seconds with any error. Some a day are usual; steadily growing, check the cable.",
  "counterRemedy.frameAlignmentErrors": "Frame words arrive damaged: check cable and clock source.",
  "counterRemedy.framingErrors": "Frames are lost or slip: check that one side only gives the clock.",
  "counterRemedy.irqMisses":
    "The computer was too slow for the card: check for other loads and shared interrupts.",
  "counterRemedy.timingSlips":
    "Two clocks differ: let the card take its clock from the exchange (rank as clock source 1).",
  "line.tooLoud": "Voices cut off at their peaks",
  "line.tooLoudRemedy":
    "Calls come in distorted: lower the receive gain, or have the carrier or the switchboard send less.",
  "result.failed": "failed",
  "result.passed": "in order",
  "result.skipped": "not tested",
  "why.down": "the line is down",
  "why.in-use": "a call is on it",
  "why.no-answer": "no answer",
  "why.on-demand": "up only during calls",
} as const;

/** How a line is driven, in the signs that installers know in every language. */
export function lineConfigWords(line: LineConfigView, kind: "E1" | "BRI"): string {
  const { framing, coding, crc4, lineBuildOut, network, termination } = line;
  return [
    framing.toUpperCase(),
    coding.toUpperCase(),
    ...(crc4 ? ["CRC-4"] : []),
    ...(kind === "BRI" ? [network ? "NT" : "TE"] : []),
    ...(termination ? ["100 Ω"] : []),
    ...(lineBuildOut === 0 ? [] : [`LBO ${lineBuildOut}`]),
  ].join(", ");
}
