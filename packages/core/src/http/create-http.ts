import { provablyRefused } from '../retry/retry-policy.ts';
import { withRetries } from '../retry/with-retries.ts';
import type { Http, HttpOptions } from './http-call.ts';
import { isOurs, sendOnce } from './send-once.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';
import { withinCall } from './within-call.ts';

/**
 * An HTTP client on ky. ky makes the request and watches until the headers; the retry policy, the watch over the body
 * and the reading of errors are ours, because ky's stop at the headers, may sleep for as long as a server asks, and
 * keep the URL and the key in what they throw.
 */
export const createHttp = (options: HttpOptions): Http => ({
  request(call, read) {
    // In doubt: a paid request was sent, and nothing proves yet that it was refused.
    let inDoubt = false;
    const setDoubt = (is = false) => {
      inDoubt = is;
      call.onDoubt?.(is);
    };
    const isInDoubt = () => inDoubt;
    return withinCall({ ...options, isInDoubt }, call.signal, async (signal, remainingMs) => {
      const explain = (thrown: unknown) => {
        const error = speechErrorFromHttp(thrown, { vendor: options.vendor, signal, paid: inDoubt });
        if (provablyRefused(error)) setDoubt();
        return error;
      };
      const once = () => {
        setDoubt(call.paid);
        return sendOnce(options, call, read, signal);
      };
      const before = () => call.pace?.before(signal);
      const giveBack = await call.slots?.take(signal);
      try {
        return await withRetries(options, {
          transport: 'http',
          isWatched: isOurs(call),
          signal,
          remainingMs,
          before,
          once,
          explain,
          isInDoubt,
        });
      } finally {
        // Whoever leaves early leaves a vendor at work.
        giveBack?.({ settled: !inDoubt || !signal.aborted });
      }
    });
  },
});
