import {
  createWavDecoder,
  checkOptions,
  fieldsOf,
  isId,
  poll,
  present,
  readBody,
  readJson,
  textOf,
  WavError,
  type Http,
  type HttpCall,
} from '@saystream/core';

import type { SautiConnection } from './sauti-connection.ts';
import { sautiError } from './sauti-error.ts';

/** What the vendor documents for a job's status. The vendor may add words. */
export type SautiStatus = 'queued' | 'running' | 'succeeded' | 'failed' | (string & {});

/** A job as the vendor reports it. */
export interface SautiJob {
  /** The vendor's name for it; opaque. */
  readonly jobId: string;
  /** How far it is, in small letters. A word that is not documented is passed on as it is. */
  readonly status: SautiStatus;
  /** When it was accepted: ISO 8601. */
  readonly createdAt?: string;
  /** When it was finished: ISO 8601. */
  readonly completedAt?: string;
  /** Why it failed, where the vendor says so. Not documented. */
  readonly errorMessage?: string;
}

/** A job out of the vendor's JSON; undefined without a name. On acceptance only `job_id` is certain. */
export function readJob(value: unknown): SautiJob | undefined {
  const job = fieldsOf(value);
  const jobId = textOf(job['job_id']);
  if (!isId(jobId)) return undefined;
  return {
    jobId,
    status: textOf(job['status'])?.toLowerCase() ?? 'queued',
    ...present({
      createdAt: textOf(job['created_at']),
      completedAt: textOf(job['completed_at']),
      errorMessage: textOf(job['error']) ?? textOf(job['detail']),
    }),
  };
}

/** @throws TypeError for an id that no path can hold */
function jobPath(jobId: string): string {
  checkOptions({ jobId }, { jobId: 'id' });
  return `/tts/jobs/${encodeURIComponent(jobId)}`;
}

/**
 * Asks how far a job is: `GET /v1/tts/jobs/{job_id}`. Free of charge; counts as polling.
 *
 * @throws SpeechError
 */
export async function fetchJob({ pace }: SautiConnection, http: Http, jobId: string, signal?: AbortSignal): Promise<SautiJob> {
  return http.request({ url: jobPath(jobId), pace: pace.polling, signal }, async (response, limits) => {
    const fields = fieldsOf(await readJson('sauti', response, limits));
    const job = readJob({ job_id: jobId, ...fields });
    if (!job || !textOf(fields['status'])) throw sautiError('bad-response', 'The answer has no status.', { generationId: jobId });
    return job;
  });
}

/**
 * Waits until a job has succeeded. Only its status says so: a failed job may answer the download with the same 409 as
 * an unfinished one.
 *
 * @throws SpeechError `generation-failed`, and whatever a request can end with
 */
export async function awaitJob(
  connection: SautiConnection,
  http: Http,
  jobId: string,
  { signal, onStatus }: { readonly signal: AbortSignal; readonly onStatus?: ((job: SautiJob) => void) | undefined },
): Promise<void> {
  await poll(async () => {
    const job = await fetchJob(connection, http, jobId, signal);
    onStatus?.(job);
    if (job.status === 'failed') {
      throw sautiError('generation-failed', job.errorMessage ?? 'The job failed.', { generationId: jobId });
    }
    return job.status === 'succeeded' || undefined;
  }, signal);
}

/** Where to get a job's audio: a raw WAV file. */
export const audioCall = ({ pace }: SautiConnection, jobId: string, signal?: AbortSignal): HttpCall => ({
  url: `${jobPath(jobId)}/audio`,
  pace: pace.polling,
  signal,
});

/** 5,000 characters are minutes of sound, whatever its format. */
export const maxAudioBytes = 2e8;

/** Takes the samples of a WAV file. */
interface WavSink {
  samples(samples: Float32Array, sampleRate: number): void;
}

/** Gives the samples of one WAV file to the sink, and says what is wrong with the file. */
export function createWavReader(sink: WavSink, generationId?: string) {
  const wav = createWavDecoder();
  const fail = (kind: 'not-audio' | 'truncated', message: string) => sautiError(kind, message, { generationId, billed: 'yes' });
  let isEmpty = true;
  const reader = {
    /** @throws SpeechError `not-audio` */
    push(bytes: Uint8Array) {
      try {
        const samples = wav.push(bytes);
        if (samples.length === 0) return reader;
        isEmpty = false;
        sink.samples(samples, wav.format?.sampleRate ?? 0);
      } catch (error) {
        if (!(error instanceof WavError || error instanceof RangeError)) throw error;
        throw fail('not-audio', 'The audio is no WAV file, or a compressed one: use generate() to get the file as it is.');
      }
      return reader;
    },
    /** @throws SpeechError `not-audio` when there were no samples, `truncated` when some are missing */
    end() {
      if (wav.missingBytes > 0) throw fail('truncated', 'The audio breaks off.');
      if (isEmpty) throw fail('not-audio', 'The audio is empty.');
    },
  };
  return reader;
}

/** Reads a job's WAV file while it arrives. After a cut it is read again, and what was delivered is skipped. */
export async function streamJobAudio(
  connection: SautiConnection,
  jobId: string,
  sink: WavSink & { readonly signal: AbortSignal },
): Promise<void> {
  let delivered = 0;
  await connection.listenerHttp.request(audioCall(connection, jobId, sink.signal), async (response, limits) => {
    let at = 0;
    const wav = createWavReader(
      {
        samples(samples, sampleRate) {
          const fresh = samples.subarray(Math.max(0, delivered - at));
          at += samples.length;
          if (fresh.length === 0) return;
          delivered = at;
          sink.samples(fresh.slice(), sampleRate);
        },
      },
      jobId,
    );
    for await (const bytes of readBody(response, { ...limits, maxBytes: maxAudioBytes })) wav.push(bytes);
    wav.end();
  });
}
