import { createWavDecoder, readBody, type Http } from '@saystream/core';
import type { SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { audixaError } from '../audixa-error.ts';
import { checkFileUrl, onceThere } from '../audixa-file.ts';
import { awaitGeneration } from '../audixa-generation.ts';
import { createDeliveredTail, type DeliveredTail } from './delivered-tail.ts';

/** A broken stream that the vendor may have finished without us. */
export interface BrokenStream {
  /** The vendor's name for it. */
  readonly generationId: string;
  /** What the listener has already. It grows with each `deliver`. */
  readonly delivered: DeliveredTail;
  /** Of the stream, in Hz; the file must agree. */
  readonly sampleRate: number;
  /** Hands over the samples that follow those delivered. */
  deliver(samples: Float32Array): void;
  /** Aborting it stops the recovery. */
  readonly signal: AbortSignal;
}

/** How the rest was joined, and where it came from. */
export interface Recovery {
  readonly how: 'exact' | 'approximate';
  readonly audioUrl: string;
}

const maxFileBytes = 5e8;

/** Nobody is shown this: the listener is told why the stream broke. A lost connection is worth another try. */
const obstacle = (kind: 'bad-response' | 'connection-lost'): SpeechError => audixaError(kind, kind);

/** Reads the file once and hands over what the listener does not have yet. A cut file can be read again. */
async function readRest(http: Http, url: string, broken: BrokenStream): Promise<Recovery['how']> {
  const { delivered } = broken;
  const joinAt = delivered.samples;
  let how: Recovery['how'] = 'exact';

  await http.request({ url, signal: broken.signal }, async (response, limits) => {
    const wav = createWavDecoder();
    const reread = createDeliveredTail();
    let at = 0;
    for await (const bytes of readBody(response, { ...limits, maxBytes: maxFileBytes })) {
      const samples = wav.push(bytes);
      if (wav.format && wav.format.sampleRate !== broken.sampleRate) throw obstacle('bad-response');
      const fresh = samples.subarray(Math.max(0, delivered.samples - at));
      reread.record(samples.subarray(0, Math.max(0, joinAt - at)));
      at += samples.length;
      // Only before the first delivery from a file: a second read of a cut file begins with a verified join.
      if (at >= joinAt && delivered.samples === joinAt && !delivered.endsLike(reread)) how = 'approximate';
      if (fresh.length > 0) broken.deliver(fresh.slice());
    }
    if (!wav.format) throw obstacle('bad-response');
    // Node's fetch can take a cut chunked body as whole; the header knows better.
    if (wav.missingBytes > 0) throw obstacle('connection-lost');
    if (at < joinAt) how = 'approximate';
  });
  return how;
}

/**
 * Completes a broken stream from the finished file: wait for the job, fetch the file, skip what was delivered, hand
 * over the rest. Nothing is paid again. Whether the vendor finishes a job whose socket broke is not documented.
 *
 * @throws anything that stands in the way; the caller then reports the original break
 */
export async function recoverFromFile(connection: AudixaConnection, broken: BrokenStream): Promise<Recovery> {
  const { recoveryHttp: http, retry, plainFiles } = connection;
  const { generationId, signal } = broken;
  const audioUrl = await awaitGeneration(connection, generationId, { http, signal, patienceMs: retry.maxWaitMs });
  const url = checkFileUrl(audioUrl, plainFiles);
  return { how: await onceThere(() => readRest(http, url, broken), signal), audioUrl };
}
