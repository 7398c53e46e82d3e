import { readJson, type Http } from '@saystream/core';
import { SpeechError } from '@saystream/errors';
import { array, boolean, looseObject, nullish, safeParse, string } from 'valibot';

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

const pageSchema = () =>
  looseObject({
    voices: array(
      looseObject({
        voice_id: string(),
        name: nullish(string()),
        model: nullish(string()),
        gender: nullish(string()),
        accent: nullish(string()),
        description: nullish(string()),
        is_custom: nullish(boolean()),
      }),
    ),
  });
let schema: ReturnType<typeof pageSchema> | undefined;

async function fetchPage(http: Http, query: AudixaVoicesQuery, limit: number, offset: number): Promise<AudixaVoiceInfo[]> {
  const call = { url: '/voices', query: { model: query.model, limit, offset }, signal: query.signal };
  return http.request(call, async (response, limits) => {
    schema ??= pageSchema();
    const { success, output } = safeParse(schema, await readJson('audixa', response, limits));
    if (!success) throw new SpeechError({ kind: 'bad-response', vendor: 'audixa', message: 'Audixa answered without a list of voices.' });
    return output.voices.map(({ voice_id, name, model, gender, accent, description, is_custom }) => ({
      voiceId: voice_id,
      name: name ?? voice_id,
      ...(model && { model }),
      ...(gender && { gender }),
      ...(accent && { accent }),
      ...(description && { description }),
      ...(is_custom != null && { isCustom: is_custom }),
    }));
  });
}

/**
 * Lists voices, page after page. The vendor tells no total: a page that is not full is the last one.
 *
 * @throws SpeechError `unauthorized`, `rate-limited` and whatever else a request can end with
 */
export async function* listVoices(http: Http, query: AudixaVoicesQuery): AsyncGenerator<AudixaVoiceInfo, void, void> {
  const limit = query.pageSize ?? 100;
  for (let offset = 0; ; offset += limit) {
    const page = await fetchPage(http, query, limit, offset);
    yield* page;
    if (page.length < limit) return;
  }
}
