import type { Grant } from '../access/access.ts';
import type { Refusal, RelayContext, Upstream } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';
import type { Leaving } from './admit.ts';
import { callVendor } from './call-vendor.ts';
import { refuse } from './fields/refuse.ts';
import { fillPath, type Match } from './match-route.ts';
import { isOwn } from './own-generations.ts';
import { passAnswer, readWhole, toResponse, type WholeAnswer } from './pass-answer.ts';
import type { FreeCall } from './routes.ts';
import { brokenLike, mayNameFile, sealAudioUrls } from './seal-file.ts';

/** A finished file at most (core's own limit). */
const maxFileBytes = 5e8;
/** Five hundred voices, or one generation with its text. */
export const maxJsonBytes = 4_194_304;
const maxQueryValue = 200;

/** What one handler needs to know. */
export interface Asked {
  readonly request: Request;
  readonly url: URL;
  readonly context: RelayContext;
  readonly match: Match;
  readonly upstream: Upstream;
  readonly grant: Grant;
  readonly ip: string;
  readonly leaving: Leaving;
}

/** Unknown and not the user's own are the same to a page. */
export const notFound = (): Refusal => refuse(404, 'not_found', 'There is none of this name.');

/** The parameters that pass. */
export function pickQuery({ searchParams }: URL, names: readonly string[]): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = searchParams.get(name);
    if (value !== null && value.length <= maxQueryValue) query.set(name, value);
  }
  return query;
}

/** The request headers that pass. */
function pickHeaders({ headers }: Request, names: readonly string[] = []): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null && /^[\w ,;=.*-]{1,100}$/.test(value)) picked[name] = value;
  }
  return picked;
}

/** A custom endpoint that the relay was not given is none. */
export const isKnownSlug = ({ match, upstream }: Asked): boolean =>
  match.pieces['slug'] === undefined || upstream.slugs.includes(match.pieces['slug']);

/** Text of an answer with what must not reach the page as it is changed. One that is nested too deeply to be written again is broken. */
export async function sealBody(body: Uint8Array, { context, grant }: Asked): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextDecoder().decode(body);
  return new TextEncoder().encode(await sealAudioUrls(text, context, grant).catch(() => brokenLike(text)));
}

/** An error that names a file names it sealed; one that is no JSON passes: clients read no address out of it. */
export async function sealError(error: WholeAnswer, asked: Asked): Promise<WholeAnswer> {
  const text = new TextDecoder().decode(error.body);
  const isSealable = asked.grant.vendor === 'audixa' && mayNameFile(text);
  return isSealable ? { ...error, body: await sealBody(error.body, asked) } : error;
}

/** Answers a call that costs nothing. */
export async function answerFree(asked: Asked, call: FreeCall): Promise<Response | Refusal> {
  const { request, url, context, match, upstream, grant } = asked;
  const query = pickQuery(url, call.query ?? []);
  if (call.own) {
    const { in: place, name } = call.own;
    const id = (place === 'path' ? match.pieces[name] : query.get(name)) ?? '';
    if (!id) return refuse(400, 'bad_request', `${name} is missing.`, { errors: [{ field: name, message: 'Is missing.' }] });
    if (!isKnownSlug(asked) || !(await isOwn(context, call.vendor, grant.user, id))) return notFound();
  }
  const answer = await callVendor(context, upstream, {
    method: call.method,
    path: fillPath(call.to, match.pieces),
    query,
    headers: pickHeaders(request, call.headers),
    signal: asked.leaving.signal,
  });
  if (isRefusal(answer)) return answer;
  if (call.vendor !== 'audixa') return passAnswer(answer, upstream, maxFileBytes);
  if (!answer.response.ok) return toResponse(await sealError(await readWhole(answer, upstream), asked));
  const whole = await readWhole(answer, upstream, maxJsonBytes);
  if (!whole.isWhole) return refuse(502, 'vendor_unreachable', 'The answer of the vendor broke off.');
  return toResponse({ ...whole, body: await sealBody(whole.body, asked) });
}
