// How programs are run that work on the side: what they read may be hostile, and nothing of theirs may take from a call.

/** Bytes of address space, and seconds of a processor. */
const most = { bytes: 2_000_000_000, seconds: 600 } as const;

/**
 * A program with its options as a command for `spawn` or `execFile`: at the lowest priority, within bounds, and the first to go
 * when memory runs out.
 */
export const inBackground = (program: string, options: readonly string[]): [string, string[]] => [
  "prlimit",
  [
    ...[`--as=${most.bytes}`, `--cpu=${most.seconds}`],
    ...["choom", "-n", "500", "--", "nice", "-n", "19", program, ...options],
  ],
];
