// The fast Fourier transform, in place, radix 2.

/** @param real @param imaginary both of one length, a power of two. */
export function fft(real: Float64Array, imaginary: Float64Array): void {
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

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

function swap(values: Float64Array, i: number, j: number): void {
  const kept = at(values, i);
  values[i] = at(values, j);
  values[j] = kept;
}
