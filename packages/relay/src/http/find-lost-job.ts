import { beganByServer, isMadeSince } from '@saystream/errors';

import { isRefusal } from '../relay-context.ts';
import { askStore } from './ask-store.ts';
import { callVendor } from './call-vendor.ts';
import { maxJsonBytes, sealBody, type Asked } from './free-calls.ts';
import { claimGeneration, isId, noteOwner } from './own-generations.ts';
import { readWhole, type WholeAnswer } from './pass-answer.ts';
import { parsedJson } from './seal-file.ts';

/** How often, and how long after one another, the history is asked. */
const looks = 2;
const lookGapMs = 1_000;
/** What others made in the same moments is in between. */
const newest = 20;

interface Wanted {
  readonly text: string;
  readonly voice_id: string;
  readonly model?: string;
}

type Item = Readonly<Record<string, unknown>>;

/** One search: when the paid request was sent, and when the search ends, by `performance.now()`. */
interface Search {
  readonly asked: Asked;
  readonly wanted: Wanted;
  readonly beganMs: number;
  readonly endsAtMs: number;
}

const parsed = (body: Uint8Array): Item | undefined => {
  const value = parsedJson(new TextDecoder().decode(body));
  return typeof value === 'object' && value !== null ? (value as Item) : undefined;
};

async function read(
  { asked, endsAtMs }: Search,
  path: string,
  query: Record<string, string>,
): Promise<{ answer: WholeAnswer; json: Item } | undefined> {
  const { context, upstream } = asked;
  const lifeMs = endsAtMs - performance.now();
  if (lifeMs <= 0) return undefined;
  const answer = await callVendor(context, upstream, { method: 'GET', path, query: new URLSearchParams(query), lifeMs });
  if (isRefusal(answer)) return undefined;
  const whole = await readWhole(answer, upstream, maxJsonBytes);
  const json = whole.status === 200 && whole.isWhole ? parsed(whole.body) : undefined;
  return json && { answer: whole, json };
}

/** Generations of the same voice and model that were made since, oldest first; undefined when the vendor does not say. */
async function candidates(search: Search): Promise<readonly string[] | undefined> {
  const page = await read(search, '/history', { limit: String(newest), offset: '0' });
  const items = page?.json['history'];
  if (!page || !Array.isArray(items)) return undefined;
  const { wanted, beganMs } = search;
  const beganAtMs = beganByServer(page.answer.headers, beganMs);
  const ids = (items as (Item | null)[])
    .slice(0, newest)
    .filter((item) => item?.['voice_id'] === wanted.voice_id && (wanted.model ?? item['model']) === item['model'])
    .filter((item) => isMadeSince(item?.['created_at'], beganAtMs))
    .map((item) => item?.['generation_id'])
    .filter(isId);
  return [...new Set(ids)].toReversed();
}

/**
 * The job whose answer was lost: a generation of the same text, made since, that no answer has named to anybody. Found
 * here, since a page is shown its own generations only. Undefined when there is none, or nobody can tell. The search takes at
 * most `idleMs`, however slowly the vendor answers.
 *
 * @param beganMs when the request was sent, by `performance.now()`
 */
export async function findLostJob(asked: Asked, wire: string, beganMs: number): Promise<WholeAnswer | undefined> {
  const { context, grant } = asked;
  const endsAtMs = performance.now() + context.limits.idleMs;
  const search: Search = { asked, wanted: JSON.parse(wire) as Wanted, beganMs, endsAtMs };
  // As the vendor's answers pass: without the key.
  const said: unknown = parsedJson(asked.upstream.redact(JSON.stringify(search.wanted.text)));
  for (let looked = 0; looked < looks; looked += 1) {
    if (looked > 0) await new Promise((resolve) => setTimeout(resolve, lookGapMs));
    const ids = await candidates(search);
    if (!ids) return undefined;
    for (const id of ids) {
      const job = await read(search, '/tts', { generation_id: id });
      if (!job || job.json['input_text'] !== said || !(await askStore(claimGeneration(context, id)))) continue;
      await noteOwner(context, 'audixa', grant.user, id);
      return { ...job.answer, body: await sealBody(job.answer.body, asked) };
    }
  }
  return undefined;
}
