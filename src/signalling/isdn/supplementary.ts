// Requests and indications beyond the basic call: hold and retrieve (EN 300 141-1), suspend and resume
// (Q.931 §5.6), user-to-user (EN 300 286-1), facility (EN 300 196-1). Part of the face in ./types.ts.
import type { CallIdentity, ForCall, OfCall, OfMessage } from "./face.ts";
import type { Cause, Octets, UserUser } from "./q931/values.ts";

export type SupplementaryRequest =
  /** HOLD, in the Active state. `HoldConfirm` tells how it went; T-HOLD watches. */
  | (ForCall & { readonly type: "HoldRequest" })
  /** Answers a HoldIndication: HOLD ACKNOWLEDGE, or HOLD REJECT with a cause (29, 50, 69). */
  | (ForCall & { readonly type: "HoldResponse"; readonly refused?: number | Cause })
  /** RETRIEVE, of a call that we hold. `RetrieveConfirm` tells how it went; T-RETRIEVE watches. */
  | (ForCall & { readonly type: "RetrieveRequest" })
  /** Answers a RetrieveIndication: RETRIEVE ACKNOWLEDGE with the channel, or RETRIEVE REJECT (for instance 34, 44). */
  | (ForCall & { readonly type: "RetrieveResponse"; readonly refused?: number | Cause })
  /** User side: SUSPEND, in the Active state. `SuspendConfirm` tells how it went; T319 watches. */
  | (ForCall & { readonly type: "SuspendRequest"; readonly identity?: CallIdentity })
  /**
   * Network side: answers a SuspendIndication. The call is kept under its name, with its channel, until a
   * ResumeIndication or T307.
   */
  | (ForCall & { readonly type: "SuspendResponse"; readonly refused?: number | Cause })
  /** User side: RESUME, as a new call. `ResumeConfirm`, or `ReleaseIndication` with the cause of RESUME REJECT or T318. */
  | (ForCall & { readonly type: "ResumeRequest"; readonly identity?: CallIdentity })
  /** Network side: answers a ResumeIndication. Refused, the call stays suspended until T307. */
  | (ForCall & { readonly type: "ResumeResponse"; readonly refused?: number | Cause })
  /**
   * USER INFORMATION (service 2 while ringing, service 3 in the Active state). Dropped with a log entry while
   * the network has said "receiver not ready".
   */
  | (ForCall & {
      readonly type: "UserInfoRequest";
      readonly userUser: UserUser;
      /** Another USER INFORMATION of the same block follows. */
      readonly moreData?: boolean;
    })
  /** Network side: CONGESTION CONTROL, which stops or frees the user's USER INFORMATION. */
  | (ForCall & {
      readonly type: "CongestionRequest";
      readonly ready: boolean;
      readonly cause?: number | Cause;
    })
  /** FACILITY; the contents of the element as they are: protocol profile, then components. */
  | (ForCall & { readonly type: "FacilityRequest"; readonly facility: Octets });

export type SupplementaryIndication =
  /** HOLD: answer with HoldResponse. Only with `services.hold`. */
  | (OfMessage & { readonly type: "HoldIndication" })
  /** Our HOLD was acknowledged, rejected with a cause, or (cause 102) not answered within T-HOLD. */
  | (OfCall & { readonly type: "HoldConfirm"; readonly refused?: Cause })
  /** RETRIEVE: answer with RetrieveResponse. */
  | (OfMessage & { readonly type: "RetrieveIndication" })
  /** Our RETRIEVE was acknowledged, rejected with a cause, or (cause 102) not answered within T-RETRIEVE. */
  | (OfCall & { readonly type: "RetrieveConfirm"; readonly refused?: Cause })
  /** SUSPEND: answer with SuspendResponse. Only on the network side with `services.suspend`. */
  | (OfMessage & { readonly type: "SuspendIndication"; readonly identity: CallIdentity })
  /** Our SUSPEND. Without `refused` it is the last of the call here; else the call is active as before. */
  | (OfCall & { readonly type: "SuspendConfirm"; readonly refused?: Cause })
  /** RESUME of a suspended call: answer with ResumeResponse. */
  | (OfMessage & { readonly type: "ResumeIndication"; readonly identity: CallIdentity })
  /** The call that we resumed is active, on `channel`. */
  | (OfMessage & { readonly type: "ResumeConfirm" })
  | (OfMessage & { readonly type: "UserInfoIndication"; readonly moreData: boolean })
  /** CONGESTION CONTROL. */
  | (OfMessage & { readonly type: "CongestionIndication"; readonly ready: boolean; readonly cause?: Cause })
  /** FACILITY: the contents of its elements, in order. Those in other messages are among their `elements`. */
  | (OfMessage & { readonly type: "FacilityIndication"; readonly facility: readonly Octets[] });
