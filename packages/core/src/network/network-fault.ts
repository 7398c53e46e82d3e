import type { SpeechErrorFacts } from '@saystream/errors';

import type { CallMistake } from '../http/call-mistake.ts';

/** What a runtime tells about a request that failed below HTTP. */
export interface NetworkFault {
  /** The system's or the runtime's code, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. Browsers show none. */
  readonly code?: string | undefined;
  /** There was no connection yet: nothing of the request was sent. */
  readonly neverSent?: boolean;
  /** What to tell about a certificate that was refused. Absent for other faults. */
  readonly untrusted?: Pick<SpeechErrorFacts, 'message' | 'advice' | 'retryable'>;
}

/** Reads the fault out of what `fetch` or a socket threw. */
export type ReadNetworkFault = (thrown: unknown) => NetworkFault;

/** The caller's mistake in what `fetch` threw: `fetch` could not use the arguments. Undefined for any other fault. */
export type ReadCallMistake = (thrown: unknown, vendor: string) => CallMistake | undefined;

/** The facts of an `unreachable` error for what `fetch` threw; undefined when that is no fault of the network, or none that shows. */
export type WhyUnreachable = (thrown: unknown) => Partial<SpeechErrorFacts> | undefined;
