import type { Refusal } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';
import { callVendor } from './call-vendor.ts';
import { refuse } from './fields/refuse.ts';
import { maxJsonBytes, pickQuery, sealBody, type Asked } from './free-calls.ts';
import { isOwn } from './own-generations.ts';
import { brokenLike } from './seal-file.ts';
import { readWhole, toResponse, type WholeAnswer } from './pass-answer.ts';

/** The vendor's own bounds and defaults of a page. */
const most = 100;
const usual = 20;
/** Pages of the whole account that one look goes through: the newest thousand generations of all users. */
const maxPages = 10;

type Item = Readonly<Record<string, unknown>>;

/** Items of a page; undefined when it has none. */
function itemsIn(text: string): readonly Item[] | undefined {
  try {
    const { history } = JSON.parse(text) as { history?: unknown };
    return Array.isArray(history) ? history.filter((item): item is Item => typeof item === 'object' && item !== null) : undefined;
  } catch {
    return undefined;
  }
}

const countOf = (text: string | null, usualCount: number, mostCount: number): number => {
  const count = text === null ? usualCount : Number(text);
  return Number.isSafeInteger(count) && count >= 0 ? Math.min(count, mostCount) : usualCount;
};

/** Keeps those of the user. A page holds no more than was asked for, and a generation counts once. */
async function keepOwn({ context, grant }: Asked, items: readonly Item[], own: Map<string, Item>): Promise<void> {
  const named = new Map(items.slice(0, most).map((item) => [String(item['generation_id'] ?? ''), item]));
  const isUsers = await Promise.all([...named.keys()].map((id) => isOwn(context, 'audixa', grant.user, id)));
  [...named].filter(([id], index) => isUsers[index] && !own.has(id)).forEach(([id, item]) => own.set(id, item));
}

/** The user's own generations, newest first: the vendor's history is that of all users of the account. */
export async function answerHistory(asked: Asked): Promise<Response | Refusal> {
  const { url, context, upstream, grant, ip, leaving } = asked;
  const limit = countOf(url.searchParams.get('limit'), usual, most) || usual;
  const offset = countOf(url.searchParams.get('offset'), 0, Number.MAX_SAFE_INTEGER);
  const own = new Map<string, Item>();
  const endsAtMs = performance.now() + context.limits.lifeMs;
  let page: WholeAnswer | undefined;
  for (let at = 0; at < maxPages * most && own.size < offset + limit; at += most) {
    // The first page was counted with the request.
    const refusal = at > 0 ? await context.meter.countRequest(grant.user, ip) : undefined;
    if (refusal) return refusal;
    const query = pickQuery(url, ['status']);
    query.set('limit', String(most));
    query.set('offset', String(at));
    const answer = await callVendor(context, upstream, {
      method: 'GET',
      path: '/history',
      query,
      lifeMs: Math.max(1, endsAtMs - performance.now()),
      signal: leaving.signal,
    });
    if (isRefusal(answer)) return answer;
    page = await readWhole(answer, upstream, maxJsonBytes);
    if (page.status >= 300) return toResponse(page);
    if (!page.isWhole) return refuse(502, 'vendor_unreachable', 'The answer of the vendor broke off.');
    const text = new TextDecoder().decode(page.body);
    const items = itemsIn(text);
    if (!items) return toResponse({ ...page, body: new TextEncoder().encode(brokenLike(text)) });
    await keepOwn(asked, items, own);
    if (items.length < most) break;
  }
  const history = [...own.values()].slice(offset, offset + limit);
  const body = new TextEncoder().encode(JSON.stringify({ limit, offset, length: history.length, history }));
  return toResponse({ ...page!, body: await sealBody(body, asked) });
}
