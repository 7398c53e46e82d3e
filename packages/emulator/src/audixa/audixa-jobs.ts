import { randomUUID } from 'node:crypto';

import { epochMs, tokensOf, type LedgerEntry } from '../ledger.ts';
import type { Knobs } from '../scenario-table.ts';
import type { SpokenRequest } from './audixa-request-rules.ts';

/** One generation, asked for over HTTP or over a socket. */
export interface Job {
  readonly entry: LedgerEntry;
  readonly request: SpokenRequest;
  readonly knobs: Knobs;
  readonly apiKey: string;
  samples: Float32Array;
  /** When the whole speech exists, in epoch milliseconds; Infinity while a stream is being sent. */
  readyAtMs: number;
  /** Whether the stream broke off; only then do `lost`, `fails` and `stuck` matter. */
  broke: boolean;
  /** How often the file was asked for. */
  fileRequests: number;
}

type Status = 'IN_QUEUE' | 'GENERATING' | 'COMPLETED' | 'FAILED' | 'lost';

/** A job whose stream broke is finished within this time (inferred: the vendor's pages do not say). */
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
      const entry: LedgerEntry = {
        vendor: 'audixa',
        generationId: `gen_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
        text: request.text,
        characters: request.text.length,
        tokens: tokensOf(request.text.length),
        voiceId: request.voiceId,
        model: request.model,
        transport,
        acceptedAtMs: epochMs(),
        samples: 0,
      };
      const job: Job = { entry, request, knobs, apiKey, samples: new Float32Array(0), readyAtMs: Infinity, broke: false, fileRequests: 0 };
      ledger.push(entry);
      jobs.set(entry.generationId, job);
      return job;
    },
    find: (generationId) => jobs.get(generationId),
  };
}

/** The stream of a job ended without `completed`: the job goes on without it. */
export function breakOff(job: Job): void {
  job.broke = true;
  job.readyAtMs = Math.min(job.readyAtMs, epochMs() + finishAfterBreakMs);
}

function statusOf(job: Job): Status {
  if (job.broke) {
    if (job.knobs.job === 'lost') return 'lost';
    if (job.knobs.job === 'stuck') return 'GENERATING';
    if (job.knobs.job === 'fails') return 'FAILED';
  }
  if (epochMs() >= job.readyAtMs) return 'COMPLETED';
  return epochMs() - job.entry.acceptedAtMs < queueMs ? 'IN_QUEUE' : 'GENERATING';
}

/** Where the finished file is. */
export const fileUrl = (origin: string, { entry, request }: Job): string => `${origin}/audio/${entry.generationId}.${request.audioFormat}`;

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** A job as `GET /tts` reports it; undefined for one that nobody knows any more. */
export function describeJob(job: Job, origin: string): object | undefined {
  const status = statusOf(job);
  if (status === 'lost') return undefined;
  const { entry, request } = job;
  const done = status === 'COMPLETED' || status === 'FAILED';
  return {
    generation_id: entry.generationId,
    status,
    input_text: entry.text,
    voice_id: entry.voiceId,
    voice_name: null,
    model: entry.model,
    tokens: entry.tokens,
    dollar_cost: entry.tokens * 0.000_001,
    method: status === 'IN_QUEUE' ? null : 'CREDITS_BALANCE',
    audio_url: status === 'COMPLETED' ? fileUrl(origin, job) : null,
    error_message: status === 'FAILED' ? 'The generation failed' : null,
    audio_format: request.audioFormat,
    created_at: iso(entry.acceptedAtMs),
    started_at: status === 'IN_QUEUE' ? null : iso(entry.acceptedAtMs + queueMs),
    completed_at: done ? iso(Math.min(job.readyAtMs, epochMs())) : null,
  };
}
