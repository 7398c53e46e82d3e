import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Answer } from '../http/answer.ts';
import { corsHeaders, preflightHeaders } from '../http/cors.ts';
import type { Knobs } from '../scenario-knobs.ts';
import { wavFile } from '../wav-file.ts';
import { exposedHeaders } from './answer-headers.ts';
import { answerOf } from './audixa-bodies.ts';
import type { AudixaContext } from './audixa-context.ts';
import { readyAtMsOf, statusOf, type Job } from './audixa-jobs.ts';

const signInPage: Answer = {
  status: 200,
  contentType: 'text/html',
  body: '<!doctype html><title>Sign in</title><h1>Sign in</h1>',
};

const cors = (knobs: Knobs = {}, status = 200): Record<string, string> => corsHeaders(knobs, exposedHeaders, status);

/** Bytes from `start` up to but not including `end`. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One range of bytes (RFC 9110 §14): undefined for the whole, `unsatisfiable` for what the file does not have. */
function parseRange(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return last === '0' ? 'unsatisfiable' : { start: Math.max(0, length - Number(last)), end: length };
  const start = Number(first);
  const end = last === '' ? length : Math.min(length, Number(last) + 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start < length ? { start, end } : 'unsatisfiable';
}

function sendBytes(request: IncomingMessage, response: ServerResponse, file: Buffer, job: Job): void {
  const headers = { ...cors(job.knobs), 'content-type': 'audio/wav', 'accept-ranges': 'bytes' };
  const range = parseRange(request.headers.range, file.length);
  if (range === 'unsatisfiable') {
    return void response.writeHead(416, { ...headers, 'content-range': `bytes */${file.length}`, 'content-length': 0 }).end();
  }
  const { start, end } = range ?? { start: 0, end: file.length };
  const part = file.subarray(start, end);
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': part.length,
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${file.length}` }),
  });
  if (request.method === 'HEAD') return void response.end();
  job.fileReads += 1;
  if (!job.knobs.cutFile || job.fileReads > 1) return void response.end(part);
  // The length in the header promises the whole.
  response.write(part.subarray(0, Math.floor(part.length * 0.7)), () => response.socket?.destroySoon());
}

/** Whether the finished file can be had. */
function isThere(job: Job | undefined): job is Job {
  if (!job || statusOf(job) !== 'COMPLETED') return false;
  return job.now() >= readyAtMsOf(job) + (job.knobs.fileLateMs ?? 0);
}

/** Serves a finished file: without a key (inferred from the vendor's SDK), and always as WAV, whatever its name says. */
async function sendFile(request: IncomingMessage, response: ServerResponse, id: string, context: AudixaContext): Promise<void> {
  const job = context.jobs.find(id);
  const missing = isThere(job) ? undefined : answerOf(404);
  const instead = missing ?? (job?.knobs.body === 'not-audio' ? signInPage : undefined);
  if (!job || instead) {
    const { status, contentType, body } = instead ?? answerOf(404);
    return void response.writeHead(status, { ...cors(job?.knobs, status), 'content-type': contentType }).end(body);
  }
  sendBytes(request, response, wavFile(await context.speak(job.entry.text)), job);
}

/** Answers what is asked of the file host; false for any other path. */
export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: AudixaContext,
): Promise<boolean> {
  const id = /^\/audio\/(\w+)\.(?:wav|mp3)$/.exec(url.pathname)?.[1];
  if (!id) return false;
  if (request.method === 'OPTIONS') response.writeHead(204, preflightHeaders).end();
  else await sendFile(request, response, id, context);
  return true;
}
