import type { Knobs } from '../scenario-knobs.ts';
import type { Answer } from './audixa-bodies.ts';
import type { Jobs } from './audixa-jobs.ts';
import type { RateWindow } from './rate-window.ts';

/** What the scenario of a key says about this request. */
export interface Admission {
  readonly apiKey: string;
  /** Undefined for a wrong key. */
  readonly knobs: Knobs | undefined;
  /** The answer instead of the real one. */
  readonly refusal: Answer | undefined;
  /** Where the key stands in its minute. */
  readonly rate: RateWindow;
}

/** What the emulated Audixa consists of. */
export interface AudixaContext {
  readonly jobs: Jobs;
  /** × real time, where a scenario does not say. */
  readonly rate: number;
  /** What a text sounds like. */
  readonly speak: (text: string) => Promise<Float32Array>;
  /** Looks up a key and counts the request. */
  readonly admit: (apiKey: string) => Admission;
}
