import { createWavDecoder, readBody, sleep, type Http } from '@saystream/core';
import { SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { fetchGeneration } from '../audixa-generation.ts';
import type { DeliveredTail } from './delivered-tail.ts';

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

/** The documented advice is never to poll faster than once a second. */
const firstPollDelayMs = 1_000;
const longestPollDelayMs = 5_000;
const maxFileBytes = 5e8;

/** Nobody is shown this: the listener is told why the stream broke. A lost connection is worth another try. */
const obstacle = (kind: 'bad-response' | 'connection-lost'): SpeechError =>
  new SpeechError({ kind, vendor: 'audixa', message: kind });

/** Waits for the vendor to finish the job. */
async function finishedFile(connection: AudixaConnection, broken: BrokenStream): Promise<string> {
  const startedAtMs = performance.now();
  for (let delayMs = firstPollDelayMs; ; delayMs = Math.min(longestPollDelayMs, delayMs * 1.5)) {
    const generation = await fetchGeneration(connection.recoveryHttp, broken.generationId, broken.signal);
    if (generation.status === 'COMPLETED' && generation.audioUrl) return generation.audioUrl;
    const hopeless = /FAILED|EXPIRED/.test(generation.status) || performance.now() - startedAtMs > connection.retry.maxWaitMs;
    if (hopeless) throw obstacle('bad-response');
    await sleep(delayMs, broken.signal);
  }
}

/** A file's address comes from the vendor: only web addresses, and unprotected ones only where everything is local. */
function checkedFileUrl(audioUrl: string, plainFiles: boolean): string {
  const { protocol } = new URL(audioUrl);
  if (protocol !== 'https:' && !(protocol === 'http:' && plainFiles)) throw obstacle('bad-response');
  return audioUrl;
}

/** Reads the file once and hands over what the listener does not have yet. A cut file can be read again. */
async function readRest(http: Http, url: string, broken: BrokenStream): Promise<Recovery['how']> {
  const { delivered } = broken;
  const joinAt = delivered.samples;
  const overlapFrom = joinAt - delivered.remembered;
  const overlap = new Float32Array(delivered.remembered);
  let how: Recovery['how'] = 'exact';

  await http.request({ url, signal: broken.signal }, async (response, limits) => {
    const wav = createWavDecoder();
    let at = 0;
    for await (const bytes of readBody(response, { ...limits, maxBytes: maxFileBytes })) {
      const samples = wav.push(bytes);
      if (wav.format && wav.format.sampleRate !== broken.sampleRate) throw obstacle('bad-response');
      const before = samples.subarray(Math.max(0, overlapFrom - at), Math.max(0, joinAt - at));
      if (before.length > 0) overlap.set(before, Math.max(0, at - overlapFrom));
      // Only before the first delivery from a file: a second read of a cut file begins with a verified join.
      const joinsHere = at < joinAt && at + samples.length >= joinAt && delivered.samples === joinAt;
      if (joinsHere && !delivered.endsWith(overlap)) how = 'approximate';
      at += samples.length;
      const fresh = samples.subarray(Math.max(0, samples.length - Math.max(0, at - delivered.samples)));
      if (at > delivered.samples) broken.deliver(fresh.slice());
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
  const audioUrl = await finishedFile(connection, broken);
  const how = await readRest(connection.recoveryHttp, checkedFileUrl(audioUrl, connection.plainFiles), broken);
  return { how, audioUrl };
}
