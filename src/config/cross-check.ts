// What a schema cannot say: that what is named exists, and that what must be one of its kind is.
import { channelList } from "../shared/channel-list.ts";
import type { Issue } from "./issues.ts";
import { overflowLoops, routingIssues } from "./routing-check.ts";
import type { Destination, IncomingDestination, Settings } from "./settings.ts";

/** What lives outside the settings file but is named in it; what is left out is not checked. */
export interface Known {
  readonly flows?: readonly string[];
}

export function crossCheck(settings: Settings, known: Known = {}): readonly Issue[] {
  return [
    ...unique(settings),
    ...references(settings, known),
    ...dialledNumbers(settings),
    ...overflowLoops(settings),
    ...routingIssues(settings),
    ...appliance(settings),
    ...timeslots(settings),
  ];
}

/** Timeslot 0 carries frame alignment, one of the others the D-channel. */
function timeslots({ spans }: Settings): readonly Issue[] {
  return spans.flatMap(({ timeslots: text, dataTimeslot = 16 }, index) => {
    const list = text === undefined ? [] : channelList(text);
    const message =
      list === undefined || list.some((slot) => slot > 31)
        ? "is no list of timeslots 1 to 31, as 1-10,17-20"
        : list.includes(dataTimeslot)
          ? `${dataTimeslot} is the timeslot of the D-channel`
          : undefined;
    return message === undefined ? [] : [{ path: `/spans/${index}/timeslots`, message }];
  });
}

type Port = NonNullable<Settings["extensions"][number]["port"]>;
const portName = ({ span, position }: Port): string => `${span}/${position}`;

function unique(settings: Settings): readonly Issue[] {
  const { spans, analog, trunkGroups, incoming, extensions, agents, queues, users } = settings;
  return [
    ...twice("/spans", "span", spans, ({ span }) => String(span)),
    ...twice("/analog", "port", analog, ({ port }) => portName(port)),
    ...twice("/trunkGroups", "id", trunkGroups, ({ id }) => id),
    ...twice("/incoming", "called", incoming, ({ called, calling, group }) =>
      [
        called,
        ...(calling === undefined ? [] : [`from ${calling}`]),
        ...(group === undefined ? [] : [`of ${group}`]),
      ].join(" "),
    ),
    ...twice("/extensions", "number", extensions, ({ number }) => number),
    ...twice("/extensions", "port", extensions, ({ port }) => port && portName(port)),
    ...twice("/agents", "number", agents, ({ number }) => number),
    ...twice("/queues", "id", queues, ({ id }) => id),
    ...twice("/rooms", "id", settings.rooms, ({ id }) => id),
    ...twice("/pauseReasons", "id", settings.pauseReasons, ({ id }) => id),
    ...twice("/pauseReasons", "key", settings.pauseReasons, ({ key }) => key),
    ...twice("/wrapUpCodes", "id", settings.wrapUpCodes, ({ id }) => id),
    ...twice("/wrapUpCodes", "key", settings.wrapUpCodes, ({ key }) => key),
    ...twice("/alerts", "id", settings.alerts, ({ id }) => id),
    ...twice("/schedules", "id", settings.schedules, ({ id }) => id),
    ...twice("/schedules", "code", settings.schedules, ({ code }) => code),
    ...twice("/holidays", "id", settings.holidays, ({ id }) => id),
    ...twice("/blockList", "number", settings.blockList, ({ number }) => number),
    ...twice("/priorityCallers", "number", settings.priorityCallers, ({ number }) => number),
    ...twice("/users", "name", users, ({ name }) => name),
    ...agents.flatMap((agent, i) => twice(`/agents/${i}/queues`, "", agent.queues, (id) => id)),
    ...agents.flatMap((agent, i) =>
      twice(`/agents/${i}/levels`, "queue", agent.levels, ({ queue }) => queue),
    ),
    ...agents.flatMap((agent, i) =>
      twice(`/agents/${i}/skills`, "skill", agent.skills, ({ skill }) => skill),
    ),
    ...queues.flatMap((queue, i) =>
      twice(`/queues/${i}/skills`, "skill", queue.skills, ({ skill }) => skill),
    ),
    ...queues.flatMap(({ keys, callback }, i) =>
      twice(
        `/queues/${i}/keys`,
        "key",
        [...keys, ...(callback === undefined ? [] : [callback])],
        ({ key }) => key,
      ),
    ),
    ...trunkPortsAsExtensions(settings),
  ];
}

function twice<T>(
  path: string,
  property: string,
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): readonly Issue[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (key === undefined) return [];
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, index);
      return [];
    }
    return [
      {
        path: [path, index, ...(property === "" ? [] : [property])].join("/"),
        message: `${key} is there already at ${path}/${before}`,
      },
    ];
  });
}

function trunkPortsAsExtensions({ analog, extensions }: Settings): readonly Issue[] {
  const trunks = new Map(
    analog.filter(({ group }) => group !== undefined).map(({ port, group }) => [portName(port), group]),
  );
  return extensions.flatMap(({ port }, i) => {
    const group = port && trunks.get(portName(port));
    return group === undefined
      ? []
      : [
          {
            path: `/extensions/${i}/port`,
            message: `is a line of trunk group ${group}, not a telephone's port`,
          },
        ];
  });
}

function references(settings: Settings, known: Known): readonly Issue[] {
  const { spans, analog, trunkGroups, incoming, outgoing, agents, queues, users } = settings;
  const ids = {
    group: trunkGroups.map(({ id }) => id),
    queue: queues.map(({ id }) => id),
    room: settings.rooms.map(({ id }) => id),
    extension: settings.extensions.map(({ number }) => number),
    agent: agents.map(({ number }) => number),
    flow: known.flows,
    schedule: settings.schedules.map(({ id }) => id),
    holidays: settings.holidays.map(({ id }) => id),
  };
  const named = (path: string, kind: keyof typeof ids, name: string | undefined): readonly Issue[] =>
    name === undefined || ids[kind]?.includes(name) !== false
      ? []
      : [{ path, message: `there is no ${words[kind]} ${name}${choice(ids[kind])}` }];
  const to = (path: string, destination: Destination | undefined): readonly Issue[] => {
    if (destination === undefined) return [];
    if ("queue" in destination) return named(`${path}/queue`, "queue", destination.queue);
    if ("agent" in destination) return named(`${path}/agent`, "agent", destination.agent);
    if ("room" in destination) return named(`${path}/room`, "room", destination.room);
    if ("extension" in destination) return named(`${path}/extension`, "extension", destination.extension);
    if ("flow" in destination) return named(`${path}/flow`, "flow", destination.flow);
    // A mailbox is there with its first message.
    if ("mailbox" in destination) return [];
    return settings.outgoing.length > 0
      ? []
      : [{ path, message: "goes outside, but there are no outgoing routes" }];
  };
  const incomingTo = (path: string, destination: IncomingDestination): readonly Issue[] =>
    "schedule" in destination
      ? [
          ...named(`${path}/schedule`, "schedule", destination.schedule),
          ...(["open", "closed", "holiday"] as const).flatMap((name) =>
            to(`${path}/${name}`, destination[name]),
          ),
        ]
      : to(path, destination);
  return [
    ...spans.flatMap(({ group }, i) => named(`/spans/${i}/group`, "group", group)),
    ...spans.flatMap(({ ranges = [] }, i) =>
      ranges.flatMap(({ group }, j) => named(`/spans/${i}/ranges/${j}/group`, "group", group)),
    ),
    ...settings.extensions.flatMap(({ forward }, i) =>
      (["always", "busy", "noAnswer"] as const).flatMap((why) =>
        to(`/extensions/${i}/forward/${why}`, forward[why]),
      ),
    ),
    ...settings.schedules.flatMap(({ holidays }, i) =>
      holidays.flatMap((id, j) => named(`/schedules/${i}/holidays/${j}`, "holidays", id)),
    ),
    ...outgoing.flatMap(({ overflow }, i) =>
      overflow.flatMap((id, j) => named(`/outgoing/${i}/overflow/${j}`, "group", id)),
    ),
    ...analog.flatMap(({ group }, i) => named(`/analog/${i}/group`, "group", group)),
    ...trunkGroups.flatMap((group, i) => incomingTo(`/trunkGroups/${i}/incoming`, group.incoming)),
    ...incoming.flatMap(({ group }, i) => named(`/incoming/${i}/group`, "group", group)),
    ...incoming.flatMap((route, i) => incomingTo(`/incoming/${i}/to`, route.to)),
    ...outgoing.flatMap(({ group }, i) => named(`/outgoing/${i}/group`, "group", group)),
    ...agents.flatMap((agent, i) =>
      agent.queues.flatMap((id, j) => named(`/agents/${i}/queues/${j}`, "queue", id)),
    ),
    ...agents.flatMap(({ seat }, i) => named(`/agents/${i}/seat`, "extension", seat)),
    ...agents.flatMap((agent, i) =>
      agent.levels.flatMap(({ queue }, j) =>
        agent.queues.includes(queue)
          ? []
          : [{ path: `/agents/${i}/levels/${j}/queue`, message: `${queue} is none of this agent's queues` }],
      ),
    ),
    ...queues.flatMap(({ overflow }, i) => to(`/queues/${i}/overflow`, overflow)),
    ...queues.flatMap(({ sendOn }, i) =>
      (["timedOut", "nobodyThere", "full", "closed"] as const).flatMap((why) =>
        to(`/queues/${i}/sendOn/${why}`, sendOn[why]),
      ),
    ),
    ...queues.flatMap(({ schedule }, i) => named(`/queues/${i}/schedule`, "schedule", schedule)),
    ...queues.flatMap(({ id, experts }, i) =>
      experts === id
        ? [{ path: `/queues/${i}/experts`, message: "is this queue itself" }]
        : named(`/queues/${i}/experts`, "queue", experts),
    ),
    ...settings.wrapUpCodes.flatMap((code, i) =>
      code.queues.flatMap((id, j) => named(`/wrapUpCodes/${i}/queues/${j}`, "queue", id)),
    ),
    ...settings.alerts.flatMap(({ queue, group }, i) => [
      ...named(`/alerts/${i}/queue`, "queue", queue),
      ...named(`/alerts/${i}/group`, "group", group),
    ]),
    ...queues.flatMap(({ keys }, i) => keys.flatMap((one, j) => to(`/queues/${i}/keys/${j}/to`, one.to))),
    ...users.flatMap(({ agent }, i) => named(`/users/${i}/agent`, "agent", agent)),
  ];
}

const words = {
  group: "trunk group",
  queue: "queue",
  room: "conference room",
  extension: "extension",
  agent: "agent",
  flow: "flow",
  schedule: "schedule",
  holidays: "holiday list",
} as const;

function choice(names: readonly string[] | undefined): string {
  if (names === undefined || names.length === 0) return "";
  return ` (there are: ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""})`;
}

/** Whatever is dialled on a telephone of the box means one thing. */
function dialledNumbers(settings: Settings): readonly Issue[] {
  const { extensions, queues, rooms, featureCodes, schedules, pauseReasons, wrapUpCodes } = settings;
  const owners = new Map<string, string>();
  const claim = (path: string, number: string | undefined): readonly Issue[] => {
    if (number === undefined) return [];
    const owner = owners.get(number);
    if (owner === undefined) owners.set(number, path);
    return owner === undefined ? [] : [{ path, message: `${number} is dialled already for ${owner}` }];
  };
  const { scheduleOpen, scheduleClosed, scheduleByHours, agentCode, ...plain } = featureCodes;
  const switches = Object.entries({ scheduleOpen, scheduleClosed, scheduleByHours }).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  const codes = [
    ...Object.entries(plain),
    ...switches,
    ...(agentCode === undefined ? [] : [["agentCode", agentCode] as const]),
  ];
  /** What is dialled with a key after it. */
  const withKeys = (
    path: string,
    prefix: string | undefined,
    all: readonly { readonly key?: string }[],
  ): readonly Issue[] =>
    prefix === undefined
      ? []
      : all.flatMap(({ key }, i) => (key === undefined ? [] : claim(`${path}/${i}/key`, prefix + key)));
  const clashes = codes.flatMap(([name, code]) =>
    codes
      .filter(([other, longer]) => other !== name && longer !== code && longer.startsWith(code))
      .map(([other]) => ({
        path: `/featureCodes/${other}`,
        message: `begins with ${code}, which is dialled for ${name}`,
      })),
  );
  return [
    // Two extensions of one number are told of where numbers must be unique.
    ...[...new Map(extensions.map(({ number }, i) => [number, `/extensions/${i}/number`]))].flatMap(
      ([number, path]) => claim(path, number),
    ),
    ...queues.flatMap(({ number }, i) => claim(`/queues/${i}/number`, number)),
    ...rooms.flatMap(({ number }, i) => claim(`/rooms/${i}/number`, number)),
    ...codes.flatMap(([name, code]) => claim(`/featureCodes/${name}`, code)),
    ...schedules.flatMap(({ code }, i) =>
      switches.flatMap(([, prefix]) =>
        code === undefined ? [] : claim(`/schedules/${i}/code`, prefix + code),
      ),
    ),
    ...withKeys("/pauseReasons", featureCodes.agentPause, pauseReasons),
    ...withKeys("/wrapUpCodes", agentCode, wrapUpCodes),
    ...clashes,
  ];
}

function appliance({ appliance: { timeZone }, users }: Settings): readonly Issue[] {
  const issues: Issue[] = [];
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    issues.push({
      path: "/appliance/timeZone",
      message: `there is no time zone ${timeZone} (for example Europe/Berlin)`,
    });
  }
  if (users.length > 0 && !users.some(({ role }) => role === "admin"))
    issues.push({ path: "/users", message: "nobody is an admin: nobody could change the settings again" });
  return issues;
}
