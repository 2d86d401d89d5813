// Conference rooms: calls that are sent there hear each other.
import { whenAudio } from "../calls/audio-wait.ts";
import type { Call, Handler } from "../calls/call.ts";
import { createDialogue } from "../calls/dialogue.ts";
import { cause } from "../calls/state.ts";
import type { Room, Settings } from "../config/settings.ts";
import type { Conference, MediaPort, Tone } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { codeOf } from "../shared/errors.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";

export interface RoomsDeps {
  /** @throws ERR_MEDIA_CONFERENCES */
  readonly openConference: () => Conference;
  /** As they are now. */
  readonly settings: () => Pick<Settings, "rooms" | "recording">;
  readonly verifyPin: (pin: string, hash: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
}

export interface Rooms {
  /** Takes a call over into a room. False when there is no such room. */
  enter(call: Call, room: string): boolean;
  /** A call of an earlier run that was in this room: nobody is asked for a PIN again. False when there is no such room. */
  goOn(call: Call, room: string): boolean;
  /** Calls in each room that somebody is in, in the order they came. */
  list(): readonly { readonly room: string; readonly calls: readonly string[] }[];
}

interface Held {
  readonly conference: Conference;
  readonly parties: Map<Call, Party>;
}

interface Party {
  readonly since: number;
  port?: MediaPort;
  muted: boolean;
  /** The key before, if it may begin a command. */
  star: boolean;
  waiting: Cancel;
}

const attempts = 3;

export function createRooms(deps: RoomsDeps): Rooms {
  const { settings, clock, note, log } = deps;
  const held = new Map<string, Held>();

  const take = (room: Room): Held => {
    const own = held.get(room.id) ?? { conference: deps.openConference(), parties: new Map<Call, Party>() };
    held.set(room.id, own);
    return own;
  };

  const admit = (call: Call, room: Room): void => {
    if ((held.get(room.id)?.parties.size ?? 0) >= room.mostParties) return turnAway(call);
    let own: Held;
    try {
      own = take(room);
    } catch (error) {
      log.error(
        { err: error, code: codeOf(error), call: call.id, room: room.id },
        "no conference can be opened",
      );
      return call.end(cause.noCircuit);
    }
    const party: Party = { since: clock.monotonic(), muted: false, star: false, waiting: () => undefined };
    own.parties.set(call, party);
    call.answer();
    call.handle(handlerOf(call, room, own, party));
    if (!own.parties.has(call)) return;
    note({ type: "conference.joined", call: call.id, room: room.id });
    party.waiting = whenAudio(
      () => call.port(),
      clock,
      (port) => seat(call, room, own, party, port),
    );
  };

  /** The party's audio is there: it hears the others, or music. */
  const seat = (call: Call, room: Room, own: Held, party: Party, port: MediaPort | undefined): void => {
    if (port === undefined)
      return log.error({ call: call.id, room: room.id }, "a party of a conference has no audio");
    party.port = port;
    // Its own keys are nobody's to hear.
    port.maskDigits(true);
    own.conference.join(port, partOf(party));
    if (own.parties.size === 1) return keepCompany(call, own);
    for (const other of own.parties.keys()) if (other !== call) other.quiet();
    if (room.entryTones) own.conference.playTone(come);
  };

  /** Of who is alone. */
  const keepCompany = (call: Call, { parties }: Held): void => {
    void call.say([{ prompt: "conf-onlyperson" }]).finished.then((end) => {
      if (end !== "stopped" && parties.size === 1 && parties.has(call)) call.music("default");
    });
  };

  const leave = (call: Call, room: Room, own: Held, party: Party): void => {
    if (!own.parties.delete(call)) return;
    party.waiting();
    party.port?.disconnect();
    party.port?.maskDigits(settings().recording.maskKeys);
    note({
      type: "conference.left",
      call: call.id,
      room: room.id,
      stayedMs: Math.round(clock.monotonic() - party.since),
    });
    const [last] = own.parties.keys();
    if (last === undefined) {
      held.delete(room.id);
      void own.conference.close();
    } else if (own.parties.size === 1) keepCompany(last, own);
    else if (room.entryTones) own.conference.playTone(go);
  };

  const handlerOf = (call: Call, room: Room, own: Held, party: Party): Handler => ({
    phase: "conference",
    where: room.id,
    event(event) {
      if (event.type !== "digit") return;
      const command = party.star && event.digit === "1";
      party.star = event.digit === "*";
      if (!command || party.port === undefined) return;
      party.muted = !party.muted;
      own.conference.join(party.port, partOf(party));
      call.say([{ prompt: party.muted ? "conf-muted" : "conf-unmuted" }]);
    },
    dropped: () => leave(call, room, own, party),
  });

  const askPin = (call: Call, room: Room, hash: string): void => {
    const dialogue = createDialogue(call, room.id, clock);
    let tries = 0;
    const check = async (pin: string): Promise<void> => {
      if (await deps.verifyPin(pin, hash)) {
        if (call.state.ended === null) admit(call, room);
      } else if (++tries >= attempts) dialogue.finish({ prompt: "conf-invalidpin" });
      else ask("conf-invalidpin");
    };
    const ask = (prompt: string): void =>
      dialogue.ask([{ prompt }], (pin) => {
        check(pin).catch((error: unknown) => {
          log.error({ err: error, room: room.id }, "a conference's PIN could not be checked");
          call.end(cause.temporaryFailure);
        });
      });
    dialogue.begin();
    whenAudio(
      () => call.port(),
      clock,
      (port) => port?.maskDigits(true),
    );
    ask("conf-getpin");
  };

  const find = (id: string): Room | undefined => settings().rooms.find((one) => one.id === id);

  return {
    goOn(call, id) {
      const room = find(id);
      if (room !== undefined) admit(call, room);
      return room !== undefined;
    },
    enter(call, id) {
      const room = find(id);
      if (room === undefined) return false;
      if (room.pinHash === undefined) admit(call, room);
      else askPin(call, room, room.pinHash);
      return true;
    },
    list: () =>
      [...held].map(([room, { parties }]) => ({ room, calls: [...parties.keys()].map(({ id }) => id) })),
  };
}

function turnAway(call: Call): void {
  const handler: Handler = { phase: "menu", where: "", event: () => undefined, dropped: () => undefined };
  call.listen();
  call.handle(handler);
  void call.say([{ prompt: "conf-full" }]).finished.then(() => call.end(cause.busy));
}

const partOf = ({ muted }: Party) => ({ automaticGain: true, speaksTo: muted ? "nobody" : "all" }) as const;

const tones = (first: number, second: number): Tone => ({
  parts: [first, second].map((hz) => ({ frequencies: [hz], levelDbm0: -20, ms: 150 })),
  repeat: false,
});
/** Upwards who comes, downwards who goes; neither is a digit's nor an exchange's. */
const come = tones(660, 880);
const go = tones(880, 660);
