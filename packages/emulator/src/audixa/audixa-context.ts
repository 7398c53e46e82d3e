import type { VendorContext } from '../http/vendor-api.ts';
import type { Refusals } from '../http/refusals.ts';
import type { Jobs } from './audixa-jobs.ts';
import type { RateWindow } from './rate-window.ts';

/** What the emulated Audixa consists of. */
export interface AudixaContext extends VendorContext {
  readonly jobs: Jobs;
  /** Whether a scenario refuses a request; calls and handshakes count together. */
  readonly refusals: Refusals;
  /** Counts a request, and tells where its key stands in its minute. */
  readonly rateOf: (apiKey: string, nowMs: number) => RateWindow;
}
