// The business events of the appliance: everything that reports, call records and recovery are made from.
// Each event is plain JSON, dated, and whole in itself; a call record is a fold over the events of one call.
import type { CallDetails } from "./call-details.ts";
import type { ChargeAdvice } from "./charge-advice.ts";
import type { Clock } from "./clock.ts";

/** Raised when an event's meaning changes; readers upcast older versions. New optional fields need no raise. */
export const journalVersion = 1;

/** An event as it is kept. `at`: wall clock, milliseconds since 1970 UTC. */
export type JournalEvent = Dated<JournalEntry>;

/** An event before it is dated: what a room has to say. */
export type JournalEntry =
  | ApplianceEntry
  | CallEntry
  | LegEntry
  | IvrEntry
  | QueueEntry
  | AgentEntry
  | AlertEntry
  | ConferenceEntry
  | RecordingEntry
  | FaxEntry
  | LineEntry;

export type Dated<E> = E extends unknown ? E & { readonly v: 1; readonly at: number } : never;

/** The events of one kind. */
export type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { readonly type: T }>;

export interface Journal {
  /** Takes an event at once; it is durable after the next group commit. Order is kept. */
  append(event: JournalEvent): void;
  /** Resolves when everything appended so far is on disk. */
  committed(): Promise<void>;
}

/** A party as the outside knows it. `number` is empty when withheld or unknown. */
export interface Party {
  readonly number: string;
  readonly name?: string;
}

export type CallDirection = "in" | "out" | "internal";

/** Who brought the end about: the party the call began with, the other one, the box by its rules, a fault. */
export type EndedBy = "caller" | "called" | "box" | "fault";

/** What the appliance itself does. */
export type ApplianceEntry =
  /** `recovered`: calls that an earlier run left open and that this start ended in the journal. */
  | { readonly type: "appliance.started"; readonly version: string; readonly recovered: number }
  | { readonly type: "appliance.stopped" }
  /** The last four digits of outside numbers, and callers' names, are taken out of events up to this one. */
  | { readonly type: "journal.anonymised"; readonly through: number; readonly link: string }
  /** Events up to this one, whose link (hexadecimal) the chain goes on from, are deleted. */
  | { readonly type: "journal.removed"; readonly through: number; readonly link: string }
  /** `paths`: JSON pointers of what differs. Values are not kept: they may be secret. */
  | { readonly type: "settings.changed"; readonly by: string; readonly paths: readonly string[] };

interface OfCall {
  readonly call: string;
}

/** `listen`: hears all, unheard. `whisper`: heard by the party of ours alone. `barge`: heard by all. */
export type SuperviseMode = "listen" | "whisper" | "barge";

/** What a leg is in its call. */
export type LegRole = "caller" | "called" | "agent" | "supervisor";

export type CallEntry =
  | (OfCall & {
      readonly type: "call.started";
      readonly direction: CallDirection;
      readonly caller: Party;
      /** What was dialled, as far as known at the start. */
      readonly called: string;
      /** LineInfo.id of the line the call came in on. */
      readonly line: string;
      readonly group?: string;
      readonly extension?: string;
      /** Whose telephone the box has rung to begin the call: a callback. */
      readonly agent?: string;
    })
  /** The caller's line was answered, by the box or because the called party answered. Once a call. */
  | (OfCall & { readonly type: "call.answered" })
  /** Where routing sent the call. */
  | (OfCall & { readonly type: "call.routed"; readonly to: string })
  /** Turned away before anybody was rung: `blocked` by the list, `anonymous` callers are not taken. */
  | (OfCall & { readonly type: "call.rejected"; readonly reason: "blocked" | "anonymous" })
  /** Ended to make room: the emergency call `for` needed a channel of this trunk group. */
  | (OfCall & { readonly type: "call.preempted"; readonly for: string; readonly group: string })
  /** Ended because a day's minutes are used up: of the box, its costly calls, an extension, a trunk group. */
  | (OfCall & { readonly type: "call.limited"; readonly scope: string })
  /** Two legs hear each other. Whoever was joined to either before is not any more. */
  | (OfCall & { readonly type: "call.joined"; readonly legs: readonly [string, string] })
  /** Nobody hears anybody any more (hold, transfer, or a party left). */
  | (OfCall & { readonly type: "call.parted" })
  | (OfCall & { readonly type: "call.held"; readonly leg: string })
  | (OfCall & { readonly type: "call.resumed"; readonly leg: string })
  | (OfCall & {
      readonly type: "transfer";
      /** `taken-over`: by a supervisor who listened. `escalated`: by its agent's key, to the queue's experts. */
      readonly kind: "blind" | "consulted" | "taken-over" | "escalated";
      /** The leg that gives the call away. */
      readonly by: string;
      readonly to: string;
    })
  /** A supervisor hears the call, on a phone of the box, and perhaps speaks in it. `by`: who had it done. */
  | (OfCall & {
      readonly type: "call.supervised";
      readonly leg: string;
      readonly mode: SuperviseMode;
      readonly by?: string;
    })
  /** The party that was consulted hears, and is heard by, the two that talk. */
  | (OfCall & { readonly type: "call.conference"; readonly leg: string })
  /** What its agent says that the call was about. */
  | (OfCall & {
      readonly type: "call.coded";
      readonly code: string;
      readonly agent: string;
      readonly queue: string;
      readonly by: string;
    })
  /** What the caller thinks of it, 1 to `highest`. */
  | (OfCall & {
      readonly type: "call.rated";
      readonly score: number;
      readonly highest: number;
      readonly agent: string;
      readonly queue: string;
    })
  /** What the network says that a leg costs, the sum so far; the last may come after the call has ended. */
  | (OfCall & { readonly type: "call.charged"; readonly leg: string; readonly advice: ChargeAdvice })
  /** What else the network says of the call of a leg; what is not in it stays as it was said before. */
  | (OfCall & { readonly type: "call.detailed"; readonly leg: string; readonly details: CallDetails })
  /** Last event of a call. Cause by Q.850. */
  | (OfCall & { readonly type: "call.ended"; readonly cause: number; readonly by: EndedBy });

export type LegEntry =
  | (OfCall & {
      readonly type: "leg.added";
      readonly leg: string;
      readonly role: LegRole;
      readonly direction: "in" | "out";
      readonly line: string;
      readonly number: string;
      readonly group?: string;
      readonly extension?: string;
      readonly agent?: string;
      /** Outside numbers: the dial class that the call was allowed by, and the extension that it is counted for. */
      readonly class?: string;
      readonly payer?: string;
    })
  | (OfCall & {
      readonly type: "leg.state";
      readonly leg: string;
      readonly state: "proceeding" | "alerting" | "connected";
    })
  | (OfCall & {
      readonly type: "leg.ended";
      readonly leg: string;
      readonly cause: number;
      readonly by: "local" | "remote" | "fault";
    });

export type IvrEntry =
  | (OfCall & { readonly type: "ivr.entered"; readonly flow: string })
  | (OfCall & { readonly type: "ivr.node"; readonly flow: string; readonly node: string })
  /** A key that a node took. `*` stands for each digit where the node asks for a secret. */
  | (OfCall & {
      readonly type: "ivr.digit";
      readonly flow: string;
      readonly node: string;
      readonly digit: string;
    })
  | (OfCall & { readonly type: "ivr.left"; readonly flow: string; readonly outcome: string });

/** Why a call left a queue, and what queue_log calls it. */
export const queueLogNames = {
  "completed-by-caller": "COMPLETECALLER",
  "completed-by-agent": "COMPLETEAGENT",
  abandoned: "ABANDON",
  "timed-out": "EXITWITHTIMEOUT",
  "nobody-there": "EXITEMPTY",
  /** As many were in line as the queue takes. */
  full: "EXITEMPTY",
  /** By the queue's schedule. */
  closed: "EXITEMPTY",
  key: "EXITWITHKEY",
  /** By key, to be called back. */
  callback: "EXITWITHKEY",
  "transferred-blind": "BLINDTRANSFER",
  "transferred-consulted": "ATTENDEDTRANSFER",
  /** The appliance went down with the call; queue_log knows no such thing. */
  restarted: "ABANDON",
} as const;

export type QueueLeaveReason = keyof typeof queueLogNames;

interface OfQueue extends OfCall {
  readonly queue: string;
}

/** In events of the queue a callback stands in the place of a call. */
interface OfCallback {
  readonly callback: string;
  readonly queue: string;
}

/** `until` and `restUntil` are wall-clock moments: replaying the journal sets the same deadlines. */
export type QueueEntry =
  | (OfQueue & {
      readonly type: "queue.entered";
      readonly caller: Party;
      readonly priority: number;
      /** When the longest allowed wait is over. */
      readonly until: number;
      /** What an agent must be, where that is anything: now, and as asked for in the beginning. */
      readonly needs?: Needs;
      readonly asked?: Needs;
      /** The place in line of an earlier call, which this caller takes up again. */
      readonly order?: number;
      /** How long the wait was thought to be. */
      readonly estimateMs?: number;
    })
  /** A supervisor has the call served sooner, or later. */
  | (OfQueue & { readonly type: "queue.prioritised"; readonly priority: number; readonly by: string })
  /** After so long a wait less is asked of an agent. */
  | (OfQueue & { readonly type: "queue.widened"; readonly needs: Needs })
  /** So many agents may be rung at once from now on. */
  | (OfQueue & { readonly type: "queue.ring-limit"; readonly agents: number })
  /** The caller `from` hung up and is to be called back when the turn comes, in the place in line that it had. */
  | (OfCallback & {
      readonly type: "callback.requested";
      readonly number: string;
      readonly from: string;
      /** Since when the caller has waited. */
      readonly enteredAt: number;
      readonly order: number;
      readonly priority: number;
      /** When it is given up. */
      readonly until: number;
      readonly tries: number;
      readonly needs?: Needs;
      readonly asked?: Needs;
    })
  /** The caller has answered, and speaks with the agent. */
  | (OfCallback & { readonly type: "callback.reached"; readonly agent: string })
  /** The agent was there, the caller was not. Cause by Q.850. */
  | (OfCallback & {
      readonly type: "callback.failed";
      readonly agent: string;
      readonly cause: number;
      /** When it is tried again; none: it was the last try. */
      readonly again?: number;
      /** Tries that are left; one less than before where it says nothing. */
      readonly tries?: number;
    })
  | (OfCallback & { readonly type: "callback.due" })
  /** Nobody has been there for so long that callers who wait are sent on. */
  | { readonly type: "queue.deserted"; readonly queue: string }
  /** The call is reserved for this agent, whose phone rings. */
  | (OfQueue & {
      readonly type: "queue.offered";
      readonly offer: string;
      readonly agent: string;
      readonly until: number;
    })
  | (OfQueue & {
      readonly type: "queue.ring-no-answer";
      readonly offer: string;
      readonly agent: string;
      readonly reason: "no-answer" | "busy" | "rejected" | "failed";
      readonly ringMs: number;
      /** The agent is offered nothing before this. */
      readonly restUntil: number;
    })
  /** The offer was taken back: caller gone, waited too long, or the agent logged out. */
  | (OfQueue & {
      readonly type: "queue.ring-cancelled";
      readonly offer: string;
      readonly agent: string;
      readonly ringMs: number;
    })
  | (OfQueue & {
      readonly type: "queue.connected";
      readonly offer: string;
      readonly agent: string;
      readonly waitedMs: number;
      readonly ringMs: number;
    })
  | (OfQueue & {
      readonly type: "queue.left";
      readonly reason: QueueLeaveReason;
      readonly agent?: string;
      readonly waitedMs: number;
      /** From `queue.connected` on; 0 when nobody answered. */
      readonly talkedMs: number;
      /** 1 for the first in line; 0 when the caller was connected. */
      readonly position: number;
    });

/** What a call needs of an agent. */
export interface Needs {
  /** The highest level that may be rung. */
  readonly level: number;
  /** At least so much of each skill. */
  readonly skills: Readonly<Record<string, number>>;
  /** This agent alone. */
  readonly agent: string | null;
}

/** How an agent who is logged in may be no use to those who wait. */
export type EmptyState = "paused" | "in-use" | "ringing" | "unavailable" | "wrap-up";

/** What distribution knows of a queue. */
export interface QueueOptions {
  readonly id: string;
  readonly strategy: string;
  readonly ringMs: number;
  readonly wrapUpMs: number;
  readonly maxWaitMs: number;
  /** Callers do not wait where nobody is logged in. */
  readonly leaveWhenEmpty: boolean;
  /** No-answers in a row before the agent is paused; 0 never. */
  readonly pauseAfterNoAnswers: number;
  /** Of two queues whose callers could have an agent, the heavier one goes first; default 0. */
  readonly weight?: number;
  /** In line at most; 0: any number. */
  readonly mostWaiting?: number;
  /** For so long nobody must have been there before callers are sent on; default 0. */
  readonly emptyMs?: number;
  /** Agents in these states do not count as being there; default: whoever is logged in does. */
  readonly emptyStates?: readonly EmptyState[];
  /** After an offer that came to nothing an agent is left alone for so long; default 5 s each. */
  readonly restMs?: { readonly noAnswer: number; readonly busy: number; readonly rejected: number };
  /** Whoever was paused for not answering is ready again after so long; 0: when a person says so. */
  readonly autoReadyMs?: number;
  /** Of a strategy that rings one more every so often. */
  readonly growMs?: number;
  /** So long each level is alone with the call before the next one may be rung too; 0: the next one at once. */
  readonly tierMs?: number;
  /** What its calls ask of an agent, and how much less after a while. */
  readonly skills?: Readonly<Record<string, number>>;
  readonly relax?: readonly { readonly afterMs: number; readonly lowerBy: number }[];
  /** So long a caller waits for the agent spoken with last; 0 not at all. */
  readonly stickyMs?: number;
  /** Who gave up and calls again within so long has the old place in line; 0 never. */
  readonly resumeMs?: number;
  /** Answered within so long counts as in time; default 20 s. */
  readonly serviceMs?: number;
}

export interface AgentOptions {
  readonly number: string;
  readonly name: string;
  readonly queues: readonly string[];
  /** By queue; 1 where it says nothing. */
  readonly levels?: Readonly<Record<string, number>>;
  readonly skills?: Readonly<Record<string, number>>;
  /** Default 1. */
  readonly weight?: number;
  /** In place of the queue's. */
  readonly wrapUpMs?: number;
  readonly pauseAfterNoAnswers?: number;
}

interface OfAlert {
  readonly rule: string;
  readonly name: string;
  readonly what: string;
  /** Queue, trunk group or agent. */
  readonly about: string;
}

interface OfAgent {
  readonly agent: string;
}

export type AgentEntry =
  /** Queues and agents as distribution uses them from now on. */
  | {
      readonly type: "acd.configured";
      readonly queues: readonly QueueOptions[];
      readonly agents: readonly AgentOptions[];
    }
  /** Counts of the day begin anew. */
  | { readonly type: "acd.day-began" }
  | (OfAgent & { readonly type: "agent.logged-in"; readonly extension: string; readonly by: string })
  | (OfAgent & { readonly type: "agent.logged-out"; readonly by: string })
  | (OfAgent & {
      readonly type: "agent.paused";
      readonly reason: string;
      readonly by: string;
      /** When the box makes the agent ready again. */
      readonly until?: number;
      /** When the pause has become too long, by its reason's limit. */
      readonly limit?: number;
    })
  /** The pause lasts longer than its reason allows. */
  | (OfAgent & { readonly type: "agent.overdue"; readonly reason: string })
  /** Ends pause and wrap-up. */
  | (OfAgent & { readonly type: "agent.ready"; readonly by: string })
  /** The conversation is over, after-call work begins. `until` equals `at` where none is set. */
  | (OfAgent & {
      readonly type: "agent.wrap-up";
      readonly call: string;
      readonly queue: string;
      readonly until: number;
    })
  /** Wrap-up, or the rest after a no-answer, ran out. */
  | (OfAgent & { readonly type: "agent.idle" })
  /** The phone is used otherwise, or does not work; `free` again later. */
  | (OfAgent & { readonly type: "agent.phone"; readonly phone: "free" | "busy" | "unavailable" });

/** A rule of the settings finds something that is not as it should be, and no more. */
export type AlertEntry =
  /** `value`: percent, seconds, callers or agents. */
  | (OfAlert & { readonly type: "alert.raised"; readonly value: number })
  | (OfAlert & { readonly type: "alert.cleared" });

export type ConferenceEntry =
  | (OfCall & { readonly type: "conference.joined"; readonly room: string })
  | (OfCall & { readonly type: "conference.left"; readonly room: string; readonly stayedMs: number });

export type RecordingEntry =
  | (OfCall & {
      readonly type: "recording.started";
      readonly leg: string;
      readonly file: string;
      /** Who began it, where no rule did. */
      readonly by?: string;
    })
  /** Silence is recorded from `offsetMs` in the file on. */
  | (OfCall & {
      readonly type: "recording.paused" | "recording.resumed";
      readonly file: string;
      readonly offsetMs: number;
      readonly by?: string;
    })
  | (OfCall & {
      readonly type: "recording.finished";
      readonly file: string;
      readonly bytes: number;
      readonly durationMs: number;
      readonly reason: "stopped" | "max" | "closed" | "error";
      /** What the finished file is, in 64 hexadecimal digits: whoever changes it later is found out. */
      readonly sha256?: string;
    })
  /** The recording is in another file now, made small. */
  | (OfCall & {
      readonly type: "recording.archived";
      readonly file: string;
      readonly to: string;
      readonly bytes: number;
      readonly sha256: string;
    })
  /** The file was deleted because its time to be kept is over. */
  | { readonly type: "recording.removed"; readonly file: string }
  | (OfCall & {
      readonly type: "voicemail.heard" | "voicemail.removed";
      readonly mailbox: string;
      readonly file: string;
      readonly by: string;
    })
  | (OfCall & {
      readonly type: "voicemail.left";
      readonly mailbox: string;
      readonly file: string;
      readonly bytes: number;
      readonly durationMs: number;
    });

export type FaxEntry =
  | FaxReceived
  | (OfCall & {
      readonly type: "fax.sent";
      /** As dialled. */
      readonly to: string;
      readonly by: string;
      /** What was to be sent; a PDF of the same name beside it. */
      readonly file: string;
      /** That the far end has confirmed. */
      readonly pages: number;
      /** T.30 ended well: they are all. */
      readonly whole: boolean;
      /** `ok`, or why it did not. */
      readonly status: string;
      readonly bitRate: number;
      readonly errorCorrection: boolean;
      readonly far?: string;
    })
  /** Its document was deleted: its time to be kept is over, or by a person, from a call's record. */
  | { readonly type: "fax.removed"; readonly file: string; readonly call?: string; readonly by?: string };

type FaxReceived = OfCall & {
  readonly type: "fax.received";
  readonly mailbox: string;
  /** Of the pages, where there are any; a PDF of the same name beside it. */
  readonly file?: string;
  readonly pages: number;
  /** T.30 ended well: these are all the pages that were sent. */
  readonly whole: boolean;
  /** `ok`, or why it did not. */
  readonly status: string;
  readonly bitRate: number;
  readonly errorCorrection: boolean;
  /** Of the last page, without error correction. */
  readonly badRows: number;
  /** The far station's identification. */
  readonly far?: string;
};

export type LineEntry =
  | {
      readonly type: "alarm.raised";
      readonly span: number;
      readonly name: string;
      readonly alarms: readonly string[];
    }
  | { readonly type: "alarm.cleared"; readonly span: number; readonly name: string }
  /** The span has its clock from another source now, by span number; 0: the card's own. */
  | {
      readonly type: "clock.moved";
      readonly span: number;
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly type: "line.state"; readonly line: string; readonly state: string }
  /** No line of the trunk group can be had: all carry calls, or are out; and one can again. `lines`: how many it has. */
  | { readonly type: "group.full"; readonly group: string; readonly lines: number }
  | { readonly type: "group.free"; readonly group: string; readonly lines: number }
  /** A person took a line, span or trunk group out of service. `now`: its calls were ended, so many. */
  | (OfService & {
      readonly type: "service.blocked";
      readonly when: "idle" | "now";
      readonly cleared: number;
      readonly reason?: string;
    })
  /** What some lines are was changed, on trial until `confirmBy`. */
  | {
      readonly type: "lines.change-applied";
      readonly id: string;
      readonly by: string;
      readonly spans: readonly number[];
      readonly confirmBy: number;
    }
  /** The change was kept, or taken back: why, and for which spans whose D-channel did not return. */
  | {
      readonly type: "lines.change-ended";
      readonly id: string;
      readonly by: string;
      readonly spans: readonly number[];
      readonly outcome: "confirmed" | "taken-back";
      readonly reason?: "undone" | "unconfirmed" | "data-link" | "restart";
      readonly lost?: readonly number[];
      readonly endedBy: string;
    }
  | (OfService & { readonly type: "service.returned" })
  | (OfService & { readonly type: "service.tested"; readonly passed: boolean })
  /** A telephone heard what goes on on a line. */
  | (OfService & { readonly type: "service.tapped"; readonly extension: string });

interface OfService {
  /** `line 1/16`, `span 2`, `trunk group city`. */
  readonly target: string;
  readonly by: string;
}

/** Says a thing to the journal, dated now. */
export type Note = (entry: JournalEntry) => void;

export function createNote(journal: Journal, clock: Clock): Note {
  return (entry) => journal.append(dated(entry, clock.now()));
}

export function dated<E extends JournalEntry>(entry: E, at: number): Dated<E> {
  return { ...entry, v: journalVersion, at } as unknown as Dated<E>;
}

/** The call an event belongs to, if any: the column by which call records are gathered. */
export function callOf(event: JournalEvent): string | undefined {
  return "call" in event ? event.call : undefined;
}
