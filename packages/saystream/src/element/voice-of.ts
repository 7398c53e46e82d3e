import { createAudixa } from '@saystream/audixa';
import { present, type Voice } from '@saystream/core';
import { SpeechError } from '@saystream/errors';
import { createMoknah } from '@saystream/moknah';
import type { PcmSource } from '@saystream/player';
import { createSauti } from '@saystream/sauti';

/** What one element asks for, in words of its attributes. */
export interface SpeechRequest {
  readonly text: string;
  readonly relay: string | undefined;
  readonly vendor: string | undefined;
  readonly voice: string | undefined;
  readonly model: string | undefined;
  readonly speed: number | undefined;
  readonly language: string | undefined;
  /** No attribute of ours: a framework wrote it that sets no properties, and has lost the voice on the way. */
  readonly speaker: string | undefined;
}

interface Client {
  voice(id: string, settings: object): Voice;
}

/** Each vendor's client, and its own words for the settings. No key can be given to an element: a page has only a relay. */
const vendors: Readonly<Record<string, readonly [(access: { relay: string }) => Client, (request: SpeechRequest) => object]>> = {
  audixa: [createAudixa, ({ model, speed, language }) => ({ model, speed, languageCode: language })],
  sauti: [createSauti, ({ speed }) => ({ speakingRate: speed })],
  moknah: [createMoknah, ({ speed }) => ({ speed })],
};

/** One client per vendor and relay, so that the elements of a page share tokens, queues and the vendor's minute. */
const shared: Record<string, Client> = {};

/** Reads the attributes of an element. An empty one counts as absent. */
export function requestOf(element: Element, text: string): SpeechRequest {
  const read = (name: string): string | undefined => element.getAttribute(name) || undefined;
  const speed = read('speed');
  return {
    text,
    relay: read('relay'),
    vendor: read('vendor'),
    voice: read('voice'),
    model: read('model'),
    speed: speed ? Number(speed) : undefined,
    language: read('language'),
    speaker: read('speaker'),
  };
}

/**
 * Asks for the speech.
 *
 * @throws SpeechError `invalid-request`, which names the attribute that is missing or wrong
 */
export function speechOf(request: SpeechRequest, speaker: Voice | undefined): PcmSource {
  try {
    if (!request.text) throw new TypeError('There is no text.');
    if (request.speaker && !speaker) {
      throw new TypeError('speaker is a property. Set it by script.');
    }
    return (speaker ?? voiceOf(request)).say(request.text);
  } catch (cause) {
    throw new SpeechError({
      kind: 'invalid-request',
      vendor: 'say-stream',
      billed: 'no',
      message: (cause as Error).message,
      cause,
    });
  }
}

function voiceOf(request: SpeechRequest): Voice {
  const { relay, vendor = 'audixa', voice = '' } = request;
  if (!relay) throw new TypeError('The relay attribute is missing.');
  if (new URL(relay, document.baseURI).protocol === 'file:') {
    throw new TypeError('A page from disk has no relay. Serve it over http, for instance from localhost.');
  }
  if (!Object.hasOwn(vendors, vendor)) throw new TypeError(`There is no vendor "${vendor}".`);
  const [create, settingsOf] = vendors[vendor]!;
  const client = (shared[`${vendor} ${relay}`] ??= create({ relay }));
  return client.voice(voice, present(settingsOf(request)));
}
