// The audio thread's part of a rehearsal handset: 8 kHz blocks of 20 ms to and from the page, the browser's own
// rate to and from the ear and the microphone.
import { createJitterBuffer } from "./jitter-buffer.ts";
import { readingOf, type Reading } from "./meter.ts";
import { createResampler } from "./resample.ts";

export type FromWorklet =
  | { readonly type: "block"; readonly samples: ArrayBuffer }
  | { readonly type: "meter"; readonly heard: Reading; readonly said: Reading; readonly underruns: number };

const rate = 8000;
const block = rate / 50;
const readingBlocks = 5;

registerProcessor(
  "station",
  class extends AudioWorkletProcessor {
    readonly #down = createJitterBuffer(3 * block, 12 * block);
    readonly #toEar = createResampler(rate, sampleRate);
    readonly #fromMouth = createResampler(sampleRate, rate);
    readonly #eight = new Float32Array(16);
    readonly #said = new Float32Array(block * readingBlocks);
    readonly #heard = new Float32Array(block * readingBlocks);
    #saidCount = 0;
    #heardCount = 0;
    #ear = new Float32Array(0);
    #reading: Reading = { dbm0: -Infinity, hz: 0 };

    constructor() {
      super();
      this.port.onmessage = (event: MessageEvent<ArrayBuffer>) => {
        const samples = new Int16Array(event.data);
        this.#down.push(Float32Array.from(samples, (sample) => sample / 32_768));
      };
    }

    process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
      const out = outputs[0]?.[0];
      if (out !== undefined) this.#hear(out);
      const said = inputs[0]?.[0] ?? new Float32Array(out?.length ?? 128);
      for (const sample of this.#fromMouth.push(said)) this.#say(sample);
      return true;
    }

    #hear(out: Float32Array): void {
      while (this.#ear.length < out.length) {
        this.#down.pull(this.#eight);
        for (const sample of this.#eight) {
          this.#heard[this.#heardCount++] = sample;
          if (this.#heardCount < this.#heard.length) continue;
          this.#reading = readingOf(this.#heard, rate);
          this.#heardCount = 0;
        }
        const more = this.#toEar.push(this.#eight);
        const joined = new Float32Array(this.#ear.length + more.length);
        joined.set(this.#ear);
        joined.set(more, this.#ear.length);
        this.#ear = joined;
      }
      out.set(this.#ear.subarray(0, out.length));
      this.#ear = this.#ear.slice(out.length);
    }

    #say(sample: number): void {
      this.#said[this.#saidCount++] = sample;
      if (this.#saidCount % block === 0) {
        const from = this.#saidCount - block;
        const samples = Int16Array.from(this.#said.subarray(from, this.#saidCount), (one) =>
          Math.round(Math.max(-1, Math.min(1, one)) * 32_767),
        );
        this.port.postMessage({ type: "block", samples: samples.buffer } satisfies FromWorklet, [
          samples.buffer,
        ]);
      }
      if (this.#saidCount < this.#said.length) return;
      this.#saidCount = 0;
      const said = readingOf(this.#said, rate);
      const { underruns } = this.#down;
      this.port.postMessage({ type: "meter", heard: this.#reading, said, underruns } satisfies FromWorklet);
    }
  },
);
