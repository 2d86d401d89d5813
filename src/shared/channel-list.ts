// Lists of channels or timeslots as the driver's files and the settings write them: `1-15,17-31`.

/** Longest list read: no file names more, and a hostile range costs no memory. */
const mostChannels = 4096;

/** A whole number of at most six digits, else undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** `1-15,17-31` as numbers, in the order written; undefined if it is no such list. */
export function channelList(text: string): readonly number[] | undefined {
  const channels: number[] = [];
  for (const part of text.split(",")) {
    const [first, last, ...more] = part.split("-").map((end) => wholeNumber(end.trim()));
    const end = part.includes("-") ? last : first;
    if (first === undefined || end === undefined || more.length > 0 || first < 1 || end < first)
      return undefined;
    if (channels.length + end - first >= mostChannels) return undefined;
    for (let channel = first; channel <= end; channel++) channels.push(channel);
  }
  return channels;
}

/** The shortest way to write these channels, in their order. */
export function channelListText(channels: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const channel of channels) {
    const run = runs.at(-1);
    if (run?.last === channel - 1) run.last = channel;
    else runs.push({ first: channel, last: channel });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}
