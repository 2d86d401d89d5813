// Correlation by the fast Fourier transform: the emulated machine is too slow for the plain sum.

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

/** In place, radix 2; the length is a power of two. */
function fft(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(real, i, j);
      swap(imaginary, i, j);
    }
  }
  for (let span = 2; span <= size; span *= 2) {
    const half = span / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((-2 * Math.PI * k) / span);
      const sin = Math.sin((-2 * Math.PI * k) / span);
      for (let i = k; i < size; i += span) {
        const re = at(real, i + half) * cos - at(imaginary, i + half) * sin;
        const im = at(real, i + half) * sin + at(imaginary, i + half) * cos;
        real[i + half] = at(real, i) - re;
        imaginary[i + half] = at(imaginary, i) - im;
        real[i] = at(real, i) + re;
        imaginary[i] = at(imaginary, i) + im;
      }
    }
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = at(values, i);
  values[i] = at(values, j);
  values[j] = kept;
}
