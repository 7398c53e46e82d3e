import { createCallSignal } from './call-signal.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';

/** Whose call it is. */
export interface CallContext {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** Time limits. */
  readonly timeouts: { readonly totalMs: number };
  /** Whether something may have been paid for; by default yes. */
  readonly isInDoubt?: () => boolean;
}

/**
 * Runs a call that consists of several requests and waits, under one signal and one total limit.
 *
 * @throws SpeechError, whatever ended it: a request, a wait that was aborted, the total limit
 */
export async function withinCall<T>(
  { vendor, timeouts, isInDoubt = () => true }: CallContext,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal, remainingMs: () => number) => Promise<T>,
): Promise<T> {
  const { signal, remainingMs, release } = createCallSignal(vendor, timeouts.totalMs, caller);
  try {
    return await work(signal, remainingMs);
  } catch (thrown) {
    // What a request throws knows whether it was paid; what a wait throws comes after one that was.
    throw speechErrorFromHttp(thrown, { vendor, signal, paid: isInDoubt() });
  } finally {
    release();
  }
}
