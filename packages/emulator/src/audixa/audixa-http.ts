import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerHeaders, preflightHeaders } from './answer-headers.ts';
import { answerOf, brokenRules, noSuchPath, success, type Answer } from './audixa-bodies.ts';
import type { Admission, AudixaContext } from './audixa-context.ts';
import { sendFile } from './audixa-file.ts';
import { describeJob, type Job } from './audixa-jobs.ts';
import { checkRequest } from './audixa-request-rules.ts';
import { voicesOf } from './audixa-voices.ts';

/** One call of an account whose key is known. */
interface Call {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly origin: string;
  readonly admission: Admission;
  readonly context: AudixaContext;
}

const mostBodyBytes = 1024 * 1024;
const queueMs = 100;

/** The key of a call: `x-api-key`, or a bearer token (newest vendor docs). */
const keyOfRequest = ({ headers }: IncomingMessage): string =>
  String(headers['x-api-key'] ?? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');

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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes the speech of a job that nobody listens to, at its pace. */
async function work(job: Job, context: AudixaContext): Promise<void> {
  try {
    job.entry.samples = (await context.speak(job.entry.text)).length;
    const soundMs = (job.entry.samples / 24_000) * 1_000;
    job.progress = { at: 'alone', readyAtMs: job.entry.acceptedAtMs + queueMs + soundMs / (job.knobs.rate ?? context.rate) };
  } catch {
    job.progress = { at: 'failed', readyAtMs: job.entry.acceptedAtMs };
  }
}

async function createJob({ request, origin, admission, context }: Call): Promise<Answer> {
  const body = await readBody(request);
  if (body === undefined) return answerOf(413);
  const checked = checkRequest(parseJson(body));
  if ('broken' in checked) return brokenRules(checked.broken);
  const { apiKey, knobs = {} } = admission;
  const job = context.jobs.create(checked.request, { transport: 'http', knobs, apiKey });
  // Even a job that nobody will find again was accepted.
  const accepted = success(describeJob(job, origin) ?? { generation_id: job.entry.generationId });
  void work(job, context);
  return accepted;
}

function showJob({ query, origin, admission, context }: Call): Answer {
  const id = query.get('generation_id');
  if (!id) return brokenRules([{ field: 'generation_id', message: 'Generation ID is required' }]);
  const job = context.jobs.find(id);
  // Another account's id is as unknown as a wrong one (newest vendor docs).
  const described = job?.apiKey === admission.apiKey ? describeJob(job, origin) : undefined;
  return described ? success(described) : answerOf(404);
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function listVoices({ query, admission }: Call): Answer {
  const limit = whole(query, 'limit', 100);
  const offset = whole(query, 'offset', 0);
  const model = query.get('model');
  const broken = [
    ...(limit >= 1 && limit <= 500 ? [] : [{ field: 'limit', message: 'Limit must be from 1 to 500' }]),
    ...(offset >= 0 ? [] : [{ field: 'offset', message: 'Offset must be 0 or more' }]),
    ...(model === null || model === 'base' || model === 'advanced'
      ? []
      : [{ field: 'model', message: "Model must be 'base' or 'advanced'" }]),
  ];
  if (broken.length > 0) return brokenRules(broken);
  const all = voicesOf(admission.knobs?.voices).filter((voice) => model === null || voice.model === model);
  const voices = all.slice(offset, offset + limit);
  return success({ limit, offset, length: voices.length, voices });
}

const routes: Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>> = {
  'POST /v3/tts': createJob,
  'GET /v3/tts': showJob,
  'GET /v3/voices': listVoices,
};

function send(response: ServerResponse, { knobs = {}, rate }: Admission, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  const headers = answerHeaders(answer, rate, knobs);
  const fault = answer.status === 200 ? knobs.body : undefined;
  if (fault === 'stall') {
    return void response.writeHead(200, { ...headers, 'content-length': bytes.length }).write(bytes.subarray(0, 1));
  }
  const shares = { empty: 0, 'truncated-json': 0.5 } as const;
  const share = fault === 'empty' || fault === 'truncated-json' ? shares[fault] : 1;
  const body = bytes.subarray(0, Math.floor(bytes.length * share));
  response.writeHead(answer.status, { ...headers, 'content-length': body.length }).end(body);
}

/** Answers one call of the HTTP API, or with a finished file; false when the path is neither's. */
export async function answerAudixa(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: AudixaContext,
): Promise<boolean> {
  const file = /^\/audio\/(\w+)\.(?:wav|mp3)$/.exec(url.pathname)?.[1];
  if (!file && !url.pathname.startsWith('/v3/')) return false;
  if (request.method === 'OPTIONS') {
    response.writeHead(204, preflightHeaders).end();
    return true;
  }
  if (file) {
    await sendFile(request, response, file, context);
    return true;
  }
  const admission = context.admit(keyOfRequest(request));
  const { knobs, refusal } = admission;
  const route = routes[`${request.method} ${url.pathname}`];
  if (refusal) send(response, admission, refusal);
  else if (!knobs || knobs.handshake === 'refuse-key') send(response, admission, answerOf(401));
  else if (!route) send(response, admission, noSuchPath);
  else send(response, admission, await route({ request, query: url.searchParams, origin: url.origin, admission, context }));
  return true;
}
