import type { SpeechError } from '@saystream/errors';

import { watchQueue } from '../relay/watch-queue.ts';
import { provablyRefused } from '../retry/retry-policy.ts';
import { withRetries } from '../retry/with-retries.ts';
import { CallMistake } from './call-mistake.ts';
import type { Http, HttpOptions } from './http-call.ts';
import { rebilled } from './once-accepted.ts';
import { isOurs, sendOnce } from './send-once.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';
import { withinCall } from './within-call.ts';

/** Refusals at the relay's door, before it looks whether it knows the request. */
const isDoorRefusal = ({ status }: SpeechError): boolean => status === 401 || status === 403;

/**
 * An HTTP client on ky. ky makes the request and watches until the headers; the retry policy, the watch over the body
 * and the reading of errors are ours, because ky's stop at the headers, may sleep for as long as a server asks, and
 * keep the URL and the key in what they throw.
 */
export const createHttp = (options: HttpOptions): Http => ({
  request(asked, read) {
    const { relay } = options;
    // The relay sends a request with the same key to the vendor once, so a lost answer may be asked for again.
    const idempotencyKey = relay && asked.paid && isOurs(asked) ? crypto.randomUUID() : undefined;
    const call = idempotencyKey ? { ...asked, headers: { ...asked.headers, 'idempotency-key': idempotencyKey } } : asked;
    // In doubt: a paid request was sent, and nothing proves yet that it was refused.
    let inDoubt = false;
    let isAnswered = false;
    // An earlier try of this call was lost: what refuses a later one proves nothing for it.
    let isOneLost = false;
    const setDoubt = (is = false) => {
      inDoubt = is;
      call.onDoubt?.(is);
    };
    const isInDoubt = () => inDoubt;
    return withinCall({ ...options, isInDoubt }, call.signal, async (signal, remainingMs) => {
      const explain = (thrown: unknown) => {
        if (thrown instanceof CallMistake) throw thrown;
        const error = speechErrorFromHttp(thrown, { vendor: options.vendor, signal, paid: inDoubt });
        isAnswered = error.status !== undefined;
        const mayRepeat = provablyRefused(error);
        if (isOneLost && (mayRepeat || isDoorRefusal(error))) {
          // The relay may still have the answer to the lost one: it can be asked for again.
          isAnswered = false;
          return rebilled(error, 'unknown');
        }
        if (mayRepeat) setDoubt();
        isOneLost ||= inDoubt && !isAnswered;
        return error;
      };
      const once = () => {
        setDoubt(call.paid);
        return sendOnce(options, call, read, signal);
      };
      const before = async () => {
        if (isOurs(call)) await relay?.session(signal);
        await call.pace?.before(signal);
      };
      const giveBack = await call.slots?.take(signal);
      const watching = new AbortController();
      if (relay && idempotencyKey) void watchQueue(relay, options, idempotencyKey, watching.signal);
      try {
        return await withRetries(options, {
          transport: 'http',
          isWatched: isOurs(call),
          signal,
          remainingMs,
          before,
          once,
          explain,
          isInDoubt: () => inDoubt && !(idempotencyKey && !isAnswered),
        });
      } finally {
        watching.abort();
        // Whoever leaves early leaves a vendor at work.
        giveBack?.({ settled: !inDoubt || !signal.aborted });
      }
    });
  },
});
