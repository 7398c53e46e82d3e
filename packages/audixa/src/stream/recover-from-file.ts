import { createWavDecoder, readBody, type Http } from '@saystream/core';
import type { SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { audixaError } from '../audixa-error.ts';
import { checkFileUrl, onceThere } from '../audixa-file.ts';
import { awaitGeneration } from '../audixa-generation.ts';
import { createDeliveredTail, type DeliveredTail } from './delivered-tail.ts';

/** Reads the samples of a generation's file that the listener does not have yet. */
export interface FileReader {
  /** The vendor's name for it. */
  readonly generationId: string;
  /** What the listener has already. It grows with each `deliver`. */
  readonly delivered: DeliveredTail;
  /** Of the samples delivered so far, in Hz; the file must agree. Undefined when none were. */
  readonly sampleRate: number | undefined;
  /** Hands over the samples that follow those delivered, with their rate in Hz. */
  deliver(samples: Float32Array, sampleRate: number): void;
  /** Aborting it stops the reading. */
  readonly signal: AbortSignal;
  /** Makes the requests. */
  readonly http: Http;
  /** How long the vendor may take to finish the job, in milliseconds. */
  readonly patienceMs: number;
}

/** How the rest was joined, and where it came from. */
export interface Recovery {
  readonly how: 'exact' | 'approximate';
  readonly audioUrl: string;
}

const maxFileBytes = 5e8;

/** A lost connection is worth another try. After a break the listener is told why the stream broke instead. */
const obstacle = (kind: 'bad-response' | 'connection-lost'): SpeechError =>
  audixaError(kind, `The finished file ${kind === 'bad-response' ? 'is no WAV file of the right rate' : 'broke off'}.`);

/** Reads the file once and hands over what the listener does not have yet. A cut file can be read again. */
async function readRest(url: string, reader: FileReader): Promise<Recovery['how']> {
  const { delivered, sampleRate, signal, http } = reader;
  const joinAt = delivered.samples;
  let how: Recovery['how'] = 'exact';

  await http.request({ url, signal }, async (response, limits) => {
    const wav = createWavDecoder();
    const reread = createDeliveredTail();
    let at = 0;
    for await (const bytes of readBody(response, { ...limits, maxBytes: maxFileBytes })) {
      const samples = wav.push(bytes);
      const rate = wav.format?.sampleRate ?? 0;
      if (wav.format && rate !== (sampleRate ?? rate)) throw obstacle('bad-response');
      const fresh = samples.subarray(Math.max(0, delivered.samples - at));
      reread.record(samples.subarray(0, Math.max(0, joinAt - at)));
      at += samples.length;
      // Only before the first delivery from a file: a second read of a cut file begins with a verified join.
      if (at >= joinAt && delivered.samples === joinAt && !delivered.endsLike(reread)) how = 'approximate';
      if (fresh.length > 0) reader.deliver(fresh.slice(), rate);
    }
    if (at === 0 && wav.missingBytes === 0) throw obstacle('bad-response');
    // Node's fetch can take a cut chunked body as whole; the header knows better.
    if (wav.missingBytes > 0) throw obstacle('connection-lost');
    if (at < joinAt) how = 'approximate';
  });
  return how;
}

/**
 * Waits for the job, fetches its file, skips the samples that were delivered and hands over the rest.
 *
 * @throws SpeechError of whatever stands in the way
 */
export async function readFinishedFile(connection: AudixaConnection, reader: FileReader): Promise<Recovery> {
  const { generationId, signal } = reader;
  const audioUrl = await awaitGeneration(connection, generationId, reader);
  const url = checkFileUrl(audioUrl, connection.plainFiles);
  return { how: await onceThere(() => readRest(url, reader), signal), audioUrl };
}

/**
 * Completes a broken stream from the finished file. Nothing is paid again. Whether the vendor finishes a job whose socket
 * broke is not documented.
 *
 * @throws anything that stands in the way; the caller then reports the original break
 */
export const recoverFromFile = (
  connection: AudixaConnection,
  broken: Omit<FileReader, 'http' | 'patienceMs'>,
): Promise<Recovery> =>
  readFinishedFile(connection, { ...broken, http: connection.recoveryHttp, patienceMs: connection.retry.maxWaitMs });
