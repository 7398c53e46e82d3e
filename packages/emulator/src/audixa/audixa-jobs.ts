import { randomUUID } from 'node:crypto';

import type { Clock } from '../clock.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import type { Knobs } from '../scenario-knobs.ts';
import type { SpeakingStyle } from '../speech-cache.ts';
import type { SpokenRequest } from './audixa-request-rules.ts';

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
  /** The clock that it lives by. */
  readonly now: () => number;
  /** How often the finished file was begun. */
  fileReads: number;
}

/** `lost` is no status but a 404; POLISHING is one that no page names. */
type Status = 'IN_QUEUE' | 'GENERATING' | 'POLISHING' | 'COMPLETED' | 'FAILED' | 'EXPIRED' | 'lost';

/** A job whose stream broke off is finished so soon. Whether the vendor finishes it at all is not documented. */
const finishAfterBreakMs = 300;
const queueMs = 50;
const polishingMs = 200;

const dayMs = 24 * 60 * 60 * 1_000;
/** Finished files are kept so long, the record longer (vendor docs, generations). */
const fileLifeMs = 7 * dayMs;

/** All jobs of one emulator. */
export interface Jobs {
  create(request: SpokenRequest, options: { transport: 'http' | 'socket'; knobs: Knobs; apiKey: string }): Job;
  find(generationId: string): Job | undefined;
  /** Of one key, newest first. */
  of(apiKey: string): readonly Job[];
}

/** How a job is spoken. */
export const styleOf = ({ voiceId, speed }: SpokenRequest): SpeakingStyle => ({ vendor: 'audixa', voiceId, speed });

/** Starts with none. */
export function createJobs(ledger: Ledger, clock: Clock): Jobs {
  const jobs = new Map<string, Job>();
  const byKey = new Map<string, Job[]>();
  return {
    create(request, { transport, knobs, apiKey }) {
      const entry = ledger.accept({
        vendor: 'audixa',
        generationId: `gen_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
        text: request.text,
        voiceId: request.voiceId,
        model: request.model,
        transport,
      });
      const progress: Progress = transport === 'http' ? { at: 'alone', readyAtMs: Infinity } : { at: 'streaming' };
      const job: Job = { entry, request, knobs, apiKey, progress, now: () => clock.now(), fileReads: 0 };
      jobs.set(entry.generationId, job);
      const own = byKey.get(apiKey);
      if (own) own.push(job);
      else byKey.set(apiKey, [job]);
      return job;
    },
    find: (generationId) => jobs.get(generationId),
    of: (apiKey) => (byKey.get(apiKey) ?? []).toReversed(),
  };
}

/** The stream of a job ended without `completed`: the job goes on without it. */
export function breakOff(job: Job): void {
  if (job.progress.at === 'streaming') job.progress = { at: 'alone', readyAtMs: job.now() + finishAfterBreakMs };
}

/** What becomes of a job that nobody listens to, by its scenario. */
function statusAlone({ knobs, entry }: Job, readyAtMs: number, nowMs: number): Status {
  if (knobs.job === 'lost') return 'lost';
  const isReady = nowMs >= readyAtMs && knobs.job !== 'stuck';
  if (isReady && knobs.audixa?.status === 'unknown' && nowMs < readyAtMs + polishingMs) return 'POLISHING';
  if (isReady) return knobs.job === 'fails' ? 'FAILED' : 'COMPLETED';
  return nowMs - entry.acceptedAtMs < queueMs ? 'IN_QUEUE' : 'GENERATING';
}

const statusWith = { streaming: 'GENERATING', completed: 'COMPLETED', failed: 'FAILED' } as const;

/** Where a job is now. */
export function statusOf(job: Job): Status {
  const { progress, entry, knobs } = job;
  const nowMs = job.now();
  if (knobs.audixa?.idsExpire && nowMs - entry.acceptedAtMs > dayMs) return 'lost';
  const status = progress.at === 'alone' ? statusAlone(job, progress.readyAtMs, nowMs) : statusWith[progress.at];
  // Only what has a file can lose it.
  return status === 'COMPLETED' && nowMs - entry.acceptedAtMs > fileLifeMs ? 'EXPIRED' : status;
}

/** When a finished job was finished. */
export const readyAtMsOf = ({ progress }: Job): number => (progress.at === 'streaming' ? Infinity : progress.readyAtMs);

/** Where the finished file is. */
export const fileUrl = (origin: string, { entry, request }: Job): string =>
  `${origin}/audio/${entry.generationId}.${request.audioFormat}`;

/** In whole seconds, as in the vendor's examples. */
const iso = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+/, '');

/** A job as `POST /tts` and `GET /tts` show it; undefined for one that is lost. */
export function describeJob(job: Job, origin: string): Readonly<Record<string, unknown>> | undefined {
  const status = statusOf(job);
  if (status === 'lost') return undefined;
  const { entry, request } = job;
  const queued = status === 'IN_QUEUE';
  const done = status === 'COMPLETED' || status === 'FAILED' || status === 'EXPIRED';
  return {
    generation_id: entry.generationId,
    status: job.knobs.audixa?.status === 'lower' ? status.toLowerCase() : status,
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

/** What of a job is in the history: neither its text nor its error (vendor docs, history). */
const historyMembers = [
  'generation_id',
  'status',
  'voice_id',
  'voice_name',
  'model',
  'tokens',
  'dollar_cost',
  'method',
  'audio_url',
  'created_at',
];

/** A job as `GET /history` shows it. */
export const historyItem = (described: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(historyMembers.map((name) => [name, described[name]]));
