import { resample } from '../resample.ts';
import { wavVariant } from '../wav-variants.ts';
import type { SautiKnobs } from './sauti-scenarios.ts';

/** What the vendor's research pages say its models are trained on (inferred; the format is not documented). */
const defaultRate = 16_000;

/** The voice as the vendor's file, and how long it is. */
export function wavOf(voice: Float32Array, knobs: SautiKnobs): { wav: Buffer; seconds: number } {
  const { wavRate: rate = defaultRate, encoding = 'int16', stereo = false, extraChunks = false } = knobs;
  const samples = resample(voice, rate);
  return { wav: wavVariant(samples, { rate, encoding, stereo, extraChunks }), seconds: samples.length / rate };
}

const page = '<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>';

/** A file in base64, or what the scenario puts in its place. */
export function base64Of(wav: Buffer, { sound }: SautiKnobs): string {
  if (sound === 'bad-base64') return '§ no base64 §';
  if (sound === 'not-wav') return Buffer.from(page).toString('base64');
  return (sound === 'cut' ? wav.subarray(0, wav.length >> 1) : wav).toString('base64');
}
