import type { IncomingMessage, ServerResponse } from 'node:http';

import { knobsOfKey } from '../scenario-key.ts';
import type { Knobs } from '../scenario-knobs.ts';
import type { Answer } from './answer.ts';
import { createChaos } from './chaos.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { acceptedStatus, refusedStatus, sendFaulty, type HttpFault } from './http-faults.ts';
import type { Refusals } from './refusals.ts';
import type { VendorApi } from './vendor-api.ts';

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

/** Older names of three faults. */
const bodyFaults = { stall: 'body-stall', empty: 'empty-200', 'truncated-json': 'truncated-json' } as const;

/** Draws the fault of each request of a key. */
function createFaults(): (apiKey: string, knobs: Knobs) => HttpFault | undefined {
  const chaos = new Map<string, () => HttpFault | undefined>();
  const faulty = new Map<string, number>();
  return (apiKey, knobs) => {
    if (knobs.chaos !== undefined) {
      const draw = chaos.get(apiKey) ?? createChaos(knobs.chaos);
      chaos.set(apiKey, draw);
      return draw();
    }
    if (knobs.body && knobs.body !== 'not-audio') return bodyFaults[knobs.body];
    if (!knobs.fault) return undefined;
    const count = (faulty.get(apiKey) ?? 0) + 1;
    faulty.set(apiKey, count);
    return count <= knobs.fault.times ? knobs.fault.name : undefined;
  };
}

/** Aborts when the client leaves before the answer has gone out. */
function departureOf(response: ServerResponse): AbortSignal {
  const departure = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) departure.abort();
  });
  return departure.signal;
}

/** The HTTP side that all vendors share: keys, scenarios, CORS and faults. False when a path is not the vendor's. */
export function serveVendor(
  api: VendorApi,
  refusals: Refusals,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean> {
  const faultOf = createFaults();

  function send(
    response: ServerResponse,
    answer: Answer,
    how: { apiKey: string; knobs: Knobs; fault?: HttpFault | undefined },
  ): void {
    const { apiKey, knobs, fault } = how;
    const { retryAfterSeconds } = knobs;
    const headers: Record<string, string> = {
      'content-type': answer.contentType,
      ...(!knobs.noRateHeaders && api.accountHeaders(apiKey, answer, knobs)),
      ...answer.headers,
      ...(retryAfterSeconds !== undefined && answer.status >= 400 && { 'retry-after': String(retryAfterSeconds) }),
      ...(knobs.retryAfter !== undefined && answer.status >= 400 && { 'retry-after': knobs.retryAfter }),
      ...corsHeaders(knobs, api.exposedHeaders, answer.status),
    };
    if (answer.released) response.once('close', answer.released);
    sendFaulty(response, { status: answer.status, headers, body: Buffer.from(answer.body) }, fault);
  }

  /** The answer, and the fault that is left for sending it; undefined when there is none to be sent. */
  async function answerOf(
    request: IncomingMessage,
    { apiKey, knobs, url, fault }: { apiKey: string; knobs: Knobs; url: URL; fault: HttpFault | undefined },
    left: AbortSignal,
  ): Promise<Answer | undefined> {
    const refused = refusals(apiKey, knobs) ?? refusedStatus(fault);
    if (knobs.handshake === 'refuse-key') return api.refusal(401, url);
    if (refused !== undefined) return api.refusal(refused, url);
    if (fault === 'drop-request') return undefined;
    const body = await readBody(request);
    if (body === undefined) return api.refusal(413, url);
    const { method = 'GET', headers } = request;
    const answer = await api.answer({ method, url, headers, body, apiKey, knobs, left });
    const instead = acceptedStatus(fault);
    if (instead === undefined || answer.status >= 300) return answer;
    answer.released?.();
    return api.refusal(instead, url);
  }

  return async (request, response, url) => {
    if (!api.owns(url.pathname)) return false;
    if (request.method === 'OPTIONS') {
      response.writeHead(204, preflightHeaders).end();
      return true;
    }
    const apiKey = api.keyOf(request.headers, url);
    const knobs = knobsOfKey(apiKey);
    if (!knobs) {
      send(response, api.refusal(401, url), { apiKey: '', knobs: {} });
      return true;
    }
    const fault = faultOf(apiKey, knobs);
    const answer = await answerOf(request, { apiKey, knobs, url, fault }, departureOf(response));
    if (answer) send(response, answer, { apiKey, knobs, fault });
    else request.socket.destroy();
    return true;
  };
}
