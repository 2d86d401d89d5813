// What a caller hears when an outgoing call fails, by the cause of Q.850: data. A number that is none, or a network that is
// full, is said in words after the special information tone (E.180 §8), since another try will fail too or should wait.

export interface CauseSound {
  /** `busy`: the called party is; `congestion`: the network could not. */
  readonly tone: "busy" | "congestion";
  /** Said instead, after the special information tone. */
  readonly prompt?: string;
}

const busy: CauseSound = { tone: "busy" };
const congestion: CauseSound = { tone: "congestion" };
const said = (prompt: string): CauseSound => ({ tone: "congestion", prompt });
const noService = said("ss-noservice");
const wrongNumber = said("cannot-complete-as-dialed");
const networkFull = said("all-circuits-busy-now");
const networkFault = said("cannot-complete-network-error");
const barred = said("feature-not-avail-line");

/** Causes that are not here sound as congestion. */
const sounds: Readonly<Record<number, CauseSound>> = {
  1: noService,
  2: wrongNumber,
  3: wrongNumber,
  4: noService,
  5: wrongNumber,
  14: noService,
  16: busy,
  17: busy,
  20: said("number-not-answering"),
  21: busy,
  22: noService,
  25: networkFault,
  26: busy,
  28: wrongNumber,
  34: networkFull,
  38: networkFault,
  41: said("cannot-complete-temp-error"),
  42: networkFull,
  46: networkFull,
  50: barred,
  53: barred,
  55: barred,
  57: barred,
  62: barred,
  87: barred,
  88: wrongNumber,
  91: wrongNumber,
};

export const causeSound = (cause: number): CauseSound => sounds[cause] ?? congestion;

/** Every prompt of the table. */
export const causePrompts: readonly string[] = [
  ...new Set(Object.values(sounds).flatMap(({ prompt }) => prompt ?? [])),
];
