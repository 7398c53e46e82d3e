import { literal, numbered, type ScenarioRow } from '../scenario-row.ts';
import type { WavVariant } from '../wav-variants.ts';

/** What becomes of a job. Absent: it succeeds. */
type SautiJobFate = 'fails' | 'stuck' | 'vanishes' | 'unknown-status';
/** What is wrong with the sound of a short text. */
type SautiSoundFault = 'bad-base64' | 'cut' | 'absent' | 'not-wav';

/** What can be set of the emulated SAUTI alone. */
export interface SautiKnobs {
  /** How the file is stored. Default 16-bit at 16,000 Hz (inferred from the vendor's research pages). */
  readonly wavRate?: number;
  readonly encoding?: WavVariant['encoding'];
  readonly stereo?: boolean;
  readonly extraChunks?: boolean;
  /** Short texts become jobs, or long ones do not. */
  readonly path?: 'job' | 'direct';
  readonly job?: SautiJobFate;
  /** So many first downloads after success are 409. */
  readonly lateAudio?: number;
  readonly queuedMs?: number;
  readonly runningMs?: number;
  readonly sound?: SautiSoundFault;
  /** A 429 comes without Retry-After. */
  readonly noRetryAfter?: boolean;
  /** The minute is counted and shown, not enforced. */
  readonly noLimits?: boolean;
  /** Errors have the shape of FastAPI, which the vendor seems to use. */
  readonly fastApi?: boolean;
  /** Voices and lengths are checked before the shape of the body. */
  readonly valuesFirst?: boolean;
}

const set = (name: string, description: string, sauti: SautiKnobs): ScenarioRow =>
  literal(name, `SAUTI: ${description}`, { sauti });

/** Scenarios of SAUTI alone. Their names begin with `sauti-`. */
export const sautiScenarios: readonly ScenarioRow[] = [
  numbered('sauti-wav-<rate>', 22_050, 'SAUTI: the file has this rate.', (wavRate) => ({ sauti: { wavRate } }), 8_000),
  set('sauti-8bit', 'the file has 8 bits.', { encoding: 'int8' }),
  set('sauti-24bit', 'the file has 24 bits.', { encoding: 'int24' }),
  set('sauti-float32', 'the file has float32.', { encoding: 'float32' }),
  set('sauti-stereo', 'the file has two channels.', { stereo: true }),
  set('sauti-extra-chunks', 'other chunks come before the data, one of odd length.', { extraChunks: true }),
  set('sauti-job', 'short texts become jobs as well: 202.', { path: 'job' }),
  set('sauti-direct', 'long texts are answered at once as well: 200.', { path: 'direct' }),
  set('sauti-job-fails', 'the job ends failed; its download stays 409.', { path: 'job', job: 'fails' }),
  set('sauti-job-stuck', 'the job runs for ever.', { path: 'job', job: 'stuck' }),
  set('sauti-job-vanishes', 'the job is 404 as soon as it should run.', { path: 'job', job: 'vanishes' }),
  set('sauti-job-unknown-status', 'the job says “finalising” before it succeeds.', { path: 'job', job: 'unknown-status' }),
  set('sauti-late-audio', 'the first download after success is 409.', { path: 'job', lateAudio: 1 }),
  numbered('sauti-queued-<ms>', 300, 'SAUTI: jobs are queued for so long.', (queuedMs) => ({ sauti: { queuedMs } })),
  numbered('sauti-running-<ms>', 300, 'SAUTI: jobs run for so long.', (runningMs) => ({ sauti: { runningMs } })),
  set('sauti-bad-base64', 'the sound is no base64.', { sound: 'bad-base64' }),
  set('sauti-cut-base64', 'half of the sound is missing.', { sound: 'cut' }),
  set('sauti-no-audio', 'the answer has no sound.', { sound: 'absent' }),
  set('sauti-not-wav', 'the sound is a web page.', { sound: 'not-wav' }),
  set('sauti-no-retry-after', 'a 429 comes without Retry-After.', { noRetryAfter: true }),
  set('sauti-no-limits', 'the minute is counted and shown, not enforced.', { noLimits: true }),
  set('sauti-fastapi-errors', '404 and 422 have the shape of FastAPI.', { fastApi: true }),
  set('sauti-values-first', 'voices and lengths are checked before unknown members.', { valuesFirst: true }),
];
