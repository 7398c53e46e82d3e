/** The signal of `fixtures/`, as 32-bit floats. */
export function chirp(sampleRate: number, seconds = 0.6): Float32Array {
  const length = Math.trunc(sampleRate * seconds);
  return Float32Array.from({ length }, (_, at) => {
    const t = at / sampleRate;
    const fade = Math.min(1, (at + 1) / 240, (length - at) / 240);
    return 0.5 * Math.sin(2 * Math.PI * (200 * t + 600 * t * t)) * fade;
  });
}

/** How much louder `wanted` is than what `heard` differs from it by, in dB. */
export function fidelity(heard: Float32Array, wanted: Float32Array, shift = 0): number {
  let signal = 0;
  let noise = 0;
  for (let at = 0; at < wanted.length; at += 1) {
    signal += wanted[at]! ** 2;
    noise += ((heard[at + shift] ?? 0) - wanted[at]!) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** By how many samples `heard` is late; negative when it is early. */
export function lag(heard: Float32Array, wanted: Float32Array, within = 2000): number {
  let best = 0;
  for (let shift = -within; shift <= within; shift += 1) {
    if (fidelity(heard, wanted, shift) > fidelity(heard, wanted, best)) best = shift;
  }
  return best;
}
