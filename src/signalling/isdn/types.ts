// The face of a D-channel: Q.921 and Q.931 joined in one pure machine. A line builds it with
// `createDChannel(options)` and turns it with `next(state, input)`, both in ./dchannel.ts.
import type { AocIndication, CallId, ForCall, ForCallWithUser, OfCall, OfMessage } from "./face.ts";
import type {
  BearerCapability,
  CalledNumber,
  Cause,
  DateTime,
  Element,
  HighLayerCompatibility,
  IdentifiedNumber,
  Octets,
  Progress,
  RedirectingNumber,
  Subaddress,
  UserUser,
} from "./q931/values.ts";
import type { SupplementaryIndication, SupplementaryRequest } from "./supplementary.ts";

export type { AocIndication, CallId, CallIdentity } from "./face.ts";
export type * from "./q931/charge.ts";
export type * from "./q931/values.ts";
export type * from "./supplementary.ts";

export interface DChannelOptions {
  readonly side: "user" | "network";
  readonly interface: "PRI" | "BRI";
  /**
   * `euroisdn` (default): ETS 300 102, EN 300 403-1. `qsig`: basic call between private exchanges (ECMA-143,
   * ETS 300 172): both sides follow the user's procedures, and `side: "network"` is the master in glare.
   */
  readonly variant?: "euroisdn" | "qsig";
  /** Services offered to the peer; each is off where left out. */
  readonly services?: {
    /** HOLD of the peer's (EN 300 141-1); otherwise HOLD REJECT with cause 69. */
    readonly hold?: boolean;
    /** Network side: SUSPEND and RESUME (Q.931 §5.6); otherwise they are unknown messages. */
    readonly suspend?: boolean;
  };
  /**
   * Send messages that no frame can carry in segments (Q.931 Annex H), which the peer must be known to
   * understand; otherwise they lose what the call does not need. Default: true for `qsig`, false for
   * `euroisdn`. Received segments are always joined.
   */
  readonly segmentation?: boolean;
  /** B-channel numbers: 1–31 without 16 on E1, 1 and 2 on BRI. Those are the default. */
  readonly channels?: readonly number[];
  /**
   * BRI. `fixed`: TEI 0, as on a point-to-point line; `automatic`: by management (Q.921 §5.3); a number: a terminal's
   * own, 0–63. Default `fixed`. The network's side of a bus takes terminals of both kinds.
   */
  readonly tei?: "fixed" | "automatic" | number;
  /**
   * BRI: one terminal, or a bus with up to eight. The network's side of a bus offers calls to all terminals and gives
   * each to the first that answers (Q.931 §5.2); its data links are the terminals' affair. Default `point-to-point`.
   */
  readonly topology?: "point-to-point" | "multipoint";
  /** Length of call references that we make; default 2 on PRI, 1 on BRI. */
  readonly callReferenceOctets?: 1 | 2;
  /** Keep the data link up and set it up again when it fails (default), or only while there are calls. */
  readonly dataLink?: "persistent" | "on-demand";
  /** More digits may follow an incoming SETUP without Sending complete (Q.931 §5.2.4). Default false. */
  readonly overlapReceiving?: boolean;
  /** Channel offered with an outgoing SETUP that names none. Default: exclusive on the network side, preferred on the user side. */
  readonly channelSelection?: "exclusive" | "preferred";
  /** RESTART of idle channels when the data link first comes up, and after T309. Default: `channels` on PRI, `none` on BRI. */
  readonly restart?: "channels" | "interface" | "none";
  /** Who says that a received RESTART is done: this machine (default), or a `RestartResponse` (else T317 runs out). */
  readonly restartResponse?: "automatic" | "application";
  /** Law that a bearer capability names when a request brings none. Default `alaw`. */
  readonly law?: "alaw" | "ulaw";
  /** Milliseconds; the Recommendations' defaults where left out. */
  readonly timers?: Partial<Record<TimerName, number>>;
  /** Q.921 §5.9.2 N200, default 3. */
  readonly n200?: number;
  /** Q.921 §5.9.3 N201, most octets of a message in one frame; default 260, the most that a board carries. */
  readonly n201?: number;
  /** Q.921 §5.9.4 N202, transmissions of a request for a TEI; default 3. */
  readonly n202?: number;
  /** Q.921 §5.9.5 k, default 7 on PRI, 1 on BRI. */
  readonly window?: number;
  /** Start of the sequence of random reference numbers (Q.921 §5.3.6.3); give each D-channel another. */
  readonly seed?: number;
}

/**
 * Q.921 §5.9, Q.931 §9.1 and §9.2, EN 300 196-1. `T-link`: our pause before a failed data link is tried again;
 * `T-idle`: how long a data link on demand outlasts the last call.
 * T320 (packet mode) and T321 (D-channel backup) have no procedure here.
 */
export type TimerName =
  | "T200"
  | "T201"
  | "T202"
  | "T203"
  | "T301"
  | "T302"
  | "T303"
  | "T304"
  | "T305"
  | "T306"
  | "T307"
  | "T308"
  | "T309"
  | "T310"
  | "T312"
  | "T313"
  | "T314"
  | "T316"
  | "T317"
  | "T318"
  | "T319"
  | "T322"
  | "T-HOLD"
  | "T-RETRIEVE"
  | "T-link"
  | "T-idle";

/** What a timer is called between its start and its expiry: opaque, unique in one D-channel. */
export type TimerId = string;

export type DChannelInput =
  /** A frame without flags and FCS. */
  | { readonly type: "frame"; readonly frame: Uint8Array }
  /** A timer that was started and not stopped has run out. */
  | { readonly type: "timer"; readonly timer: TimerId }
  /** The span is in order (alarms gone), or is not. The machine starts with layer 1 down. */
  | { readonly type: "layer1"; readonly up: boolean }
  | { readonly type: "request"; readonly request: Request };

export type DChannelEffect =
  | { readonly type: "send-frame"; readonly frame: Uint8Array }
  /** Start, or start again, the timer. */
  | { readonly type: "start-timer"; readonly timer: TimerId; readonly ms: number }
  /** Harmless when the timer is not running. */
  | { readonly type: "stop-timer"; readonly timer: TimerId }
  | { readonly type: "indication"; readonly indication: Indication }
  /** Something for the log: what was rejected or went wrong, and by which clause. */
  | {
      readonly type: "log";
      readonly level: "debug" | "info" | "warn";
      readonly message: string;
      /** For instance `Q.931 §5.8.4`. */
      readonly clause: string;
      readonly call?: CallId;
    };

/** `blocked`: taken out of service by a request; `failed`: no answer to RELEASE or RESTART (Q.931 §5.3.3, §5.5.1). */
export type ChannelState = "idle" | "in-use" | "restarting" | "blocked" | "failed";

// --- What the line asks -------------------------------------------------------------------------------

export type Request =
  | SetupRequest
  | SupplementaryRequest
  /** Incoming, overlap: more digits are wanted (SETUP ACKNOWLEDGE). With `progress` 8 the caller hears a dial tone of ours. */
  | (ForCall & { readonly type: "MoreInfoRequest"; readonly progress?: Progress })
  /** Incoming: CALL PROCEEDING. */
  | (ForCall & { readonly type: "ProceedingRequest"; readonly progress?: Progress })
  /** PROGRESS, for in-band tones before an answer. */
  | (ForCall & { readonly type: "ProgressRequest"; readonly progress: Progress; readonly cause?: Cause })
  /** Incoming: ALERTING. */
  | (ForCallWithUser & { readonly type: "AlertingRequest"; readonly progress?: Progress })
  /** Incoming: CONNECT. */
  | (ForCallWithUser & {
      readonly type: "SetupResponse";
      readonly connected?: IdentifiedNumber;
      readonly connectedSubaddress?: Subaddress;
      /** Network side: shown to the caller. */
      readonly dateTime?: DateTime;
    })
  /**
   * Clear the call whatever its state: DISCONNECT, or RELEASE COMPLETE for a call not yet answered to, or
   * RELEASE after a DisconnectIndication. Default cause 16. Harmless when clearing already.
   * `inband` (network side): the caller hears an announcement or tone first (progress 8, T306).
   */
  | (ForCallWithUser & {
      readonly type: "DisconnectRequest";
      readonly cause?: number | Cause;
      readonly inband?: boolean;
    })
  /** RELEASE, after a DisconnectIndication. */
  | (ForCallWithUser & { readonly type: "ReleaseRequest"; readonly cause?: number | Cause })
  /** RELEASE COMPLETE as the first answer to a SetupIndication. */
  | (ForCallWithUser & { readonly type: "RejectRequest"; readonly cause: number | Cause })
  /** A SetupIndication on a bus was for another terminal: the call is forgotten without an answer (Q.931 Annex E). */
  | (ForCall & { readonly type: "IgnoreRequest" })
  /** INFORMATION: more digits of the called number while sending overlap, or keypad, display. Not before the peer's first answer. */
  | (ForCall & {
      readonly type: "InfoRequest";
      readonly digits?: string;
      readonly keypad?: string;
      readonly display?: string;
      readonly sendingComplete?: boolean;
    })
  /** NOTIFY; description by Q.931 §4.5.22 (0 user suspended, 1 resumed, 2 bearer change) and its supplements. */
  | (ForCall & { readonly type: "NotifyRequest"; readonly description: number })
  /** Ask the peer for its state of the call; a wrong one clears the call (§5.8.10). */
  | (ForCall & { readonly type: "StatusEnquiryRequest" })
  /** Restart these channels, or all. Their calls are cleared. */
  | { readonly type: "RestartRequest"; readonly channels?: readonly number[] }
  /** The circuits of a RestartIndication are idle (only with `restartResponse: "application"`). */
  | { readonly type: "RestartResponse" }
  /**
   * An active call of an earlier run of this program, to be given before layer 1 is up: the peer is asked for its state when
   * the data link is there (§5.8.10), and it is over when the link does not come in T309. Not on the network's side of a bus,
   * whose data links are gone.
   */
  | (ForCall & KeptReference & { readonly type: "GoOnRequest"; readonly channel: number })
  /** Take a channel out of service for new calls, or bring it back. A call on it is left alone. */
  | { readonly type: "ChannelRequest"; readonly channel: number; readonly blocked: boolean };

/** By what both sides know a call. */
export interface KeptReference {
  /** Who sent the SETUP. */
  readonly origin: "here" | "peer";
  readonly reference: number;
  readonly referenceOctets: 1 | 2;
}

export interface SetupRequest extends ForCallWithUser {
  readonly type: "SetupRequest";
  readonly called: CalledNumber;
  /** No more digits follow. Default true; with false the call may overlap (`InfoRequest` after `MoreInfoIndication`). */
  readonly sendingComplete?: boolean;
  readonly calling?: IdentifiedNumber;
  /** A second calling party number (the user's own beside the network's, EN 300 092-1 special arrangement). */
  readonly secondCalling?: IdentifiedNumber;
  readonly callingSubaddress?: Subaddress;
  readonly calledSubaddress?: Subaddress;
  readonly redirecting?: RedirectingNumber;
  /** Default: 3.1 kHz audio, 64 kbit/s, the D-channel's law. */
  readonly bearer?: BearerCapability;
  /** Without it the machine takes a free one (user side from the top, network side from the bottom, against glare). */
  readonly channel?: { readonly number: number; readonly exclusive: boolean };
  readonly hlc?: HighLayerCompatibility;
  /** Low layer compatibility: the contents of the element (Q.931 §4.5.19). */
  readonly llc?: Octets;
  readonly keypad?: string;
  readonly display?: string;
  /** Network side: shown to the called user. */
  readonly dateTime?: DateTime;
  /** QSIG: exchanges that the call has passed, 0–31 (ECMA-225). */
  readonly transitCounter?: number;
  readonly progress?: Progress;
}

// --- What the line is told ----------------------------------------------------------------------------

export type Indication =
  | SetupIndication
  | SupplementaryIndication
  | AocIndication
  /** SETUP ACKNOWLEDGE: the peer wants more digits. */
  | (OfMessage & { readonly type: "MoreInfoIndication" })
  /** INFORMATION. `digits`: of the called number. */
  | (OfMessage & {
      readonly type: "InfoIndication";
      readonly digits: string;
      readonly keypad: string;
      readonly sendingComplete: boolean;
    })
  | (OfMessage & { readonly type: "ProceedingIndication" })
  | (OfMessage & { readonly type: "ProgressIndication"; readonly cause?: Cause })
  | (OfMessage & { readonly type: "AlertingIndication" })
  /** CONNECT: our call was answered. CONNECT ACKNOWLEDGE has been sent. */
  | (OfMessage & {
      readonly type: "SetupConfirm";
      readonly connected?: IdentifiedNumber;
      readonly connectedSubaddress?: Subaddress;
      readonly dateTime?: DateTime;
    })
  /** Our CONNECT was acknowledged: the call is active on both sides. */
  | (OfCall & { readonly type: "SetupCompleteIndication" })
  /**
   * DISCONNECT: the peer clears. Answer with ReleaseRequest: at once, or, when `inband`, after the
   * announcement was heard. The peer sends RELEASE by itself when its timer runs out.
   */
  | (OfMessage & { readonly type: "DisconnectIndication"; readonly cause: Cause })
  /** The call is over and its channel free: cleared by the peer, by a timer, by a fault or by RESTART. Last of a call. */
  | (OfCall & {
      readonly type: "ReleaseIndication";
      readonly cause: Cause;
      readonly elements: readonly Element[];
      readonly userUser?: UserUser;
      /** Who ended it: the peer by a message, or this side because of a timer, an error or a lost link. */
      readonly by: "remote" | "fault";
    })
  /** The call that we cleared is over and its channel free. Last of a call. */
  | (OfCall & { readonly type: "ReleaseConfirm"; readonly cause: Cause })
  | (OfMessage & { readonly type: "NotifyIndication"; readonly description: number })
  /** STATUS that changed nothing. */
  | (OfCall & { readonly type: "StatusIndication"; readonly cause: Cause; readonly state: number })
  /** T302 ran out: no more digits came. Proceed with what there is, or clear with cause 28. */
  | (OfCall & { readonly type: "TimeoutIndication" })
  /** The peer restarts these channels; calls on them have had their ReleaseIndication. */
  | { readonly type: "RestartIndication"; readonly channels: readonly number[] }
  /** The peer has restarted these channels as we asked. */
  | { readonly type: "RestartConfirm"; readonly channels: readonly number[] }
  /** Multiple-frame operation is established, or is not any more. */
  | { readonly type: "DataLinkIndication"; readonly up: boolean }
  | { readonly type: "ChannelIndication"; readonly channel: number; readonly state: ChannelState };

/** Those that concern one call. */
export type CallIndication = Extract<Indication, { readonly call: CallId }>;

export interface SetupIndication extends OfMessage {
  readonly type: "SetupIndication";
  readonly called: CalledNumber | undefined;
  readonly calling: IdentifiedNumber | undefined;
  /** The second calling party number, where the network sends two. */
  readonly secondCalling?: IdentifiedNumber;
  readonly callingSubaddress?: Subaddress;
  readonly calledSubaddress?: Subaddress;
  readonly redirecting: RedirectingNumber | undefined;
  readonly bearer: BearerCapability;
  readonly hlc?: HighLayerCompatibility;
  /** Low layer compatibility: the contents of the element (Q.931 §4.5.19). */
  readonly llc?: Octets;
  readonly keypad?: string;
  readonly dateTime?: DateTime;
  readonly transitCounter?: number;
  readonly display: string | undefined;
  /** No more digits will come: Sending complete was there, or overlap receiving is off. */
  readonly sendingComplete: boolean;
}
