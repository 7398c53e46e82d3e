import type { Answer } from '../http/answer.ts';
import type { CallFates } from '../http/call-fates.ts';
import type { VendorApi, VendorContext } from '../http/vendor-api.ts';
import type { Knobs } from '../scenario-knobs.ts';
import type { Jobs } from './audixa-jobs.ts';

/** What the emulated Audixa consists of. */
export interface AudixaContext extends VendorContext {
  readonly jobs: Jobs;
  /** What a scenario does to a call; handshakes count with the calls. */
  readonly fates: CallFates;
}

/** The streaming endpoint's share of the HTTP API: both have one account to show, and one limit. */
export interface AudixaAccount extends VendorApi {
  /** The answer that a limit of requests or jobs gives instead; undefined when there is room. Called before `accountHeaders`. */
  overLimit(apiKey: string, knobs: Knobs): Answer | undefined;
}
