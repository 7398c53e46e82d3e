import type { IncomingMessage, ServerResponse } from 'node:http';

import { epochMs } from '../ledger.ts';
import type { Knobs } from '../scenario-table.ts';
import { wavFile } from '../wav-file.ts';
import { answerOf, brokenRules, success, voices, type Answer } from './audixa-bodies.ts';
import { describeJob, type Jobs } from './audixa-jobs.ts';
import { checkRequest } from './audixa-request-rules.ts';

/** What the endpoints need. */
export interface HttpContext {
  readonly jobs: Jobs;
  readonly origin: string;
  readonly rate: number;
  readonly voice: (text: string) => Float32Array | Promise<Float32Array>;
  /** The knobs of a request's key; undefined for a wrong key. Counts refusals. */
  readonly admit: (apiKey: string | undefined) => { readonly knobs: Knobs | undefined; readonly refusal: Answer | undefined };
}

const mostBodyBytes = 1024 * 1024;
/** Documented in docs-26 for the paid plan; the newest revision has withdrawn the number. */
const requestsPerMinute = 240;
const exposed = 'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset';

/** The key of a call: `x-api-key`, or a bearer token (newest vendor docs). */
export const keyOfRequest = ({ headers }: IncomingMessage): string | undefined =>
  (headers['x-api-key'] as string | undefined) ?? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];

/** Headers of every answer. CORS is undocumented: open by default, so that pages can be tested. */
function headersOf(knobs: Knobs | undefined, answer: Answer): Record<string, string> {
  return {
    'content-type': answer.contentType,
    'x-ratelimit-limit': String(requestsPerMinute),
    'x-ratelimit-remaining': answer.status === 429 ? '0' : String(requestsPerMinute - 1),
    'x-ratelimit-reset': String(Math.ceil(epochMs() / 1_000) + 30),
    ...(answer.status === 429 && { 'retry-after': String(knobs?.retryAfterSeconds ?? 30) }),
    ...(knobs?.cors !== 'off' && { 'access-control-allow-origin': '*' }),
    ...(knobs?.cors === undefined && { 'access-control-expose-headers': exposed }),
  };
}

/** Headers of the answer to a refused handshake. */
export const refusalHeaders = headersOf;

function send(response: ServerResponse, knobs: Knobs | undefined, answer: Answer): void {
  const whole = Buffer.from(answer.body);
  const headers = headersOf(knobs, answer);
  const fault = answer.status === 200 ? knobs?.body : undefined;
  if (fault === 'stall') return void response.writeHead(200, { ...headers, 'content-length': whole.length }).write(whole.subarray(0, 1));
  const body = fault === 'empty' ? whole.subarray(0, 0) : fault === 'truncated-json' ? whole.subarray(0, whole.length / 2) : whole;
  response.writeHead(answer.status, { ...headers, 'content-length': body.length }).end(body);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= mostBodyBytes) pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString());
  } catch {
    return undefined;
  }
}

async function create(request: IncomingMessage, knobs: Knobs, apiKey: string, context: HttpContext): Promise<Answer> {
  const checked = checkRequest(await readBody(request));
  if ('broken' in checked) return brokenRules(checked.broken);
  const job = context.jobs.create(checked.request, { transport: 'http', knobs, apiKey });
  job.samples = await context.voice(checked.request.text);
  job.entry.samples = job.samples.length;
  const rate = knobs.rate ?? context.rate;
  job.readyAtMs = job.entry.acceptedAtMs + 100 + (job.samples.length / 24_000 / rate) * 1_000;
  return success(describeJob(job, context.origin) ?? {});
}

function pageOf(list: readonly Record<string, unknown>[], query: URLSearchParams, most: number): Answer {
  const limit = Number(query.get('limit') ?? 100);
  const offset = Number(query.get('offset') ?? 0);
  if (!(limit >= 1 && limit <= most)) return brokenRules([{ field: 'limit', message: `limit must be from 1 to ${most}` }]);
  if (!(offset >= 0)) return brokenRules([{ field: 'offset', message: 'offset must be 0 or more' }]);
  const model = query.get('model');
  const page = list.filter((voice) => model === null || voice['model'] === model).slice(offset, offset + limit);
  return success({ limit, offset, length: page.length, voices: page });
}

/** Serves a finished file: no key is needed (inferred from the vendor's SDK). Always WAV, whatever was asked for. */
function sendFile(response: ServerResponse, generationId: string, { jobs }: HttpContext): void {
  const job = jobs.find(generationId);
  const knobs = job?.knobs;
  const lateUntilMs = (job?.readyAtMs ?? 0) + (knobs?.fileLateMs ?? 0);
  const gone = job?.broke && knobs?.job === 'lost';
  if (!job || gone || epochMs() < lateUntilMs) return send(response, knobs, answerOf(404));
  if (knobs?.body === 'not-audio') return send(response, { cors: 'hidden-headers' }, { status: 200, contentType: 'text/html', body: '<title>Sign in</title>' });
  const file = wavFile(job.samples);
  const audio: Answer = { status: 200, contentType: 'audio/wav', body: '' };
  job.fileRequests += 1;
  response.writeHead(200, { ...headersOf(knobs, audio), 'content-length': file.length });
  if (!knobs?.cutFile || job.fileRequests > 1) return void response.end(file);
  response.write(file.subarray(0, Math.floor(file.length * 0.7)), () => setTimeout(() => response.destroy(), 50));
}

/** Answers one call of the HTTP API; false when the path is not the API's. */
export async function answerAudixa(request: IncomingMessage, response: ServerResponse, context: HttpContext): Promise<boolean> {
  const { pathname, searchParams } = new URL(request.url ?? '/', context.origin);
  const file = /^\/audio\/(\w+)\.(?:wav|mp3)$/.exec(pathname)?.[1];
  if (!file && !pathname.startsWith('/v3/')) return false;
  if (request.method === 'OPTIONS') {
    const allow = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'x-api-key, authorization, content-type', 'access-control-allow-methods': 'GET, POST' };
    response.writeHead(204, allow).end();
    return true;
  }
  if (file) {
    sendFile(response, file, context);
    return true;
  }
  const apiKey = keyOfRequest(request);
  const { knobs, refusal } = context.admit(apiKey);
  if (refusal || !knobs || knobs.handshake === 'refuse-key') send(response, knobs, refusal ?? answerOf(401));
  else send(response, knobs, await route(request, pathname, searchParams, knobs, apiKey ?? '', context));
  return true;
}

async function route(request: IncomingMessage, path: string, query: URLSearchParams, knobs: Knobs, apiKey: string, context: HttpContext): Promise<Answer> {
  switch (`${request.method} ${path}`) {
    case 'POST /v3/tts':
      return create(request, knobs, apiKey, context);
    case 'GET /v3/tts': {
      const job = context.jobs.find(query.get('generation_id') ?? '');
      // Another account's id is as unknown as a wrong one (vendor docs).
      const described = job?.apiKey === apiKey ? describeJob(job, context.origin) : undefined;
      return described ? success(described) : answerOf(404);
    }
    case 'GET /v3/voices':
      return pageOf(voices, query, 500);
    default:
      return answerOf(404);
  }
}
