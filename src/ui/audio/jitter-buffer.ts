// Evens out blocks that come over a socket: waits until enough is there, skips when too much is.

export interface JitterBuffer {
  push(samples: Float32Array): void;
  /** Fills `out`; with silence where nothing is there. */
  pull(out: Float32Array): void;
  readonly buffered: number;
  /** How often the buffer ran dry while playing. */
  readonly underruns: number;
}

/** All in samples. `target` is waited for before playing; beyond `most` the oldest goes until `target` is left. */
export function createJitterBuffer(target: number, most: number): JitterBuffer {
  const blocks: Float32Array[] = [];
  let offset = 0;
  let buffered = 0;
  let playing = false;
  let underruns = 0;

  const take = (out: Float32Array | undefined, wanted: number): void => {
    let done = 0;
    while (done < wanted) {
      const block = blocks[0];
      if (block === undefined) break;
      const part = Math.min(wanted - done, block.length - offset);
      out?.set(block.subarray(offset, offset + part), done);
      done += part;
      offset += part;
      if (offset < block.length) continue;
      blocks.shift();
      offset = 0;
    }
    buffered -= done;
  };
  return {
    push(samples) {
      blocks.push(samples);
      buffered += samples.length;
      if (buffered > most) take(undefined, buffered - target);
      if (buffered >= target) playing = true;
    },
    pull(out) {
      out.fill(0);
      if (!playing) return;
      if (buffered < out.length) {
        playing = false;
        underruns += 1;
      }
      take(out, Math.min(out.length, buffered));
    },
    get buffered() {
      return buffered;
    },
    get underruns() {
      return underruns;
    },
  };
}
