import { checkOptions, fieldsOf, present, readJson, textOf } from '@saystream/core';

import type { SautiConnection } from './sauti-connection.ts';
import { sautiError } from './sauti-error.ts';

/** A voice of the vendor's list. */
export interface SautiVoiceInfo {
  /** What `voice()` and `voiceId` take. */
  readonly voiceId: string;
  /** For people. */
  readonly name: string;
  /** ISO 639-1, such as `sw`. */
  readonly languageCode?: string;
  /** Such as `sw-KE`. */
  readonly locale?: string;
  /** Such as `female`. */
  readonly gender?: string;
  /** The vendor's description. */
  readonly description?: string;
  /** `active` or `inactive`. */
  readonly status?: string;
}

/** Which voices to list. */
export interface SautiVoicesQuery {
  /** ISO 639-1, such as `sw`; all when left out. */
  readonly language?: string;
  /** Aborting it ends the listing. */
  readonly signal?: AbortSignal;
}

function readVoice(value: unknown): SautiVoiceInfo | undefined {
  const voice = fieldsOf(value);
  const voiceId = textOf(voice['voice_id']);
  if (!voiceId) return undefined;
  return {
    voiceId,
    name: textOf(voice['name']) ?? voiceId,
    ...present({
      languageCode: textOf(voice['language_code']),
      locale: textOf(voice['locale']),
      gender: textOf(voice['gender']),
      description: textOf(voice['description']),
      status: textOf(voice['status']),
    }),
  };
}

/** Lists the voices. There are no pages. @throws SpeechError while iterating */
export async function* listVoices(
  { http, pace }: SautiConnection,
  { language, signal }: SautiVoicesQuery,
): AsyncGenerator<SautiVoiceInfo, void, void> {
  const call = { url: '/voices', query: { language }, pace: pace.other, signal };
  const { voices } = fieldsOf(await http.request(call, (response, limits) => readJson('sauti', response, limits)));
  if (!Array.isArray(voices)) throw sautiError('bad-response', 'The answer has no voices.');
  for (const value of voices) {
    const voice = readVoice(value);
    if (voice) yield voice;
  }
}

/** One voice: `GET /v1/voices/{id}`. @throws SpeechError `not-found` for an unknown one */
export async function fetchVoice(
  { http, pace }: SautiConnection,
  voiceId: string,
  signal?: AbortSignal,
): Promise<SautiVoiceInfo> {
  checkOptions({ voiceId }, { voiceId: 'id' });
  const call = { url: `/voices/${encodeURIComponent(voiceId)}`, pace: pace.other, signal };
  const voice = readVoice(await http.request(call, (response, limits) => readJson('sauti', response, limits)));
  if (!voice) throw sautiError('bad-response', 'The answer is no voice.');
  return voice;
}
