import { readJson } from '@saystream/core';
import { isSpeechError } from '@saystream/errors';

import type { AudixaConnection } from './audixa-connection.ts';
import { audixaError } from './audixa-error.ts';
import { readGeneration, type AudixaGeneration } from './audixa-generation.ts';
import { findLostJob, keepClaimed } from './audixa-lost-job.ts';
import type { AudixaWireSettings } from './audixa-request.ts';

/** The total limit aborts with an error of ours. */
const abortedBy = ({ reason }: AbortSignal): unknown =>
  isSpeechError(reason) ? reason : audixaError('aborted', 'The request was cancelled.');

/**
 * Creates a job: `POST /v3/tts`, which is answered with 200 or 201 (the vendor's pages disagree). When the answer is
 * lost, the job is looked up in the history instead of being made again.
 *
 * @throws SpeechError; with `billed: 'unknown'` when nobody can tell whether the job exists
 */
export async function submitJob(
  connection: AudixaConnection,
  wanted: AudixaWireSettings,
  signal?: AbortSignal,
): Promise<AudixaGeneration> {
  // When the first request was sent that nothing proves to be refused.
  let beganMs = performance.now();
  let inDoubt = false;
  const onDoubt = (is: boolean) => {
    if (is && !inDoubt) beganMs = performance.now();
    inDoubt = is;
  };
  const call = { url: `${connection.customPath}/tts`, json: wanted, paid: true, onDoubt, signal };
  let generation: AudixaGeneration | undefined;
  connection.asking.add(wanted);
  try {
    generation = await connection.http.request(call, async (response, limits) => {
      const job = readGeneration(connection, await readJson('audixa', response, limits));
      if (!job) throw audixaError('bad-response', 'The answer names no generation.');
      return job;
    });
  } catch (error) {
    connection.asking.delete(wanted);
    if (signal?.aborted || !isSpeechError(error) || error.billed !== 'unknown') throw error;
    // Looking is free; failing to look leaves things as unknown as they were.
    generation = await findLostJob(connection, { wanted, beganMs, signal }).catch(() => undefined);
    if (!generation) throw signal?.aborted ? abortedBy(signal) : error;
  }
  keepClaimed(connection.claimed, generation.generationId);
  connection.asking.delete(wanted);
  return generation;
}
