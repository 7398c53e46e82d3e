/// <reference path="./espeak-ng-emscripten.d.ts" />
import { setImmediate } from 'node:timers/promises';

import loadEspeak from '@echogarden/espeak-ng-emscripten';
import type { SpeakingStyle } from '@saystream/emulator';

import type { SpokenLanguage } from './detect-language.ts';
import { espeakVoiceOf, type EspeakVoice } from './espeak-voices.ts';
import { createResampler, type Resampler } from './resample.ts';
import { type SpeechPiece, splitForSpeech } from './split-for-speech.ts';

const sampleRate = 24_000;
const espeakNames: Record<SpokenLanguage, string> = { ar: 'ar', en: 'en-us', sw: 'sw' };
/** Words per minute at speed 1, and the slowest and fastest that espeak-ng changes anything for. */
const [usualRate, slowestRate, fastestRate] = [175, 80, 450];
const usualStyle: SpeakingStyle = { vendor: 'audixa', voiceId: 'am_ethan', speed: 1 };

type Synthesise = (piece: SpeechPiece, voice: EspeakVoice, speed: number) => Float32Array;
let engine: Promise<Synthesise> | undefined;

/**
 * Speaks English, Swahili or Arabic text with espeak-ng: float32, 24,000 Hz, mono. Text without anything
 * pronounceable gives no samples. The event loop runs between pieces of about 300 characters (some 60 ms of work).
 *
 * @param style which voice, and how fast: 0.46–2.57, what is beyond counts as the nearest. Default: Audixa's `am_ethan` at 1
 */
export async function espeakVoice(text: string, style: SpeakingStyle = usualStyle): Promise<Float32Array> {
  engine ??= loadEngine();
  const synthesise = await engine;
  const voice = espeakVoiceOf(style.vendor, style.voiceId);
  const parts: Float32Array[] = [];
  for (const piece of splitForSpeech(pronounceable(text))) {
    parts.push(synthesise(piece, voice, style.speed));
    // Sockets and timers of the same process go on meanwhile.
    await setImmediate();
  }
  return joined(parts);
}

async function loadEngine(): Promise<Synthesise> {
  const { eSpeakNGWorker } = await loadEspeak();
  const worker = new eSpeakNGWorker();
  const resample: Resampler = createResampler(worker.samplerate, sampleRate);
  return ({ text, language }, { speaker, pitch, accents }, speed) => {
    const name = `${accents?.[language] ?? espeakNames[language]}+${speaker}`;
    // The engine keeps voice, rate and pitch between texts, and another text may have spoken in between.
    if (worker.set_voice(name, '', 0, 0, 0) !== 0) throw new Error(`espeak-ng has no voice "${name}".`);
    worker.set_rate(Math.round(Math.min(fastestRate, Math.max(slowestRate, usualRate * speed))));
    worker.set_pitch(pitch);
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
