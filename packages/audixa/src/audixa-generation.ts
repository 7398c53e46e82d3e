import { checkOptions, fieldsOf, isId, numberOf, poll, present, readJson, textOf, type Http } from '@saystream/core';

import type { AudixaConnection } from './audixa-connection.ts';
import { audixaError } from './audixa-error.ts';
import { audioUrlIn } from './audixa-file.ts';

/** What the vendor documents for a job's status. The vendor may add words. */
export type AudixaStatus = 'IN_QUEUE' | 'GENERATING' | 'COMPLETED' | 'FAILED' | 'EXPIRED' | (string & {});

/** A job as the vendor reports it. Everything but its name and status may be missing. */
export interface AudixaGeneration {
  /** The vendor's name for it; opaque. */
  readonly generationId: string;
  /** How far it is, in capitals. A word that is not documented is passed on as it is; an empty string if the vendor names no status. */
  readonly status: AudixaStatus;
  /** Where the finished file is, once `COMPLETED`. Kept for 7 days. */
  readonly audioUrl?: string;
  /** Why it is `FAILED`, in the vendor's words. */
  readonly errorMessage?: string;
  /** What is spoken. Not in the history. */
  readonly inputText?: string;
  /** The voice. */
  readonly voiceId?: string;
  /** `base` or `advanced`. */
  readonly model?: string;
  /** What it costs, in the vendor's tokens. */
  readonly tokens?: number;
  /** When it was accepted: ISO 8601. */
  readonly createdAt?: string;
}

/** A job out of the vendor's JSON; undefined without a name. */
export function readGeneration({ fileUrl }: Pick<AudixaConnection, 'fileUrl'>, value: unknown): AudixaGeneration | undefined {
  const job = fieldsOf(value);
  // Older revisions of the vendor's pages and its own SDK disagree on two names.
  const generationId = textOf(job['generation_id']) ?? textOf(job['id']);
  if (!isId(generationId)) return undefined;
  const audioUrl = audioUrlIn(job);
  return {
    generationId,
    status: textOf(job['status'])?.toUpperCase() ?? '',
    ...present({
      audioUrl: audioUrl && fileUrl(audioUrl),
      errorMessage: textOf(job['error_message']),
      inputText: textOf(job['input_text']),
      voiceId: textOf(job['voice_id']),
      model: textOf(job['model']),
      tokens: numberOf(job['tokens']),
      createdAt: textOf(job['created_at']),
    }),
  };
}

/**
 * Asks how far a job is: `GET /v3/tts?generation_id=…`. Free of charge.
 *
 * @throws TypeError for an id that no path can hold; SpeechError `not-found` for an unknown or foreign id; `bad-response` for an answer without a status
 */
export async function fetchGeneration(
  connection: AudixaConnection,
  http: Http,
  generationId: string,
  signal?: AbortSignal,
): Promise<AudixaGeneration> {
  checkOptions({ generationId }, { generationId: 'id' });
  const { customPath } = connection;
  const call = customPath
    ? { url: `${customPath}/generations/${encodeURIComponent(generationId)}`, signal }
    : { url: '/tts', query: { generation_id: generationId }, signal };
  return http.request(call, async (response, limits) => {
    const job = fieldsOf(await readJson('audixa', response, limits));
    const generation = readGeneration(connection, { generation_id: generationId, ...job });
    if (!generation?.status) throw audixaError('bad-response', 'The answer has no status.', { generationId });
    return generation;
  });
}

/** The vendor may say COMPLETED a moment before it knows the file's address. */
const mostAddressless = 3;

/**
 * Waits until a job is finished, and gives it with the address of its file.
 *
 * @throws SpeechError `generation-failed`; `bad-response` for one that is COMPLETED without an address; `timeout` after `patienceMs`; whatever a request can end with
 */
export async function awaitGeneration(
  connection: AudixaConnection,
  generationId: string,
  how: {
    readonly http: Http;
    readonly signal: AbortSignal;
    readonly patienceMs: number;
    readonly onStatus?: ((generation: AudixaGeneration) => void) | undefined;
  },
): Promise<string> {
  const endsAtMs = performance.now() + how.patienceMs;
  let addressless = 0;
  return poll(async () => {
    await connection.pollTurn(how.signal);
    const generation = await fetchGeneration(connection, how.http, generationId, how.signal);
    const { status, audioUrl } = generation;
    how.onStatus?.(generation);
    if (status === 'COMPLETED') {
      if (audioUrl) return audioUrl;
      addressless += 1;
      if (addressless === mostAddressless)
        throw audixaError('bad-response', 'The generation is COMPLETED and has no audio_url.', { generationId });
    }
    if (/FAILED|EXPIRED/.test(status)) {
      // Tokens of a failed job are given back (vendor docs, pricing).
      const message = generation.errorMessage ?? `The generation is ${status}.`;
      throw audixaError('generation-failed', message, { generationId, billed: 'no' });
    }
    if (performance.now() > endsAtMs) throw audixaError('timeout', 'The job takes too long.', { generationId });
    return undefined;
  }, how.signal);
}
