import { resample, voiceRate } from './resample.ts';

const sampleRate = voiceRate;
const samplesPerCharacter = 1_440; // 60 ms
const leastSamples = 12_000; // 0.5 s
/** Semitones above 220 Hz that sound well in any order: a pentatonic scale over two octaves. */
const scale = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21];
const loudest = 0.4;
/** Faint, and yet 60 steps of a 16-bit file. */
const noise = 0.004;
const leastSample = 1e-6;

const semitonesOf = (character: string | undefined): number => scale[(character?.codePointAt(0) ?? 0) % scale.length] ?? 0;

/** Each note swells and fades, so that none begins or ends with a click. */
const envelope = Float64Array.from(
  { length: samplesPerCharacter },
  (_, i) => loudest * Math.sin((Math.PI * i) / samplesPerCharacter),
);

/**
 * The default voice: one soft note for each character (60 ms; half a second at least), 24,000 Hz, mono, within
 * [-0.8, 0.8]. The same text gives the same samples, a faint noise lets no piece of it come twice, and none is 0: so a
 * test can tell a lost sample from a doubled one, and both from silence. At another speed it is played faster or slower, and so
 * higher or lower; voices sound alike.
 */
export const toneVoice = (text: string, { speed }: { readonly speed: number } = { speed: 1 }): Float32Array =>
  resample(notesOf(text), voiceRate, speed);

function notesOf(text: string): Float32Array {
  const characters = Array.from(text);
  const samples = new Float32Array(Math.max(leastSamples, characters.length * samplesPerCharacter));
  let seed = 1;
  // A point that turns around the origin: its height is the tone.
  let x = 1;
  let y = 0;
  for (let start = 0, note = 0; start < samples.length; start += samplesPerCharacter, note += 1) {
    const hertz = 220 * 2 ** (semitonesOf(characters[note % characters.length]) / 12);
    const cos = Math.cos((2 * Math.PI * hertz) / sampleRate);
    const sin = Math.sin((2 * Math.PI * hertz) / sampleRate);
    const length = Math.min(samplesPerCharacter, samples.length - start);
    for (let i = 0; i < length; i += 1) {
      [x, y] = [x * cos - y * sin, x * sin + y * cos];
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const sample = y * (envelope[i] ?? 0) + (seed / 2 ** 32 - 0.5) * noise;
      samples[start + i] = Math.abs(sample) < leastSample ? leastSample : sample;
    }
  }
  return samples;
}
