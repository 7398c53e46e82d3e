import { readJson, type Http } from '@saystream/core';
import { SpeechError } from '@saystream/errors';
import { looseObject, nullish, safeParse, string } from 'valibot';

/** A job as the vendor reports it. */
export interface AudixaGeneration {
  /** The vendor's name for it; opaque. */
  readonly generationId: string;
  /** `IN_QUEUE`, `GENERATING`, `COMPLETED`, `FAILED` or `EXPIRED`, in capitals; another word is passed on as it is. */
  readonly status: string;
  /** Where the finished file is, once `COMPLETED`. Kept for 7 days. */
  readonly audioUrl?: string;
  /** Why it is `FAILED`, in the vendor's words. */
  readonly errorMessage?: string;
}

const generationSchema = () =>
  looseObject({
    generation_id: nullish(string()),
    id: nullish(string()),
    status: nullish(string()),
    audio_url: nullish(string()),
    url: nullish(string()),
    error_message: nullish(string()),
  });
let schema: ReturnType<typeof generationSchema> | undefined;

/**
 * Asks how far a job is: `GET /v3/tts?generation_id=…`. Free of charge.
 *
 * @throws SpeechError `not-found` for an unknown or foreign id; `bad-response` for an answer without a status
 */
export function fetchGeneration(http: Http, generationId: string, signal?: AbortSignal): Promise<AudixaGeneration> {
  return http.request({ url: '/tts', query: { generation_id: generationId }, signal }, async (response, limits) => {
    schema ??= generationSchema();
    const { success, output } = safeParse(schema, await readJson('audixa', response, limits));
    if (!success || !output.status) {
      throw new SpeechError({ kind: 'bad-response', vendor: 'audixa', generationId, message: 'Audixa answered without a status.' });
    }
    const audioUrl = output.audio_url ?? output.url;
    return {
      generationId: output.generation_id ?? output.id ?? generationId,
      status: output.status.toUpperCase(),
      ...(audioUrl && { audioUrl }),
      ...(output.error_message && { errorMessage: output.error_message }),
    };
  });
}
