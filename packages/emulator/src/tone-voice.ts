const sampleRate = 24_000;
const samplesPerCharacter = 1_440; // 60 ms
const leastSamples = 12_000; // 0.5 s
/** Semitones above 220 Hz that sound well in any order: a pentatonic scale over two octaves. */
const scale = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21];

/**
 * The default voice: one soft note for each character, 24,000 Hz mono. The same text gives the same samples, no short
 * run of them repeats (a faint noise sees to that), and none is 0: so a test can tell a lost sample from a doubled one,
 * and both from silence.
 */
export function toneVoice(text: string): Float32Array {
  const samples = new Float32Array(Math.max(leastSamples, text.length * samplesPerCharacter));
  let seed = 1;
  let angle = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const character = text.charCodeAt(Math.floor(i / samplesPerCharacter) % Math.max(1, text.length)) || 0;
    const hertz = 220 * 2 ** ((scale[character % scale.length] ?? 0) / 12);
    angle = (angle + (2 * Math.PI * hertz) / sampleRate) % (2 * Math.PI);
    const envelope = Math.sin((Math.PI * (i % samplesPerCharacter)) / samplesPerCharacter);
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = (seed / 2 ** 32 - 0.5) * 0.004;
    const sample = 0.4 * envelope * Math.sin(angle) + noise;
    samples[i] = Math.abs(sample) < 1e-6 ? 1e-6 : sample;
  }
  return samples;
}
