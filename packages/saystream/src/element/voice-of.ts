import { createAudixa, type AudixaOptions } from '@saystream/audixa';
import { present, type Voice } from '@saystream/core';
import { isSpeechError, SpeechError } from '@saystream/errors';
import { createMoknah, type MoknahOptions } from '@saystream/moknah';
import type { PcmSource } from '@saystream/player';
import { createSauti, type SautiOptions } from '@saystream/sauti';

/** What one element asks for, in words of its attributes. */
export interface SpeechRequest {
  readonly text: string;
  readonly relay: string;
  readonly vendor: string;
  readonly voice: string;
  readonly model: string | undefined;
  readonly speed: number | undefined;
  readonly language: string | undefined;
}

type Settings = Pick<SpeechRequest, 'model' | 'speed' | 'language'>;
type Speak = (voice: string, settings: Settings) => Voice;

/** No key can be given to an element: a page has only a relay. */
const through = <Options>(relay: string): Options => ({ relay }) as Options;

const clients: Readonly<Record<string, (relay: string) => Speak>> = {
  audixa(relay) {
    const client = createAudixa(through<AudixaOptions>(relay));
    return (voice, { model, speed, language }) => client.voice(voice, present({ model, speed, languageCode: language }));
  },
  sauti(relay) {
    const client = createSauti(through<SautiOptions>(relay));
    return (voice, { speed }) => client.voice(voice, present({ speakingRate: speed }));
  },
  moknah(relay) {
    const client = createMoknah(through<MoknahOptions>(relay));
    return (voice, { speed }) => client.voice(voice, present({ speed }));
  },
};

/** One client per vendor and relay, so that the elements of a page share tokens, queues and the vendor's minute. */
const shared = /* @__PURE__ */ new Map<string, Speak>();

/** Reads the attributes of an element. */
export function requestOf(element: Element, text: string): SpeechRequest {
  const read = (name: string): string | undefined => element.getAttribute(name) ?? undefined;
  return {
    text,
    relay: read('relay') ?? '',
    vendor: read('vendor') ?? 'audixa',
    voice: read('voice') ?? '',
    model: read('model'),
    speed: element.hasAttribute('speed') ? Number(read('speed')) : undefined,
    language: read('language'),
  };
}

/** Asks for the speech. A mistake of the page is a speech that fails, so that it is shown where all other failures are. */
export function speechOf(request: SpeechRequest, speaker: Voice | undefined): PcmSource {
  try {
    if (!request.text) throw new TypeError('<say-stream> has no text.');
    return (speaker ?? voiceOf(request)).say(request.text);
  } catch (thrown) {
    const facts = { kind: 'invalid-request', vendor: 'say-stream', billed: 'no', cause: thrown } as const;
    const error = isSpeechError(thrown) ? thrown : new SpeechError({ ...facts, message: String((thrown as Error).message) });
    const format = Promise.reject<never>(error);
    format.catch(() => {}); // said by the iterator
    return {
      format,
      async *[Symbol.asyncIterator]() {
        await format;
      },
    };
  }
}

/** @throws TypeError that names the attribute which is missing or wrong */
function voiceOf({ relay, vendor, voice, ...settings }: SpeechRequest): Voice {
  if (!relay) throw new TypeError('<say-stream> has no relay attribute.');
  if (!Object.hasOwn(clients, vendor)) throw new TypeError(`<say-stream> knows no vendor "${vendor}".`);
  const key = `${vendor} ${relay}`;
  const speak = shared.get(key) ?? clients[vendor]!(relay);
  shared.set(key, speak);
  return speak(voice, settings);
}
