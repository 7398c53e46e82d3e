import {
  createAudixa,
  createMoknah,
  createSauti,
  type AudixaVoiceInfo,
  type ClientOptions,
  type SautiVoiceInfo,
  type Voice,
} from 'saystream';

import type { VendorName } from '../vendor-names.ts';
import type { SampleLanguage } from './sample-texts.ts';

/** A voice of the picker. */
export interface ListedVoice {
  readonly voiceId: string;
  /** What the picker shows, such as `Ethan, American, male (base)`. */
  readonly words: string;
  /** Audixa's model. */
  readonly model?: string | undefined;
}

/** What the page knows of a vendor: the rest is the client's. */
export interface DemoVendor {
  /** How the sound arrives, in one sentence. */
  readonly delivery: string;
  /** The sample text that fits its voices. */
  readonly sample: SampleLanguage;
  /** Speeds of the picker, all inside the vendor's range. 1 is usual. */
  readonly speeds: readonly number[];
  /** Chosen at first, and offered alone when the list cannot be had. */
  readonly usualVoice: ListedVoice;
  /** Lists the voices that can be spoken with. Throws SpeechError while iterating. */
  voices(options: ClientOptions): AsyncIterable<ListedVoice>;
  /** The client's voice at a speed. */
  voice(options: ClientOptions, chosen: ListedVoice, speed: number): Voice;
}

const fromHalfToDouble = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** The vendors of the picker. */
export const demoVendors: Readonly<Record<VendorName, DemoVendor>> = {
  audixa: {
    delivery: 'Audixa sends sound over a WebSocket while it makes the rest.',
    sample: 'en',
    speeds: fromHalfToDouble,
    usualVoice: { voiceId: 'am_ethan', words: 'Ethan, American, male (base)', model: 'base' },
    async *voices(options) {
      for await (const voice of createAudixa(options).voices()) yield audixaVoice(voice);
    },
    voice: (options, { voiceId, model = 'base' }, speed) => createAudixa(options).voice(voiceId, { model, speed }),
  },
  sauti: {
    delivery: 'SAUTI speaks Swahili and answers over HTTP once all of it is made.',
    sample: 'sw',
    speeds: fromHalfToDouble,
    usualVoice: { voiceId: 'sauti-swahili-v1', words: 'Sauti Swahili, sw-KE, female' },
    async *voices(options) {
      for await (const voice of createSauti(options).voices()) if (voice.status !== 'inactive') yield sautiVoice(voice);
    },
    voice: (options, { voiceId }, speed) => createSauti(options).voice(voiceId, { speakingRate: speed }),
  },
  moknah: {
    delivery: 'Moknah speaks Arabic and answers over HTTP once all of it is made.',
    sample: 'ar',
    speeds: [0.7, 0.85, 1, 1.1, 1.2],
    usualVoice: { voiceId: '1', words: 'Layla' },
    async *voices(options) {
      for await (const { voiceId, name } of createMoknah(options).voices()) yield { voiceId: String(voiceId), words: name };
    },
    voice: (options, { voiceId }, speed) => createMoknah(options).voice(voiceId, { speed }),
  },
};

function audixaVoice({ voiceId, name, accent, gender, model }: AudixaVoiceInfo): ListedVoice {
  const words = joinWords(name || voiceId, accent, gender);
  return { voiceId, words: model ? `${words} (${model})` : words, model };
}

const sautiVoice = ({ voiceId, name, locale, gender }: SautiVoiceInfo): ListedVoice => ({
  voiceId,
  words: joinWords(name || voiceId, locale, gender),
});

const joinWords = (name: string, place: string | undefined, gender: string | undefined): string =>
  [name, place, gender?.toLowerCase()].filter(Boolean).join(', ');
