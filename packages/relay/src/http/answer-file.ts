import { guardedFetch } from '#guarded-fetch';

import type { Refusal, RelayContext, Upstream } from '../relay-context.ts';
import { admit } from './admit.ts';
import { askStore } from './ask-store.ts';
import { refuse } from './fields/refuse.ts';
import { notFound } from './free-calls.ts';
import { GuardError } from './guarded-fetch.ts';
import { toStream } from './pass-answer.ts';
import { readPieces } from './read-pieces.ts';
import { watchAudio } from './redact-pieces.ts';
import { openFile } from './seal-file.ts';
import { safeContentType } from './vendor-headers.ts';

const maxBytes = 524_288_000;
const passed = ['content-length', 'content-range', 'accept-ranges', 'date', 'retry-after'];
const rangeShape = /^bytes=\d{0,15}-\d{0,15}$/;

const refusals: Readonly<Record<GuardError['reason'], Refusal>> = {
  refused: refuse(502, 'vendor_answer_refused', 'The address of the file is none that may be fetched.'),
  unreachable: refuse(503, 'vendor_unreachable', 'The file cannot be fetched.'),
  silent: refuse(504, 'vendor_silent', 'The host of the file did not answer in time.'),
};

/**
 * `GET …/files/{sealed}`. The name is the permission: an `<audio>` element can show no token. It says whose file it is, and
 * opens nothing for a user whose tokens were revoked. It is counted as a request of that user.
 */
export async function answerFile(
  request: Request,
  context: RelayContext,
  { sealed, ip }: { readonly sealed: string; readonly ip: string },
): Promise<Response | Refusal> {
  const file = await openFile(context, sealed);
  const upstream = file && context.upstreams[file.grant.vendor];
  if (!file || !upstream) return notFound();
  return admit({ context, request, grant: file.grant, ip }, async ({ signal }) => {
    if (await askStore(context.access.isRevoked(file.grant))) return notFound();
    return fetchFile(file.url, { context, upstream, signal, range: request.headers.get('range') ?? '' });
  });
}

interface FileCall {
  readonly context: RelayContext;
  readonly upstream: Upstream;
  /** Aborted when the page leaves or its user is revoked. */
  readonly signal: AbortSignal;
  readonly range: string;
}

async function fetchFile(url: string, { context, upstream, signal, range }: FileCall): Promise<Response | Refusal> {
  const { idleMs, lifeMs } = context.limits;
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  const life = setTimeout(leave, lifeMs);
  const silence = setTimeout(leave, idleMs);
  /** Lets go of the connection, and of all that watches it. */
  const stop = (): void => {
    clearTimeout(life);
    clearTimeout(silence);
    signal.removeEventListener('abort', leave);
    leave();
  };
  const rules = {
    allowLoopback: upstream.http.startsWith('http:'),
    hosts: context.options.fileHosts,
    ...(rangeShape.test(range) && { range }),
    signal: leaving.signal,
  };
  try {
    const answer = await guardedFetch(url, rules);
    clearTimeout(silence);
    return passFile(answer, stop, { idleMs, signal: leaving.signal }, upstream);
  } catch (error) {
    const isSilent = leaving.signal.aborted;
    stop();
    return isSilent ? refusals.silent : refusals[error instanceof GuardError ? error.reason : 'unreachable'];
  }
}

function passFile(
  answer: Response,
  stop: () => void,
  watch: { readonly idleMs: number; readonly signal: AbortSignal },
  { apiKey, redact }: Upstream,
): Response | Refusal {
  const { status } = answer;
  if (status !== 200 && status !== 206) {
    stop();
    const retryAfter = Number(answer.headers.get('retry-after'));
    const more = retryAfter > 0 ? { retryAfterMs: retryAfter * 1_000 } : {};
    return refuse(status >= 400 && status < 600 ? status : 502, 'vendor_answer_refused', `The file’s host said ${status}.`, more);
  }
  const headers = new Headers();
  for (const name of passed) {
    const value = answer.headers.get(name);
    if (value !== null && value.length <= 100) headers.set(name, redact(value));
  }
  if (answer.headers.has('content-encoding')) headers.delete('content-length');
  headers.set('content-type', safeContentType(redact(answer.headers.get('content-type') ?? '')));
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    stop();
    return refusals.refused;
  }
  return new Response(toStream(untilEnd(watchAudio(readPieces(answer.body, watch), apiKey), stop), maxBytes, stop), {
    status,
    headers,
  });
}

/** The same pieces; `stop` is called when they end, break off or are left. */
async function* untilEnd<T>(pieces: AsyncIterable<T>, stop: () => void): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    stop();
  }
}
