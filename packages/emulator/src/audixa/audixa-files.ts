import type { Answer } from '../http/answer.ts';
import type { ApiCall, VendorApi } from '../http/vendor-api.ts';
import { plainKey } from '../scenario-key.ts';
import type { Speak } from '../speech-cache.ts';
import { wavFile } from '../wav-variants.ts';
import { answerOf } from './audixa-bodies.ts';
import { readyAtMsOf, statusOf, styleOf, type Job, type Jobs } from './audixa-jobs.ts';
import type { FileKnobs } from './audixa-scenarios.ts';
import { parseRange } from './byte-range.ts';

const signInPage: Answer = {
  status: 200,
  contentType: 'text/html',
  body: '<!doctype html><title>Sign in</title><h1>Sign in</h1>',
};
const cutShare = 0.7;

const idOf = (pathname: string): string | undefined => /^\/audio\/(\w+)\.(?:wav|mp3)$/.exec(pathname)?.[1];

/** The host of finished files: without a key (inferred from the vendor's SDK), and always WAV, whatever a name says. */
class AudixaFiles implements VendorApi {
  readonly vendor = 'audixa';
  readonly isFileHost = true;
  readonly exposedHeaders = ['Content-Range', 'ETag'];
  readonly #jobs: Jobs;
  readonly #speak: Speak;

  constructor({ jobs, speak }: { jobs: Jobs; speak: Speak }) {
    this.#jobs = jobs;
    this.#speak = speak;
  }

  owns(pathname: string): boolean {
    return idOf(pathname) !== undefined;
  }

  /** That of the account whose file it is: nobody asks for one, and its scenario counts all the same. */
  keyOf(_headers: ApiCall['headers'], url: URL): string {
    return this.#jobs.find(idOf(url.pathname) ?? '')?.apiKey ?? plainKey;
  }

  refusal(status: number): Answer {
    return answerOf(status);
  }

  accountHeaders(): Readonly<Record<string, string>> {
    return {};
  }

  async answer(call: ApiCall): Promise<Answer> {
    const job = this.#jobs.find(idOf(call.url.pathname) ?? '');
    const knobs = call.knobs.audixa?.file ?? {};
    if (!job || !isThere(job, knobs)) return answerOf(404);
    if (knobs.body === 'not-audio') return signInPage;
    const whole = wavFile(await this.#speak(job.entry.text, styleOf(job.request)));
    return bytesOf(call, job, knobs, knobs.body === 'short' ? whole.subarray(0, whole.length >> 1) : whole);
  }
}

/** Whether the finished file can be had. */
const isThere = (job: Job, { lateMs = 0 }: FileKnobs): boolean =>
  statusOf(job) === 'COMPLETED' && job.now() >= readyAtMsOf(job) + lateMs;

function bytesOf({ method, headers }: ApiCall, job: Job, knobs: FileKnobs, file: Buffer): Answer {
  const isReading = method !== 'HEAD';
  if (isReading) job.fileReads += 1;
  const etag = `"${job.entry.generationId}${knobs.etag === 'changes' ? `-${job.fileReads}` : ''}"`;
  const condition = headers['if-range'];
  const ignoresRange = knobs.range === 'ignored' || (condition !== undefined && condition !== etag);
  const range = ignoresRange ? undefined : parseRange(headers.range, file.length);
  const known = { etag, ...(knobs.range !== 'ignored' && { 'accept-ranges': 'bytes' }) };
  if (range === 'unsatisfiable') {
    return { status: 416, contentType: 'audio/wav', body: '', headers: { ...known, 'content-range': `bytes */${file.length}` } };
  }
  const { start, end } = range ?? { start: 0, end: file.length };
  return {
    status: range ? 206 : 200,
    contentType: 'audio/wav',
    body: file.subarray(start, end),
    headers: { ...known, ...(range && { 'content-range': `bytes ${start}-${end - 1}/${file.length}` }) },
    ...(isReading && knobs.body === 'cut' && job.fileReads === 1 && { sentShare: cutShare }),
  };
}

/** The host of the emulated Audixa's finished files. */
export const createAudixaFiles = (context: { jobs: Jobs; speak: Speak }): VendorApi => new AudixaFiles(context);
