// Mutants that no test can notice, since the program does the same with them, each with the reason.

export interface Equivalent {
  readonly file: string;
  /** The line as it is, and as the mutant has it, both trimmed. */
  readonly line: string;
  readonly mutant: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [];
