/// <reference path="./espeak-ng-emscripten.d.ts" />
import { setImmediate } from 'node:timers/promises';

import loadEspeak from '@echogarden/espeak-ng-emscripten';

import type { SpokenLanguage } from './detect-language.ts';
import { createResampler, type Resampler } from './resample.ts';
import { type SpeechPiece, splitForSpeech } from './split-for-speech.ts';

const sampleRate = 24_000;
const espeakNames: Record<SpokenLanguage, string> = { ar: 'ar', en: 'en-us', sw: 'sw' };

type Synthesise = (piece: SpeechPiece) => Float32Array;
let engine: Promise<Synthesise> | undefined;

/**
 * Speaks English, Swahili or Arabic text with espeak-ng: float32, 24,000 Hz, mono. Text without anything
 * pronounceable gives no samples. The event loop runs between pieces of about 300 characters (some 60 ms of work).
 */
export async function espeakVoice(text: string): Promise<Float32Array> {
  engine ??= loadEngine();
  const synthesise = await engine;
  const parts: Float32Array[] = [];
  for (const piece of splitForSpeech(pronounceable(text))) {
    parts.push(synthesise(piece));
    // Sockets and timers of the same process go on meanwhile.
    await setImmediate();
  }
  return joined(parts);
}

async function loadEngine(): Promise<Synthesise> {
  const { eSpeakNGWorker } = await loadEspeak();
  const worker = new eSpeakNGWorker();
  const resample: Resampler = createResampler(worker.samplerate, sampleRate);
  return ({ text, language }) => {
    const name = espeakNames[language];
    // Another text may have spoken in between, so the voice is set for each piece.
    if (worker.set_voice('', name, 0, 0, 0) !== 0) throw new Error(`espeak-ng has no voice for "${name}"`);
    const chunks: Float32Array[] = [];
    worker.synthesize(text, (samples) => {
      chunks.push(Float32Array.from(samples, (sample) => sample / 32_768));
      return false;
    });
    return resample(joined(chunks));
  };
}

// espeak-ng reads a C string, and takes `<…>` for SSML and `[[…]]` for phonemes; people mean the characters.
const pronounceable = (text: string): string => text.replace(/[^\P{Cc}\n]|\p{Cs}|[<>]/gu, ' ').replace(/\[{2,}/gu, '[');

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
