// Every route under /api/v1 in one table: the server registers from it, OpenAPI is made from it, and the
// console's client takes its types from it. Replies are 200 with `reply`, or 204 when it is Nothing.
import { Type, type Static, type TSchema } from "typebox";
import { CallsReply, RecordingAsked, Supervise, Transfer } from "./calls.ts";
import { changeRoutes } from "./changes.ts";
import { Id, Nothing } from "./common.ts";
import { faxRoutes } from "./faxes.ts";
import { FlowCheck, FlowReply, FlowsReply, FlowSource, FlowView } from "./flows.ts";
import { Health, Ready } from "./health.ts";
import { importRoutes } from "./import.ts";
import { journalRoutes } from "./journal.ts";
import { lineServiceRoutes } from "./line-service.ts";
import { CardsReply, LinesReply } from "./lines.ts";
import {
  AgentCommand,
  AgentsReply,
  AgentView,
  AlertView,
  Prioritise,
  QueuesReply,
  Today,
  WorkReply,
} from "./queues.ts";
import { promptRoutes } from "./prompts.ts";
import { BlockCaller, BlockedNumber, RecordReply, RecordsQuery, RecordsReply, Score } from "./records.ts";
import { StationAction, StationsReply, StationView } from "./rehearsal.ts";
import { reportRoutes } from "./reports.ts";
import { RoomsReply } from "./rooms.ts";
import { RoutingTestQuery, RoutingTestReply } from "./routing.ts";
import { ChangePassword, Me, SignIn } from "./session.ts";
import { traceRoutes } from "./trace.ts";
import { voicemailRoutes } from "./voicemail.ts";
import { SectionName, SectionWrite, SettingsReply } from "./settings.ts";

export interface Route {
  /** `public`: no session. `any`: signed in. The others: that role, and admin always. */
  readonly access: "public" | "any" | "supervisor" | "admin";
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly reply: TSchema;
  /** Bytes of the body, where it may be more than usual. */
  readonly bodyLimit?: number;
  /** The reply's schema takes so long to compile that calls would wait: the handler alone answers for what goes out. */
  readonly uncompiled?: true;
  /** It answers with a file, not JSON. */
  readonly file?: true;
}

const ById = Type.Object({ id: Id });

export const routes = {
  "POST /session": { access: "public", summary: "Sign in", body: SignIn, reply: Me },
  "GET /session": {
    access: "public",
    summary: "Who is signed in; 204 when nobody is",
    reply: Type.Union([Me, Nothing]),
  },
  "DELETE /session": { access: "any", summary: "Sign out", reply: Nothing },
  "PUT /session/password": {
    access: "any",
    summary: "Change one's own password",
    body: ChangePassword,
    reply: Me,
  },
  "GET /lines": { access: "any", summary: "Spans and lines", reply: LinesReply },
  "GET /lines/cards": { access: "any", summary: "The cards that carry the spans", reply: CardsReply },
  ...lineServiceRoutes,
  ...changeRoutes,
  ...traceRoutes,
  ...importRoutes,
  ...promptRoutes,
  ...faxRoutes,
  ...voicemailRoutes,
  ...journalRoutes,
  ...reportRoutes,
  "GET /calls": { access: "any", summary: "Live calls", reply: CallsReply },
  "DELETE /calls/:id": { access: "supervisor", summary: "End a call", params: ById, reply: Nothing },
  "POST /calls/:id/transfer": {
    access: "supervisor",
    summary: "Send the caller elsewhere",
    params: ById,
    body: Transfer,
    reply: Nothing,
  },
  "POST /calls/:id/supervision": {
    access: "supervisor",
    summary: "Hear a call on one's phone: listen, whisper, barge in, take over, end",
    params: ById,
    body: Supervise,
    reply: Nothing,
  },
  "POST /calls/:id/recording": {
    access: "any",
    summary: "Record a call, pause and go on, stop; agents only their own calls",
    params: ById,
    body: RecordingAsked,
    reply: Nothing,
  },
  "POST /calls/:id/priority": {
    access: "supervisor",
    summary: "Serve a waiting caller sooner, or later",
    params: ById,
    body: Prioritise,
    reply: Nothing,
  },
  "GET /queues": { access: "any", summary: "Queues, their waiting callers and figures", reply: QueuesReply },
  "GET /rooms": {
    access: "supervisor",
    summary: "Conference rooms, and the calls in them",
    reply: RoomsReply,
  },
  "GET /agents": { access: "any", summary: "Agents and their states", reply: AgentsReply },
  "POST /agents/:number/commands": {
    access: "any",
    summary: "Log an agent in or out, pause, ready; agents only themselves",
    params: Type.Object({ number: Type.String() }),
    body: AgentCommand,
    reply: AgentView,
  },
  "GET /alerts": {
    access: "supervisor",
    summary: "What the rules for alerts find now",
    reply: Type.Object({ alerts: Type.Array(AlertView) }),
  },
  "GET /work": {
    access: "any",
    summary: "What agents choose from: reasons of pauses, wrap-up codes",
    reply: WorkReply,
  },
  "GET /figures/today": { access: "any", summary: "Figures since local midnight", reply: Today },
  "GET /records": {
    access: "any",
    summary: "Call records, newest first; agents only their own",
    query: RecordsQuery,
    reply: RecordsReply,
  },
  "GET /records/:id": {
    access: "any",
    summary: "One record and its story",
    params: ById,
    reply: RecordReply,
  },
  "POST /records/:id/block": {
    access: "supervisor",
    summary: "Put a call's caller on the block list",
    params: ById,
    body: BlockCaller,
    reply: BlockedNumber,
  },
  "POST /records/:id/score": {
    access: "supervisor",
    summary: "Says how well the agent handled a call; the last score counts",
    params: ById,
    body: Score,
    reply: Nothing,
  },
  "GET /routing/test": {
    access: "admin",
    summary: "Where a call would go, over what, and why; nothing is dialled",
    query: RoutingTestQuery,
    reply: RoutingTestReply,
  },
  "GET /recordings/:id/audio": {
    access: "any",
    summary:
      "The WAV file (Opus or FLAC once it is archived), stereo: caller left, agent right. Answers Range.",
    params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: Type.Unknown(),
    file: true,
  },
  "GET /rehearsal/stations": { access: "supervisor", summary: "Rehearsal stations", reply: StationsReply },
  "POST /rehearsal/stations/:id/actions": {
    access: "supervisor",
    summary: "Do what a person at the station would do",
    params: ById,
    body: StationAction,
    reply: StationView,
  },
  "GET /settings": {
    access: "admin",
    summary: "All settings, without secrets",
    reply: SettingsReply,
    uncompiled: true,
  },
  "PUT /settings/:section": {
    access: "admin",
    summary: "Replace one section",
    params: Type.Object({ section: SectionName }),
    body: SectionWrite,
    reply: SettingsReply,
    uncompiled: true,
  },
  "GET /flows": { access: "admin", summary: "Flows", reply: FlowsReply },
  "GET /flows/:id": { access: "admin", summary: "A flow and its source", params: ById, reply: FlowReply },
  "PUT /flows/:id": {
    access: "admin",
    summary: "Write a flow; with issues (422) nothing is changed",
    params: ById,
    body: FlowSource,
    reply: FlowView,
  },
  "DELETE /flows/:id": { access: "admin", summary: "Remove a flow", params: ById, reply: Nothing },
  "POST /flows/:id/check": {
    access: "admin",
    summary: "Check a source without writing it",
    params: ById,
    body: FlowSource,
    reply: FlowCheck,
  },
  "GET /ready": { access: "public", summary: "For monitors: the box answers", reply: Ready },
  "GET /health": { access: "any", summary: "How the box is doing", reply: Health },
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
type Part<K extends RouteName, P extends string> = Routes[K] extends {
  readonly [_ in P]: infer S extends TSchema;
}
  ? Static<S>
  : undefined;
export type Params<K extends RouteName> = Part<K, "params">;
export type Query<K extends RouteName> = Part<K, "query">;
export type Body<K extends RouteName> = Part<K, "body">;
export type Reply<K extends RouteName> = Part<K, "reply">;
