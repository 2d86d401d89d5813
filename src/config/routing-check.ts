// What is wrong with numbers, routes, groups and schedules beyond names; and what is allowed but surely not meant.
import type { Issue } from "./issues.ts";
import { sendReasons } from "./settings.ts";
import type { NumberRule, Schedule, HolidayList, Settings } from "./settings.ts";

/** What must be corrected. */
export function routingIssues(settings: Settings): readonly Issue[] {
  const { spans, trunkGroups, outgoing, schedules, holidays } = settings;
  return [
    ...spans.flatMap(({ ranges = [] }, i) =>
      ranges.flatMap(({ from, to }, j) =>
        from <= to
          ? []
          : [{ path: `/spans/${i}/ranges/${j}`, message: `ends (${to}) before it begins (${from})` }],
      ),
    ),
    ...trunkGroups.flatMap((group, i) =>
      (["calledOut", "callingOut", "calledIn", "callingIn"] as const).flatMap((name) =>
        ruleIssues(`/trunkGroups/${i}/${name}`, group[name]),
      ),
    ),
    ...outgoing.flatMap((route, i) => [
      ...ruleIssues(`/outgoing/${i}/rules`, route.rules),
      ...overflowIssues(route, i),
    ]),
    ...schedules.flatMap((schedule, i) => scheduleIssues(`/schedules/${i}`, schedule)),
    ...holidays.flatMap((list, i) => dayIssues(`/holidays/${i}/days`, list.days)),
  ];
}

/** A list of groups that comes back to one of its own tries it twice and no other. */
function overflowIssues({ group, overflow }: Settings["outgoing"][number], i: number): readonly Issue[] {
  const way = [group, ...overflow];
  return overflow.flatMap((id, j) =>
    way.indexOf(id) <= j
      ? [
          {
            path: `/outgoing/${i}/overflow/${j}`,
            message: `leads back to ${id}: ${way.slice(0, j + 2).join(" → ")}`,
          },
        ]
      : [],
  );
}

function ruleIssues(path: string, rules: readonly NumberRule[]): readonly Issue[] {
  return rules.flatMap(({ match, replace }, i): readonly Issue[] => {
    if (replace === undefined) return [];
    const places = (text: string): number => text.split("X").length - 1;
    if (places(replace) > places(match))
      return [
        { path: `${path}/${i}/replace`, message: `has more X than ${match}, so a digit would be missing` },
      ];
    return replace.endsWith(".") && !match.endsWith(".")
      ? [{ path: `${path}/${i}/replace`, message: `ends in a dot, but ${match} has no further digits` }]
      : [];
  });
}

function scheduleIssues(path: string, { week, dates }: Schedule): readonly Issue[] {
  return [
    ...week.flatMap(({ from, to }, i) => sameHours(`${path}/week/${i}`, from, to)),
    ...dayIssues(`${path}/dates`, dates),
    ...dates.flatMap(({ open }, i) =>
      open.flatMap(({ from, to }, j) => sameHours(`${path}/dates/${i}/open/${j}`, from, to)),
    ),
  ];
}

const sameHours = (path: string, from: string, to: string): readonly Issue[] =>
  from === to ? [{ path, message: `begins and ends at ${from}: for a whole day write 00:00 to 24:00` }] : [];

function dayIssues(path: string, days: HolidayList["days"] | Schedule["dates"]): readonly Issue[] {
  return days.flatMap(({ date, until }, i): readonly Issue[] => {
    const wrong = [date, ...(until === undefined ? [] : [until])].find((day) => !isDay(day));
    if (wrong !== undefined) return [{ path: `${path}/${i}`, message: `${wrong} is no day of the calendar` }];
    if (until === undefined) return [];
    if (until.length !== date.length)
      return [{ path: `${path}/${i}/until`, message: `${until} is not of the form of ${date}` }];
    return date.length === 10 && until < date
      ? [{ path: `${path}/${i}/until`, message: `${until} is before ${date}` }]
      : [];
  });
}

/** 29 February counts in every year that has one. */
function isDay(day: string): boolean {
  const [year = 2000, month = 0, date = 0] = (day.length === 5 ? `2000-${day}` : day).split("-").map(Number);
  const made = new Date(Date.UTC(year, month - 1, date));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
}

/** The queue that a queue's callers are sent on to, for each reason. */
function sentOnTo({ overflow, sendOn }: Settings["queues"][number]): ReadonlyMap<string, string> {
  const ways = [["overflow", overflow] as const, ...sendReasons.map((why) => [why, sendOn[why]] as const)];
  return new Map(
    ways.flatMap(([why, to]) =>
      to !== undefined && "queue" in to
        ? [[why === "overflow" ? why : `sendOn/${why}`, to.queue] as const]
        : [],
    ),
  );
}

export function overflowLoops({ queues }: Settings): readonly Issue[] {
  const next = new Map(queues.map((queue) => [queue.id, sentOnTo(queue)]));
  /** The shortest way from a queue back to another one. */
  const wayTo = (from: string, to: string): readonly string[] | undefined => {
    const ways: (readonly string[])[] = [[from]];
    const seen = new Set([from]);
    for (const way of ways) {
      const last = way.at(-1) ?? from;
      if (last === to) return way;
      for (const after of next.get(last)?.values() ?? [])
        if (!seen.has(after)) {
          seen.add(after);
          ways.push([...way, after]);
        }
    }
    return undefined;
  };
  return queues.flatMap(({ id }, i) =>
    [...(next.get(id) ?? [])].flatMap(([reason, to]) => {
      const way = wayTo(to, id);
      return way === undefined
        ? []
        : [
            {
              path: `/queues/${i}/${reason}`,
              message: `leads back to the queue: ${[id, ...way].join(" → ")}`,
            },
          ];
    }),
  );
}

/** What is allowed, and surely not meant: said at the console, in the way of nothing. */
export function settingsWarnings(settings: Settings): readonly Issue[] {
  return [
    ...shadowedRoutes(settings),
    ...shadowedRules(settings),
    ...openEmergencies(settings),
    ...hiddenByEmergencies(settings),
    ...reserves(settings),
  ];
}

/** Everything that fits `pattern` fits `before` too, which is asked first. */
export function covers(before: string, pattern: string): boolean {
  const open = before.endsWith(".");
  const fixed = open ? before.slice(0, -1) : before;
  const other = pattern.endsWith(".") ? pattern.slice(0, -1) : pattern;
  if (open ? other.length < fixed.length : pattern.endsWith(".") || other.length !== fixed.length)
    return false;
  return Array.from(fixed).every((place, i) => {
    const there = other.charAt(i);
    return place === there || (place === "X" && /[0-9]/.test(there));
  });
}

function shadowedRoutes({ outgoing }: Settings): readonly Issue[] {
  return outgoing.flatMap((route, i) => {
    const before = outgoing.findIndex(
      (other, j) =>
        j < i &&
        (other.class === "emergency") === (route.class === "emergency") &&
        covers(other.pattern, route.pattern),
    );
    return before < 0
      ? []
      : [
          {
            path: `/outgoing/${i}/pattern`,
            message: `${route.pattern} is never reached: ${outgoing[before]?.pattern ?? ""} before it takes all of it`,
          },
        ];
  });
}

function shadowedRules({ trunkGroups, outgoing }: Settings): readonly Issue[] {
  const lists: readonly (readonly [string, readonly NumberRule[]])[] = [
    ...outgoing.map(({ rules }, i) => [`/outgoing/${i}/rules`, rules] as const),
    ...trunkGroups.flatMap((group, i) =>
      (["calledOut", "callingOut", "calledIn", "callingIn"] as const).map(
        (name) => [`/trunkGroups/${i}/${name}`, group[name]] as const,
      ),
    ),
  ];
  return lists.flatMap(([path, rules]) =>
    rules.flatMap(({ match }, i) => {
      const before = rules.slice(0, i).find((other) => covers(other.match, match));
      return before === undefined
        ? []
        : [
            {
              path: `${path}/${i}/match`,
              message: `${match} is never reached: ${before.match} before it takes all of it`,
            },
          ];
    }),
  );
}

/** An emergency route is asked before all others and needs no permission. */
function openEmergencies({ outgoing }: Settings): readonly Issue[] {
  return outgoing.flatMap(({ pattern, class: dialClass }, i) =>
    dialClass === "emergency" && /[X.]/.test(pattern)
      ? [
          {
            path: `/outgoing/${i}/pattern`,
            message: `${pattern} lets everybody dial all of it: name each emergency number`,
          },
        ]
      : [],
  );
}

/** An emergency number is called with its last digit, so whatever is longer cannot be dialled. */
function hiddenByEmergencies({ outgoing, extensions, queues }: Settings): readonly Issue[] {
  const emergencies = outgoing.filter((route) => route.class === "emergency").map(({ pattern }) => pattern);
  const look = (path: string, number = ""): readonly Issue[] => {
    const before = emergencies.find((pattern) => covers(`${pattern.replace(/\.$/, "")}.`, number));
    return before === undefined
      ? []
      : [{ path, message: `${number} cannot be dialled: the emergency number ${before} is called before` }];
  };
  return [
    ...extensions.flatMap(({ number }, i) => look(`/extensions/${i}/number`, number)),
    ...queues.flatMap(({ number }, i) => look(`/queues/${i}/number`, number)),
  ];
}

function reserves({ trunkGroups, spans, analog }: Settings): readonly Issue[] {
  return trunkGroups.flatMap(({ id, reserveIncoming }, i) => {
    // An E1 has 30 channels at most; what is really there, the cards know.
    const digital = spans.filter(
      ({ group, ranges = [] }) => group === id || ranges.some((one) => one.group === id),
    );
    const most = digital.length * 30 + analog.filter(({ group }) => group === id).length;
    return reserveIncoming > 0 && reserveIncoming >= most
      ? [
          {
            path: `/trunkGroups/${i}/reserveIncoming`,
            message: `keeps all of its ${most} channels: nobody can call out`,
          },
        ]
      : [];
  });
}
