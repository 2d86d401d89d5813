// The settings of queues and agents as distribution keeps them in the journal: milliseconds, and only what is not the usual.
import { sendReasons, type Agent, type Queue } from "../config/settings.ts";
import type { AgentOptions, GivenUpReason, QueueLeaveReason, QueueOptions } from "../shared/journal.ts";

/** Why a caller is sent on, as the settings name it. */
export type GivenUp = keyof Queue["sendOn"];

const reasonOf = {
  timedOut: "timed-out",
  nobodyThere: "nobody-there",
  full: "full",
  closed: "closed",
} as const satisfies Readonly<Record<GivenUp, GivenUpReason>>;

/** In the settings' words; `undefined`: the caller is not sent on. */
export const givenUp = (reason: QueueLeaveReason): GivenUp | undefined =>
  sendReasons.find((why) => reasonOf[why] === reason);

const ms = (seconds: number): number => seconds * 1000;

export function queueOptions(queue: Queue): QueueOptions {
  return {
    id: queue.id,
    strategy: queue.strategy,
    ringMs: ms(queue.ringSeconds),
    wrapUpMs: ms(queue.wrapUpSeconds),
    maxWaitMs: ms(queue.maxWaitSeconds),
    // Callers wait for agents to come where the queue has nowhere to send them.
    leaveWhenEmpty: (queue.sendOn.nobodyThere ?? queue.overflow) !== undefined,
    pauseAfterNoAnswers: queue.pauseAfterNoAnswers,
    weight: queue.weight,
    mostWaiting: queue.mostWaiting,
    emptyMs: ms(queue.emptySeconds),
    emptyStates: queue.emptyStates,
    restMs: {
      noAnswer: ms(queue.rest.noAnswerSeconds),
      busy: ms(queue.rest.busySeconds),
      rejected: ms(queue.rest.rejectedSeconds),
    },
    autoReadyMs: ms(queue.readyAgainSeconds),
    growMs: ms(queue.growSeconds),
    tierMs: ms(queue.levelSeconds),
    skills: skillsOf(queue.skills),
    relax: queue.relax.map(({ afterSeconds, lowerBy }) => ({ afterMs: ms(afterSeconds), lowerBy })),
    stickyMs: ms(queue.stickySeconds),
    resumeMs: ms(queue.resumeSeconds),
    askWhen: queue.callback?.askWhen.map((why) => reasonOf[why]) ?? [],
    serviceMs: ms(queue.serviceLevelSeconds),
  };
}

export function agentOptions(agent: Agent): AgentOptions {
  const { number, name, queues, levels, skills, weight, wrapUpSeconds, pauseAfterNoAnswers } = agent;
  return {
    number,
    name,
    queues,
    ...(levels.length === 0
      ? {}
      : { levels: Object.fromEntries(levels.map(({ queue, level }) => [queue, level])) }),
    ...(skills.length === 0 ? {} : { skills: skillsOf(skills) }),
    ...(weight === 1 ? {} : { weight }),
    ...(wrapUpSeconds === undefined ? {} : { wrapUpMs: ms(wrapUpSeconds) }),
    ...(pauseAfterNoAnswers === undefined ? {} : { pauseAfterNoAnswers }),
  };
}

const skillsOf = (skills: readonly { readonly skill: string; readonly level: number }[]) =>
  Object.fromEntries(skills.map(({ skill, level }) => [skill, level]));
