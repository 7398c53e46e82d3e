import { readJson, sleep } from '@saystream/core';
import { isSpeechError } from '@saystream/errors';

import type { AudixaConnection } from './audixa-connection.ts';
import { audixaError } from './audixa-error.ts';
import { fetchGeneration, readGeneration, type AudixaGeneration } from './audixa-generation.ts';
import { listHistory } from './audixa-history.ts';
import type { AudixaWireSettings } from './audixa-request.ts';

/** How often, and how long after one another, the history is asked for a lost generation. */
const looks = 3;
const lookGapMs = 3_000;
/** The vendor's times are whole seconds of the vendor's clock. */
const clockToleranceMs = 2_000;

/** Claims the oldest generation of the same voice, model and text that was made since, and belongs to no other call. */
async function claim(
  connection: AudixaConnection,
  wanted: AudixaWireSettings,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<AudixaGeneration | undefined> {
  const { claimed, asking, http } = connection;
  const found: AudixaGeneration[] = [];
  for await (const each of listHistory(connection, signal ? { signal } : {})) {
    // Newest first: whatever follows is older.
    if (each.createdAt && Date.parse(each.createdAt) < sinceMs - clockToleranceMs) break;
    if (each.voiceId !== wanted['voice_id'] || each.model !== wanted['model']) continue;
    if (claimed.has(each.generationId)) continue;
    const generation = await fetchGeneration(connection, http, each.generationId, signal);
    if (generation.inputText === wanted['text']) found.unshift(generation);
  }
  // It may be the one whose answer another call of ours still waits for.
  for (const { text } of asking) if (text === wanted['text']) return undefined;
  // Others looked at the same time; from here to the claim nothing may await.
  const free = found.find(({ generationId }) => !claimed.has(generationId));
  if (free) claimed.add(free.generationId);
  return free;
}

/** Looks for a generation whose answer was lost: what the vendor has accepted must not be paid again. */
async function reconcile(
  connection: AudixaConnection,
  wanted: AudixaWireSettings,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<AudixaGeneration | undefined> {
  const { emit, retry } = connection;
  let found: AudixaGeneration | undefined;
  for (let looked = 0; looked < looks && !found; looked += 1) {
    if (looked > 0) await sleep(Math.min(lookGapMs, retry.maxDelayMs), signal);
    found = await claim(connection, wanted, sinceMs, signal);
  }
  emit({ type: 'reconciled', vendor: 'audixa', found: found !== undefined });
  return found;
}

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
  const sinceMs = Date.now();
  const call = { url: `${connection.customPath}/tts`, json: wanted, paid: true, signal };
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
    generation = await reconcile(connection, wanted, sinceMs, signal).catch(() => undefined);
    if (!generation) throw signal?.aborted ? abortedBy(signal) : error;
  }
  connection.claimed.add(generation.generationId);
  connection.asking.delete(wanted);
  return generation;
}
