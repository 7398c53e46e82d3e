import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from '../clock.ts';
import { knobsOfKey } from '../scenario-key.ts';
import type { Answer } from './answer.ts';
import { answerHeaders } from './answer-headers.ts';
import type { CallFates } from './call-fates.ts';
import { preflightHeaders } from './cors.ts';
import { sendCut, sendFaulty, sendWhole } from './fault-senders.ts';
import { foreignAnswer } from './foreign-bodies.ts';
import type { CallFate, HttpFault, Refusal } from './http-faults.ts';
import type { Asked, VendorApi } from './vendor-api.ts';

const mostBodyBytes = 1024 * 1024;

/** Undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= mostBodyBytes) pieces.push(piece);
  }
  return bytes > mostBodyBytes ? undefined : Buffer.concat(pieces).toString();
}

/** Aborts when the client leaves before the answer has gone out. */
function departureOf(response: ServerResponse): AbortSignal {
  const departure = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) departure.abort();
  });
  return departure.signal;
}

/** Calls it once, when the answer has gone out or the client has left; at once when it has left already. */
function callWhenOver(response: ServerResponse, released: () => void): void {
  if (response.destroyed || response.closed) released();
  else response.once('close', released);
}

/** The vendor's own answer to a scenario that refuses, or that of another server. */
export function refusalAnswer(
  api: Pick<VendorApi, 'refusal'>,
  { status, foreign, retryAfter }: Refusal,
  asked: Pick<Asked, 'url' | 'knobs'>,
): Answer {
  const answer = foreign === undefined ? api.refusal(status, asked) : foreignAnswer(foreign);
  return retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } };
}

/** A redirect to a place of ours that notes who follows; away is another name of this machine, and so another origin. */
function redirection(url: URL, { name, status = 307 }: HttpFault): Answer {
  const origin = new URL(url);
  if (name === 'redirect-away') origin.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const location = new URL('/emulator/elsewhere', origin).href;
  return { status, contentType: 'text/html', body: '', headers: { location } };
}

/** What one call is about, once its key is known. */
interface Served {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly asked: Asked;
  readonly fate: CallFate;
  readonly left: AbortSignal;
}

/** What comes before the vendor sees the call; `dropped` when there is nothing to be said, undefined when it may see it. */
function interception(api: VendorApi, { response, asked, fate: { refusal, fault } }: Served): Answer | 'dropped' | undefined {
  if (asked.knobs.handshake === 'refuse-key') return api.refusal(401, asked);
  if (refusal) return refusalAnswer(api, refusal, asked);
  if (fault?.name === 'redirect' || fault?.name === 'redirect-away') return redirection(asked.url, fault);
  if (fault?.name === 'drop-request') response.socket?.destroy();
  else if (fault?.name === 'reset-request') response.socket?.resetAndDestroy();
  else return undefined;
  return 'dropped';
}

async function ask(api: VendorApi, { request, response, asked, fate, left }: Served, body: string | undefined): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await api.answer({ ...asked, headers: request.headers, body, left });
  } catch {
    // A voice that failed.
    return api.refusal(500, asked);
  }
  if (answer.released) callWhenOver(response, answer.released);
  if (fate.fault?.name !== 'accepted-then' || answer.status >= 300) return answer;
  const { credits } = answer;
  return { ...api.refusal(fate.fault.status ?? 500, asked), ...(credits !== undefined && { credits }) };
}

async function serve(api: VendorApi, served: Served, clock: Clock): Promise<void> {
  const { request, response, asked, fate, left } = served;
  // A client that is told before it has said everything may take that for a broken connection.
  const body = await readBody(request);
  const intercepted = interception(api, served);
  if (intercepted === 'dropped') return;
  const answer = intercepted ?? (await ask(api, served, body));
  if (response.destroyed) return;
  const headers = answerHeaders(api, answer, asked, clock.now());
  const prepared = { status: answer.status, headers, body: Buffer.from(answer.body) };
  if (answer.sentShare !== undefined) sendCut(response, prepared, answer.sentShare);
  else if (fate.fault && !intercepted) await sendFaulty({ response, answer: prepared, fault: fate.fault, clock, left });
  else sendWhole(response, prepared);
}

/** The HTTP side that all vendors share: keys, scenarios, CORS and faults. The server answers false for a path that is not the vendor's. */
export function serveVendor(
  api: VendorApi,
  fates: CallFates,
  clock: Clock,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean> {
  return async (request, response, url) => {
    if (!api.owns(url.pathname)) return false;
    if (request.method === 'OPTIONS') {
      response.writeHead(204, preflightHeaders).end();
      return true;
    }
    const apiKey = api.keyOf(request.headers, url);
    const knobs = knobsOfKey(apiKey);
    const left = departureOf(response);
    const { method = 'GET' } = request;
    if (knobs) {
      const fate = fates(api.isFileHost ? 'files' : api.vendor, apiKey, knobs);
      await serve(api, { request, response, asked: { method, url, apiKey, knobs }, fate, left }, clock);
    } else {
      // The 401 of a wrong key, with no account to show.
      const asked = { method, url, apiKey: '', knobs: {} };
      await serve(api, { request, response, asked, fate: { refusal: { status: 401 } }, left }, clock);
    }
    return true;
  };
}
