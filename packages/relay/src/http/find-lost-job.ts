import { isRefusal } from '../relay-context.ts';
import { askStore } from './ask-store.ts';
import { callVendor } from './call-vendor.ts';
import { maxJsonBytes, sealBody, type Asked } from './free-calls.ts';
import { claimGeneration, noteOwner } from './own-generations.ts';
import { readWhole, type WholeAnswer } from './pass-answer.ts';

/** How often, and how long after one another, the history is asked. */
const looks = 2;
const lookGapMs = 1_000;
/** The vendor's times are whole seconds of the vendor's clock. */
const clockToleranceMs = 2_000;
/** What others made in the same moments is in between. */
const newest = 20;

interface Wanted {
  readonly text: string;
  readonly voice_id: string;
  readonly model?: string;
}

type Item = Readonly<Record<string, unknown>>;

async function read(
  asked: Asked,
  path: string,
  query: Record<string, string>,
): Promise<{ answer: WholeAnswer; json: Item } | undefined> {
  const { context, upstream } = asked;
  const answer = await callVendor(context, upstream, { method: 'GET', path, query: new URLSearchParams(query) });
  if (isRefusal(answer)) return undefined;
  const whole = await readWhole(answer, upstream, maxJsonBytes);
  if (whole.status !== 200 || !whole.isWhole) return undefined;
  return { answer: whole, json: JSON.parse(new TextDecoder().decode(whole.body)) as Item };
}

/** Generations of the same voice and model that were made since, oldest first; undefined when the vendor does not say. */
async function candidates(asked: Asked, wanted: Wanted, sinceMs: number): Promise<readonly string[] | undefined> {
  const page = await read(asked, '/history', { limit: String(newest), offset: '0' });
  const items = page?.json['history'];
  if (!Array.isArray(items)) return undefined;
  return (items as Item[])
    .filter((item) => item['voice_id'] === wanted.voice_id && (wanted.model ?? item['model']) === item['model'])
    .filter((item) => Date.parse(String(item['created_at'])) >= sinceMs - clockToleranceMs)
    .map((item) => String(item['generation_id']))
    .toReversed();
}

/**
 * The job whose answer was lost: a generation of the same text, made since, that no answer has named to anybody. Found
 * here, since a page is shown its own generations only. Undefined when there is none, or nobody can tell.
 */
export async function findLostJob(asked: Asked, wire: string, sinceMs: number): Promise<WholeAnswer | undefined> {
  const { context, grant } = asked;
  const wanted = JSON.parse(wire) as Wanted;
  for (let looked = 0; looked < looks; looked += 1) {
    if (looked > 0) await new Promise((resolve) => setTimeout(resolve, lookGapMs));
    const ids = await candidates(asked, wanted, sinceMs);
    if (!ids) return undefined;
    for (const id of ids) {
      const job = await read(asked, '/tts', { generation_id: id });
      if (job?.json['input_text'] !== wanted.text || !(await askStore(claimGeneration(context, id)))) continue;
      await noteOwner(context, 'audixa', grant.user, id);
      return { ...job.answer, body: await sealBody(job.answer.body, asked) };
    }
  }
  return undefined;
}
