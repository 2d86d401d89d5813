// What each figure of a report means, in the words that stand beside it.

export const queueDefinitions = {
  offered: "calls that came into the queue in the interval",
  answered: "of those: answered by an agent",
  answeredInTime: "of those answered: after at most the queue's threshold",
  abandoned: "of those offered: the caller hung up while waiting",
  abandonedInTime: "of those abandoned: within the queue's threshold",
  abandonedShort: "of those abandoned: after hardly a wait (shortSeconds)",
  timedOut: "of those offered: waited too long and were sent on",
  nobodyThere: "of those offered: sent on because no agent was there",
  full: "of those offered: sent on because the line was full",
  byKey: "of those offered: left by a key, or were transferred out of the line",
  toCallBack: "of those offered: hung up to be called back",
  restarted: "of those offered: lost when the box went down",
  waiting: "of those offered: in line still",
  waitMs: "wait of those answered, together, ms",
  longestWaitMs: "longest wait of all offered, ms",
  abandonedWaitMs: "wait of those abandoned, together, ms",
  talkMs: "conversation of those answered, with hold, ms",
  wrapUpMs: "after-call work of those answered, ms",
  transferred: "of those answered: given away by the agent",
  noAnswers: "offers to agents in the interval that came to nothing",
  callbacksReached: "callbacks in the interval: caller and agent spoke",
  callbacksFailed: "callbacks in the interval: the caller was not to be had",
  serviceLevelOfAnswered: "answered in time ÷ answered",
  serviceLevelWithAbandoned: "(answered in time + abandoned in time) ÷ (answered + abandoned)",
  serviceLevelOfOffered: "answered in time ÷ (offered − abandoned after hardly a wait)",
  abandonment: "abandoned ÷ offered",
  averageWaitMs: "ASA: wait of those answered ÷ answered, ms",
  averageHandlingMs: "AHT: (conversation + after-call work) ÷ answered, ms",
} as const;

export const agentDefinitions = {
  answered: "queue calls that the agent answered in the interval",
  noAnswers: "offers in the interval that the agent did not answer",
  logIns: "times the agent logged in in the interval",
  talkMs: "conversations of queue calls that ended in the interval, with hold, ms",
  inState:
    "time in each state within the interval, ms; together it is the interval, from the agent's first day on",
} as const;
