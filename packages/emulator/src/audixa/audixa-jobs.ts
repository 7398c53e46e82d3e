import { randomUUID } from 'node:crypto';

import { epochMs, tokensOf, type LedgerEntry } from '../ledger.ts';
import type { Knobs } from '../scenario-knobs.ts';
import { charactersOf, type SpokenRequest } from './audixa-request-rules.ts';

/** How far a job is. A stream under way is made while it is sent; what broke off or has no stream is finished by the clock. */
type Progress =
  | { readonly at: 'streaming' }
  | { readonly at: 'alone'; readonly readyAtMs: number }
  | { readonly at: 'completed'; readonly readyAtMs: number }
  | { readonly at: 'failed'; readonly readyAtMs: number };

/** One generation, asked for over HTTP or over a socket. */
export interface Job {
  readonly entry: LedgerEntry;
  readonly request: SpokenRequest;
  readonly knobs: Knobs;
  readonly apiKey: string;
  progress: Progress;
  /** How often the finished file was begun. */
  fileReads: number;
}

/** `EXPIRED` is missing: the clocks of 24 hours and 7 days come later. `lost` is no status but a 404. */
type Status = 'IN_QUEUE' | 'GENERATING' | 'COMPLETED' | 'FAILED' | 'lost';

/** A job whose stream broke off is finished so soon. Whether the vendor finishes it at all is not documented. */
const finishAfterBreakMs = 300;
const queueMs = 50;

/** All jobs of one emulator. */
export interface Jobs {
  readonly ledger: LedgerEntry[];
  create(request: SpokenRequest, options: { transport: 'http' | 'socket'; knobs: Knobs; apiKey: string }): Job;
  find(generationId: string): Job | undefined;
}

/** Starts with none. */
export function createJobs(): Jobs {
  const ledger: LedgerEntry[] = [];
  const jobs = new Map<string, Job>();
  return {
    ledger,
    create(request, { transport, knobs, apiKey }) {
      const characters = charactersOf(request.text);
      const entry: LedgerEntry = {
        vendor: 'audixa',
        generationId: `gen_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
        text: request.text,
        characters,
        tokens: tokensOf(characters),
        voiceId: request.voiceId,
        model: request.model,
        transport,
        acceptedAtMs: epochMs(),
        samples: 0,
      };
      const progress: Progress = transport === 'http' ? { at: 'alone', readyAtMs: Infinity } : { at: 'streaming' };
      const job: Job = { entry, request, knobs, apiKey, progress, fileReads: 0 };
      ledger.push(entry);
      jobs.set(entry.generationId, job);
      return job;
    },
    find: (generationId) => jobs.get(generationId),
  };
}

/** The stream of a job ended without `completed`: the job goes on without it. */
export function breakOff(job: Job): void {
  if (job.progress.at === 'streaming') job.progress = { at: 'alone', readyAtMs: epochMs() + finishAfterBreakMs };
}

/** What becomes of a job that nobody listens to, by its scenario. */
function statusAlone(job: Job, readyAtMs: number): Status {
  if (job.knobs.job === 'lost') return 'lost';
  const isReady = epochMs() >= readyAtMs && job.knobs.job !== 'stuck';
  if (isReady) return job.knobs.job === 'fails' ? 'FAILED' : 'COMPLETED';
  return epochMs() - job.entry.acceptedAtMs < queueMs ? 'IN_QUEUE' : 'GENERATING';
}

/** Where a job is now. */
export function statusOf({ progress, ...job }: Job): Status {
  switch (progress.at) {
    case 'streaming':
      return 'GENERATING';
    case 'alone':
      return statusAlone({ progress, ...job }, progress.readyAtMs);
    case 'completed':
      return 'COMPLETED';
    case 'failed':
      return 'FAILED';
  }
}

/** When a finished job was finished. */
export const readyAtMsOf = ({ progress }: Job): number => (progress.at === 'streaming' ? Infinity : progress.readyAtMs);

/** Where the finished file is. */
export const fileUrl = (origin: string, { entry, request }: Job): string =>
  `${origin}/audio/${entry.generationId}.${request.audioFormat}`;

/** In whole seconds, as in the vendor's examples. */
const iso = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+/, '');

/** A job as `POST /tts` and `GET /tts` show it; undefined for one that is lost. */
export function describeJob(job: Job, origin: string): object | undefined {
  const status = statusOf(job);
  if (status === 'lost') return undefined;
  const { entry, request } = job;
  const queued = status === 'IN_QUEUE';
  const done = status === 'COMPLETED' || status === 'FAILED';
  return {
    generation_id: entry.generationId,
    status,
    input_text: entry.text,
    voice_id: entry.voiceId,
    voice_name: request.voiceName,
    model: entry.model,
    tokens: entry.tokens,
    // The vendor's examples cost a millionth of a dollar for each token.
    dollar_cost: entry.tokens / 1_000_000,
    method: queued ? null : 'CREDITS_BALANCE',
    audio_url: status === 'COMPLETED' ? fileUrl(origin, job) : null,
    error_message: status === 'FAILED' ? 'The generation failed' : null,
    created_at: iso(entry.acceptedAtMs),
    started_at: queued ? null : iso(entry.acceptedAtMs + queueMs),
    completed_at: done ? iso(readyAtMsOf(job)) : null,
  };
}
