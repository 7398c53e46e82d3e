import { randomUUID } from 'node:crypto';

import type { SautiKnobs } from './sauti-scenarios.ts';
import type { SautiSynthesis } from './sauti-request-rules.ts';

/** A job of one key. Where it is follows from the clock. */
export interface SautiJob {
  readonly id: string;
  readonly apiKey: string;
  readonly synthesis: SautiSynthesis;
  readonly knobs: SautiKnobs;
  readonly createdMs: number;
  readonly runningFromMs: number;
  readonly doneMs: number;
  /** Downloads after it has succeeded. */
  downloads: number;
}

/** `gone` is no status but a 404. */
export type SautiJobStatus = 'queued' | 'running' | 'finalising' | 'succeeded' | 'failed' | 'gone';

const defaultQueuedMs = 50;

/** A new job. @param workMs how long the making takes where the scenario does not say */
export function createJob(
  synthesis: SautiSynthesis,
  { apiKey, knobs, nowMs, workMs }: { apiKey: string; knobs: SautiKnobs; nowMs: number; workMs: number },
): SautiJob {
  const runningFromMs = nowMs + (knobs.queuedMs ?? defaultQueuedMs);
  return {
    id: `job_${randomUUID().replaceAll('-', '').slice(0, 12)}`,
    apiKey,
    synthesis,
    knobs,
    createdMs: nowMs,
    runningFromMs,
    doneMs: runningFromMs + (knobs.runningMs ?? workMs),
    downloads: 0,
  };
}

/** Where a job is. */
export function statusOf({ knobs, runningFromMs, doneMs }: SautiJob, nowMs: number): SautiJobStatus {
  if (nowMs < runningFromMs) return 'queued';
  if (knobs.job === 'vanishes') return 'gone';
  if (nowMs < doneMs || knobs.job === 'stuck') return 'running';
  if (knobs.job === 'unknown-status' && nowMs < doneMs + 200) return 'finalising';
  return knobs.job === 'fails' ? 'failed' : 'succeeded';
}

/** In whole seconds, as in the vendor's samples. */
const iso = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+/, '');

/** A job as its status endpoint shows it. `completed_at` is on finished ones alone (vendor docs, jobs). */
export function describeJob(job: SautiJob, nowMs: number): object {
  const status = statusOf(job, nowMs);
  const finished = status === 'succeeded' || status === 'failed';
  return {
    job_id: job.id,
    status,
    created_at: iso(job.createdMs),
    ...(finished && { completed_at: iso(job.doneMs) }),
    // What a failed job adds is not documented.
    ...(status === 'failed' && { error: 'The synthesis failed.' }),
  };
}
