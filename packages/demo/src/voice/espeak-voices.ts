import type { SpokenLanguage } from './detect-language.ts';

/** How espeak-ng plays a voice of a vendor. */
export interface EspeakVoice {
  /** espeak-ng's name of a speaker, such as `f2`: it is added to the name of the language. */
  readonly speaker: string;
  /** 0–100; espeak-ng's default is 50. */
  readonly pitch: number;
  /** espeak-ng's name of a language, where the voice reads one in its own way. */
  readonly accents?: Partial<Readonly<Record<SpokenLanguage, string>>>;
}

const british = { en: 'en-gb-x-rp' };
const scottish = { en: 'en-gb-scotland' };

/** The voices that the emulator lists, by vendor and id. No two of a vendor share a speaker and an accent. */
const cast: Readonly<Record<string, EspeakVoice>> = {
  'audixa am_ethan': { speaker: 'm3', pitch: 50 },
  'audixa af_luna': { speaker: 'f2', pitch: 50 },
  'audixa ff_siwis': { speaker: 'f4', pitch: 25, accents: { en: 'fr' } },
  'audixa am_eric': { speaker: 'm1', pitch: 30 },
  'audixa af_aria': { speaker: 'f1', pitch: 65 },
  'audixa af_bella': { speaker: 'f3', pitch: 5 },
  'audixa af_lily': { speaker: 'f5', pitch: 85 },
  'audixa af_zoey': { speaker: 'Annie', pitch: 60 },
  'audixa bm_lewis': { speaker: 'm2', pitch: 35, accents: british },
  'audixa bm_harry': { speaker: 'm7', pitch: 60, accents: british },
  'audixa bm_oliver': { speaker: 'm4', pitch: 45, accents: scottish },
  'audixa jake': { speaker: 'm8', pitch: 20 },
  'audixa emma': { speaker: 'f2', pitch: 70, accents: british },
  'audixa custom_voice_12345': { speaker: 'whisper', pitch: 50 },
  // SAUTI's model knows Swahili only, so it reads every Latin text as Swahili.
  'sauti sauti-swahili-v1': { speaker: 'f2', pitch: 50, accents: { en: 'sw' } },
  'sauti sauti-test-v0': { speaker: 'm1', pitch: 45 },
  'moknah 1': { speaker: 'f2', pitch: 55 },
  'moknah 7': { speaker: 'm3', pitch: 40 },
  'moknah 12': { speaker: 'f4', pitch: 75 },
};

const speakers = ['m1', 'f1', 'm2', 'f2', 'm3', 'f3', 'm4', 'f4', 'm7', 'f5'];

/** The voice of that id; an id without an entry gets a speaker and a pitch that depend on the id alone. */
export function espeakVoiceOf(vendor: string, voiceId: string): EspeakVoice {
  const entry = cast[`${vendor} ${voiceId}`];
  if (entry) return entry;
  const hash = Array.from(voiceId).reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 1_000_003, 7);
  return { speaker: speakers[hash % speakers.length]!, pitch: 20 + (hash % 61) };
}
