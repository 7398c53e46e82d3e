import type { Refusal } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';
import { readPaidFields, type PaidFields } from './fields/paid-fields.ts';
import { refuse } from './fields/refuse.ts';
import { checkVoice } from './fields/voice-scope.ts';
import { isKnownSlug, notFound, type Asked } from './free-calls.ts';
import { keptAnswersOf, scopeOf } from './kept-answers.ts';
import { fillPath } from './match-route.ts';
import { readRequestText } from './read-request-text.ts';
import type { PaidCall } from './routes.ts';
import { workOnPaid } from './work-on-paid.ts';

const keyShape = /^[\w-]{16,64}$/;

function keyOf({ headers }: Request): string | Refusal {
  const key = headers.get('idempotency-key');
  if (key === null) return refuse(400, 'idempotency_key_missing', 'A paid request needs an Idempotency-Key.');
  // The draft's own form is a quoted string.
  const bare = key.replace(/^"(.*)"$/, '$1');
  return keyShape.test(bare)
    ? bare
    : refuse(400, 'idempotency_key_invalid', 'An Idempotency-Key is 16 to 64 of A–Z, a–z, 0–9, _ and -.');
}

/** Tells one request from another under the same key. */
async function hashOf(path: string, wire: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${path}\n${wire}`));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readFields({ request, match, grant }: Asked, call: PaidCall): Promise<PaidFields | Refusal> {
  const text = await readRequestText(request);
  if (typeof text !== 'string') return text;
  const fields = readPaidFields(text, call.fields);
  if (isRefusal(fields)) return fields;
  return checkVoice(grant, fields.voice ?? match.pieces['voice'] ?? '') ?? fields;
}

/** Answers a request that the vendor charges for: once for each key, however often the page asks. */
export async function answerPaid(asked: Asked, call: PaidCall, ip: string): Promise<Response | Refusal> {
  if (!isKnownSlug(asked)) return notFound();
  const key = keyOf(asked.request);
  if (isRefusal(key)) return key;
  const fields = await readFields(asked, call);
  if (isRefusal(fields)) return fields;
  const { context, grant, match } = asked;
  const scope = scopeOf(call.vendor, grant.user, key);
  const claim = await keptAnswersOf(context).claim(scope, await hashOf(fillPath(call.to, match.pieces), fields.wire));
  if (isRefusal(claim) || claim instanceof Response) return claim;
  try {
    return await workOnPaid(asked, { call, fields, claim, ticket: scope, ip });
  } catch (error) {
    // Only what happens before the vendor is asked throws.
    await claim.drop();
    throw error;
  }
}

/** `GET …/queue/{key}`. */
export async function answerQueue({ context, grant, match }: Omit<Asked, 'upstream'>): Promise<Response | Refusal> {
  const stand = await keptAnswersOf(context).standOf(scopeOf(grant.vendor, grant.user, match.pieces['key'] ?? ''));
  if (!stand) return notFound();
  return Response.json(stand);
}
