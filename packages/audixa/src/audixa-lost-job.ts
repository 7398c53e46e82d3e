import { redactJson, sleep } from '@saystream/core';
import { beganByServer, isMadeSince } from '@saystream/errors';

import type { AudixaConnection } from './audixa-connection.ts';
import { fetchGeneration, type AudixaGeneration } from './audixa-generation.ts';
import { listHistory } from './audixa-history.ts';
import type { AudixaWireSettings } from './audixa-request.ts';

/** A job whose answer was lost. */
export interface LostJob {
  /** The request of the job. */
  readonly wanted: AudixaWireSettings;
  /** When it was sent first, by `performance.now()`. */
  readonly beganMs: number;
  /** Aborting it ends the search. */
  readonly signal: AbortSignal | undefined;
}

/** How often, and how long after one another, the history is asked for a lost generation. */
const looks = 3;
const lookGapMs = 3_000;
/** Jobs that other processes of the account made at the same time may stand before the lost one. */
const maxPages = 10;
/** Generations whose text is asked for. The history does not tell it. */
const mostTexts = 60;
/** Texts that are asked for at once. Later ones take turns with the account's polls. */
const quickTexts = 20;

/** Asks for each generation once, and for no more than `mostTexts`. */
function createReader(connection: AudixaConnection, signal: AbortSignal | undefined) {
  const read = new Map<string, AudixaGeneration>();
  return async (id: string): Promise<AudixaGeneration | undefined> => {
    const known = read.get(id);
    if (known ?? read.size >= mostTexts) return known;
    if (read.size >= quickTexts) await connection.pollTurn(signal ?? new AbortController().signal);
    const generation = await fetchGeneration(connection, connection.http, id, signal);
    read.set(id, generation);
    return generation;
  };
}

/** Only generations of the last minutes are ever looked for: more than a client makes in that time need not be remembered. */
const mostClaimed = 5_000;

/** Remembers a generation, and forgets the oldest of too many. */
export function keepClaimed(claimed: Set<string>, generationId: string): void {
  claimed.add(generationId);
  for (const oldest of claimed) {
    if (claimed.size <= mostClaimed) return;
    claimed.delete(oldest);
  }
}

/** Claims the oldest generation of the same voice, model and text that was made since, and belongs to no other call. */
async function claim(
  connection: AudixaConnection,
  { wanted, beganMs, signal }: LostJob,
  readOnce: ReturnType<typeof createReader>,
): Promise<AudixaGeneration | undefined> {
  const { claimed, asking } = connection;
  // As the vendor's answers are read: without the key.
  const said = redactJson(wanted['text'], connection.redact);
  const found: AudixaGeneration[] = [];
  let beganAtMs = 0;
  const onPage = (headers: Headers) => (beganAtMs = beganByServer(headers, beganMs));
  for await (const each of listHistory(connection, { ...(signal && { signal }) }, { maxPages, onPage })) {
    if (!isMadeSince(each.createdAt, beganAtMs)) {
      // The newest comes first: all that follow are older.
      if (each.createdAt) break;
      continue;
    }
    if (each.voiceId !== wanted['voice_id'] || each.model !== wanted['model']) continue;
    if (claimed.has(each.generationId)) continue;
    const generation = await readOnce(each.generationId);
    if (generation && generation.inputText === said) found.unshift(generation);
  }
  // It may be the one whose answer another call of ours still waits for.
  for (const { text } of asking) if (text === wanted['text']) return undefined;
  // Others looked at the same time; from here to the claim nothing may await.
  const free = found.find(({ generationId }) => !claimed.has(generationId));
  if (free) keepClaimed(claimed, free.generationId);
  return free;
}

/**
 * Looks for a generation whose answer was lost: what the vendor has accepted must not be paid again.
 *
 * @throws SpeechError when the history cannot be read
 */
export async function findLostJob(connection: AudixaConnection, lost: LostJob): Promise<AudixaGeneration | undefined> {
  const { emit, retry } = connection;
  const readOnce = createReader(connection, lost.signal);
  let found: AudixaGeneration | undefined;
  for (let looked = 0; looked < looks && !found; looked += 1) {
    if (looked > 0) await sleep(Math.min(lookGapMs, retry.maxDelayMs), lost.signal);
    found = await claim(connection, lost, readOnce);
  }
  emit({ type: 'reconciled', vendor: 'audixa', found: found !== undefined });
  return found;
}
