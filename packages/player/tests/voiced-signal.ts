/** A vowel: pulses at `hertz` through three formants, at most 0.5 loud, swelling and fading in syllables of 200 ms. */
export function voicedSignal(hertz: number, sampleRate: number, seconds: number): Float32Array {
  const samples = new Float64Array(Math.round(seconds * sampleRate));
  let phase = 0;
  for (let at = 0; at < samples.length; at++) {
    phase += hertz / sampleRate;
    if (phase < 1) continue;
    phase -= 1;
    // Between two samples, as it falls: else the period would jitter by the sample rate.
    const share = phase / (hertz / sampleRate);
    samples[at]! += 1 - share;
    if (at > 0) samples[at - 1]! += share;
  }
  const formants: readonly [number, number][] = [
    [700, 90],
    [1220, 110],
    [2600, 160],
  ];
  for (const [centre, width] of formants) resonate(samples, centre / sampleRate, width / sampleRate);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const syllable = (at: number): number => 0.6 + 0.4 * Math.sin((2 * Math.PI * at) / (0.2 * sampleRate));
  return Float32Array.from(samples, (sample, at) => (0.5 * syllable(at) * sample) / loudest);
}

/** A resonance of two poles; frequency and width are shares of the sample rate. */
function resonate(samples: Float64Array, centre: number, width: number): void {
  const radius = Math.exp(-Math.PI * width);
  const back1 = 2 * radius * Math.cos(2 * Math.PI * centre);
  const back2 = -radius * radius;
  let last = 0;
  let beforeLast = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at]! + back1 * last + back2 * beforeLast;
    [last, beforeLast] = [sample, last];
    samples[at] = sample;
  }
}
