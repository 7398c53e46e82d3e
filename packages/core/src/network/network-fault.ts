import type { SpeechErrorFacts } from '@saystream/errors';

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
