// What is due, soonest first; of two at the same moment the one that was added first.
export interface Heap<T> {
  add(at: number, value: T): void;
  /** When the soonest is due. */
  first(): number | undefined;
  take(): T | undefined;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly value: T;
}

export function createHeap<T>(): Heap<T> {
  const entries: Entry<T>[] = [];
  let order = 0;
  const sooner = (a: Entry<T>, b: Entry<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

  return {
    first: () => entries[0]?.at,
    add(at, value) {
      const entry = { at, order: order++, value };
      let place = entries.length;
      while (place > 0) {
        const above = (place - 1) >> 1;
        const other = entries[above];
        if (other === undefined || !sooner(entry, other)) break;
        entries[place] = other;
        place = above;
      }
      entries[place] = entry;
    },
    take() {
      const [top] = entries;
      const last = entries.pop();
      if (top === undefined || last === undefined || entries.length === 0) return top?.value;
      let place = 0;
      for (;;) {
        let below = 2 * place + 1;
        const [left, right] = [entries[below], entries[below + 1]];
        if (left === undefined) break;
        if (right !== undefined && sooner(right, left)) below += 1;
        const child = entries[below];
        if (child === undefined || !sooner(child, last)) break;
        entries[place] = child;
        place = below;
      }
      entries[place] = last;
      return top.value;
    },
  };
}
