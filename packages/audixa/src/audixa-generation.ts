import { readJson, type Http } from '@saystream/core';
import { SpeechError } from '@saystream/errors';

import { fieldsOf, textOf } from './json-fields.ts';

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

/**
 * Asks how far a job is: `GET /v3/tts?generation_id=…`. Free of charge.
 *
 * @throws SpeechError `not-found` for an unknown or foreign id; `bad-response` for an answer without a status
 */
export function fetchGeneration(http: Http, generationId: string, signal?: AbortSignal): Promise<AudixaGeneration> {
  return http.request({ url: '/tts', query: { generation_id: generationId }, signal }, async (response, limits) => {
    const job = fieldsOf(await readJson('audixa', response, limits));
    const status = textOf(job['status']);
    if (!status)
      throw new SpeechError({ kind: 'bad-response', vendor: 'audixa', generationId, message: 'The answer has no status.' });
    // Older revisions of the vendor's pages and its own SDK disagree on two names.
    const audioUrl = textOf(job['audio_url']) ?? textOf(job['url']);
    const errorMessage = textOf(job['error_message']);
    return {
      generationId: textOf(job['generation_id']) ?? textOf(job['id']) ?? generationId,
      status: status.toUpperCase(),
      ...(audioUrl && { audioUrl }),
      ...(errorMessage && { errorMessage }),
    };
  });
}
