import { createCallSignal } from './call-signal.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';

/**
 * Runs a call that consists of several requests and waits, under one signal and one total limit.
 *
 * @throws SpeechError, whatever ended it: a request, a wait that was aborted, the total limit
 */
export async function withinCall<T>(
  { vendor, timeouts }: { readonly vendor: string; readonly timeouts: { readonly totalMs: number } },
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, release } = createCallSignal(vendor, timeouts.totalMs, caller);
  try {
    return await work(signal);
  } catch (thrown) {
    // What a request throws knows whether it was paid; what a wait throws comes after one that was.
    throw speechErrorFromHttp(thrown, { vendor, signal, paid: true });
  } finally {
    release();
  }
}
