// Where nothing happens in the data-link table of Q.921: by state, the clause and the inputs.
import type { LinkState } from "../../../../src/signalling/isdn/q921/link.ts";

/** Frames of multiple-frame operation with V(S) = V(A) = V(R) = 0: N(S) right or not, N(R) right or not, P or F. */
const sequenced: readonly string[] = [
  ...["I 0/0", "I 0/0 P", "I 0/1", "I 0/1 P", "I 1/0", "I 1/0 P", "I 1/1", "I 1/1 P"],
  ...["RR? 0", "RR? 0 P", "RR? 1", "RR? 1 P", "RR! 0", "RR! 0 F", "RR! 1", "RR! 1 F"],
  ...["RNR? 0", "RNR? 0 P", "RNR? 1", "RNR? 1 P", "RNR! 0", "RNR! 0 F", "RNR! 1", "RNR! 1 F"],
  ...["REJ? 0", "REJ? 0 P", "REJ? 1", "REJ? 1 P", "REJ! 0", "REJ! 0 F", "REJ! 1", "REJ! 1 F"],
  ...["FRMR", "FRMR F"],
];
const identification = ["XID?", "XID? P", "XID!", "XID! F"];
const unnumbered = ["SABME", "SABME P", "DISC", "DISC P", "UA", "UA F", "DM", "DM F"];
const rejects = ["reject L", "reject M", "reject N", "reject O"];
const timers = ["T200", "T203"];
const ownBusy = ["own-busy set", "own-busy clear"];

/** Without a TEI no frame is addressed to the link (§3.3.4), except broadcasts. */
const unaddressed: readonly [clause: string, inputs: readonly string[]][] = [
  ["3.3.4", [...sequenced, ...identification, ...unnumbered, ...rejects]],
  ["B.3: no timer runs", timers],
  ["5.6.6: of multiple-frame operation", ownBusy],
];
const otherFrames = (clause: string): readonly [string, readonly string[]][] => [
  [clause, sequenced],
  ["3.6.12: parameters are not negotiated", identification],
  ["5.6.6: of multiple-frame operation", ownBusy],
];

export const quiet: Readonly<
  Record<LinkState["state"], readonly [clause: string, inputs: readonly string[]][]>
> = {
  1: [
    ...unaddressed,
    ["B.1", ["DL-RELEASE-request", "DL-DATA-request"]],
    ["B.1: no TEI", ["MDL-REMOVE-request", "MDL-ERROR-response", "persistent-deactivation"]],
  ],
  2: [...unaddressed, ["B.2", ["DL-RELEASE-request", "DL-DATA-request", "MDL-REMOVE-request"]]],
  3: [...unaddressed, ["B.3", ["DL-ESTABLISH-request", "DL-RELEASE-request", "MDL-REMOVE-request"]]],
  4: [
    ...otherFrames("5.5.4: all other frames are discarded"),
    ["5.5.4", ["DM F"]],
    ["B.4: no timer runs", timers],
    ["B.4", ["DL-DATA-request", "MDL-ASSIGN-request 70", "MDL-ERROR-response", "persistent-deactivation"]],
  ],
  5: [
    ...otherFrames("5.5.1.2: other frames than SABME, DISC, UA and DM are ignored"),
    ["5.8.7", ["DM"]],
    ["B.5: it does not run", ["T203"]],
    ["B.5", ["MDL-ASSIGN-request 70", "MDL-ERROR-response"]],
  ],
  6: [
    ...otherFrames("5.5.3.2: other frames than SABME, DISC, UA and DM are ignored"),
    ["5.8.7", ["DM"]],
    ["B.6: it does not run", ["T203"]],
    ["B.6", ["DL-RELEASE-request", "DL-DATA-request", "MDL-ASSIGN-request 70", "MDL-ERROR-response"]],
  ],
  7: [
    ["3.6.12: parameters are not negotiated", identification],
    ["crossed with the stop of T200", ["T200"]],
    ["5.6.6: not busy", ["own-busy clear"]],
    ["B.7", ["MDL-ASSIGN-request 70", "MDL-ERROR-response"]],
  ],
  8: [
    ["3.6.12: parameters are not negotiated", identification],
    ["B.8: it does not run", ["T203"]],
    ["5.6.6: not busy", ["own-busy clear"]],
    ["B.8", ["MDL-ASSIGN-request 70", "MDL-ERROR-response"]],
  ],
};
