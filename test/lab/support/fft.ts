// Correlation by the fast Fourier transform: the emulated machine is too slow for the plain sum.
import { fft } from "../../../src/media/fft.ts";

/** `sum over n of heard[n + lag] * wanted[n]` for each lag from 0 to heard.length - 1. */
export function correlation(heard: Float64Array, wanted: Float64Array): Float64Array {
  let size = 1;
  while (size < heard.length + wanted.length) size *= 2;
  const [realA, imaginaryA] = transform(heard, size);
  const [realB, imaginaryB] = transform(wanted, size);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const [a, b] = [at(realA, k), at(imaginaryA, k)];
    const [c, d] = [at(realB, k), at(imaginaryB, k)];
    // A · conj(B), conjugated so that the same transform serves as the inverse.
    real[k] = a * c + b * d;
    imaginary[k] = -(b * c - a * d);
  }
  fft(real, imaginary);
  return real.subarray(0, heard.length).map((value) => value / size);
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

function transform(samples: Float64Array, size: number): readonly [Float64Array, Float64Array] {
  const real = new Float64Array(size);
  real.set(samples);
  const imaginary = new Float64Array(size);
  fft(real, imaginary);
  return [real, imaginary];
}
