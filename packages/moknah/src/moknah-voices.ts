import { fieldsOf, numberOf, present, readJson, textOf, type Http } from '@saystream/core';
import { SpeechError } from '@saystream/errors';

/** A voice of the vendor's list. */
export interface MoknahVoiceInfo {
  /** What `voice()` and `voiceId` take. */
  readonly voiceId: number;
  /** For people, in the language asked for. */
  readonly name: string;
  /** Where to hear it. */
  readonly sampleUrl?: string;
}

/** Which voices to list. */
export interface MoknahVoicesQuery {
  /** Language of the names, such as `ar`; default `en`. */
  readonly language?: string;
  /** Aborting it ends the listing. */
  readonly signal?: AbortSignal;
}

/** Undefined for an entry that lacks its id or its name: there are such. */
function readVoice(value: unknown): MoknahVoiceInfo | undefined {
  const voice = fieldsOf(value);
  const { voice_id: id } = voice;
  const voiceId = numberOf(typeof id === 'string' && id ? Number(id) : id);
  const name = textOf(voice['voice_name']);
  if (voiceId === undefined || !name) return undefined;
  return { voiceId, name, ...present({ sampleUrl: textOf(voice['voice_sample_url']) }) };
}

/** Lists the voices: a POST without a body, the only way that is known to work. @throws SpeechError while iterating */
export async function* listVoices(
  http: Http,
  { language = 'en', signal }: MoknahVoicesQuery,
): AsyncGenerator<MoknahVoiceInfo, void, void> {
  const call = { url: '/voices/', method: 'post', headers: { 'accept-language': language }, signal } as const;
  const voices = await http.request(call, (response, limits) => readJson('moknah', response, limits));
  if (!Array.isArray(voices)) {
    throw new SpeechError({ kind: 'bad-response', vendor: 'moknah', message: 'The answer is no list of voices.' });
  }
  for (const value of voices) {
    const voice = readVoice(value);
    if (voice) yield voice;
  }
}
