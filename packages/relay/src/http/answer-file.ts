import { guardedFetch } from '#guarded-fetch';

import type { Refusal, RelayContext } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';
import { refuse } from './fields/refuse.ts';
import { notFound } from './free-calls.ts';
import { GuardError } from './guarded-fetch.ts';
import { toStream } from './pass-answer.ts';
import { readPieces } from './read-pieces.ts';
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
 * opens nothing for a user whose tokens were revoked.
 */
export async function answerFile(request: Request, context: RelayContext, sealed: string): Promise<Response | Refusal> {
  const file = await openFile(context, sealed);
  const upstream = file && context.upstreams[file.grant.vendor];
  if (!file || !upstream || (await context.access.isRevoked(file.grant))) return notFound();
  const range = request.headers.get('range') ?? '';
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  request.signal.addEventListener('abort', leave);
  const silence = setTimeout(leave, context.limits.idleMs);
  const answer = await guardedFetch(file.url, {
    allowLoopback: upstream.http.startsWith('http:'),
    hosts: context.options.fileHosts,
    ...(rangeShape.test(range) && { range }),
    signal: leaving.signal,
  })
    .catch((error: unknown) => {
      if (leaving.signal.aborted) return refusals.silent;
      return refusals[error instanceof GuardError ? error.reason : 'unreachable'];
    })
    .finally(() => clearTimeout(silence));
  if (isRefusal(answer) && !(answer instanceof Response)) return answer;
  return passFile(answer, leave, context.limits.idleMs);
}

function passFile(answer: Response, leave: () => void, idleMs: number): Response | Refusal {
  const { status } = answer;
  if (status !== 200 && status !== 206) {
    leave();
    const retryAfter = Number(answer.headers.get('retry-after'));
    const more = retryAfter > 0 ? { retryAfterMs: retryAfter * 1_000 } : {};
    return refuse(status >= 400 && status < 600 ? status : 502, 'vendor_answer_refused', `The file’s host said ${status}.`, more);
  }
  const headers = new Headers();
  for (const name of passed) {
    const value = answer.headers.get(name);
    if (value !== null && value.length <= 100) headers.set(name, value);
  }
  if (answer.headers.has('content-encoding')) headers.delete('content-length');
  headers.set('content-type', safeContentType(answer.headers.get('content-type')));
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    leave();
    return refusals.refused;
  }
  return new Response(toStream(readPieces(answer.body, { idleMs }), maxBytes), { status, headers });
}
