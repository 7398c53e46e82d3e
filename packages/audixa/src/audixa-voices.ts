import { readJson, type Http } from '@saystream/core';
import { SpeechError } from '@saystream/errors';

import { fieldsOf, textOf } from './json-fields.ts';

/** A voice of the vendor's list. */
export interface AudixaVoiceInfo {
  /** What `voice()` and `voiceId` take. */
  readonly voiceId: string;
  /** For people. */
  readonly name: string;
  /** `base` or `advanced`. Absent when the vendor does not say. */
  readonly model?: string;
  /** `Male`, `Female` or `Neutral`. */
  readonly gender?: string;
  /** Such as `American`. */
  readonly accent?: string;
  /** The vendor's description. */
  readonly description?: string;
  /** Whether it is a clone that belongs to the account. */
  readonly isCustom?: boolean;
}

/** Which voices to list. */
export interface AudixaVoicesQuery {
  /** `base` or `advanced`; both when left out. */
  readonly model?: string;
  /** Voices per request, 1–500, default 100. */
  readonly pageSize?: number;
  /** Aborting it ends the listing. */
  readonly signal?: AbortSignal;
}

/** The vendor's names for what a voice may lack: the pages' samples leave out one or the other. */
const optionalTexts = ['model', 'gender', 'accent', 'description'] as const;

function readVoice(value: unknown): AudixaVoiceInfo[] {
  const voice = fieldsOf(value);
  const voiceId = textOf(voice['voice_id']);
  if (!voiceId) return [];
  const texts = optionalTexts.flatMap((name) => (textOf(voice[name]) ? [[name, textOf(voice[name])]] : []));
  const isCustom = voice['is_custom'];
  return [
    {
      voiceId,
      name: textOf(voice['name']) ?? voiceId,
      ...Object.fromEntries(texts),
      ...(typeof isCustom === 'boolean' && { isCustom }),
    },
  ];
}

/**
 * Lists voices, page after page. The vendor tells no total: a page that is not full is the last one.
 *
 * @throws SpeechError `unauthorized`, `rate-limited` and whatever else a request can end with
 */
export async function* listVoices(http: Http, query: AudixaVoicesQuery): AsyncGenerator<AudixaVoiceInfo, void, void> {
  const limit = query.pageSize ?? 100;
  for (let offset = 0; ; offset += limit) {
    const call = { url: '/voices', query: { model: query.model, limit, offset }, signal: query.signal };
    const { voices } = fieldsOf(await http.request(call, (response, limits) => readJson('audixa', response, limits)));
    if (!Array.isArray(voices)) {
      throw new SpeechError({ kind: 'bad-response', vendor: 'audixa', message: 'The answer has no voices.' });
    }
    yield* voices.flatMap(readVoice);
    if (voices.length < limit) return;
  }
}
