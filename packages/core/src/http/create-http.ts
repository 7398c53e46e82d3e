import { readFailedExchange, SpeechError, type FailedExchange } from '@saystream/errors';
import ky from 'ky';

import type { ClientEvent, RetryOptions, Timeouts } from '../client-options.ts';
import { retryDelayMs } from '../retry/retry-policy.ts';
import { sleep } from '../timing/sleep.ts';
import { createCallSignal } from './call-signal.ts';
import type { BodyLimits } from './read-body.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';

/** What an HTTP client needs to know of its vendor. */
export interface HttpOptions {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** Without a final slash. */
  readonly baseUrl: string;
  /** Sent with every call to `baseUrl`, and never to any other host. */
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the vendor's error bodies. */
  readonly parseError: (exchange: FailedExchange) => SpeechError;
  /** Replaces `globalThis.fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Time limits. */
  readonly timeouts: Timeouts;
  /** Retry limits. */
  readonly retry: RetryOptions;
  /** Told of each attempt and wait. */
  readonly emit: (event: ClientEvent) => void;
}

/** One call. */
export interface HttpCall {
  /** Begins with a slash and is added to `baseUrl`; or an absolute URL of a file, which is asked for without the key. */
  readonly url: string;
  /** Query parameters; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Makes it a POST with this JSON body. */
  readonly json?: unknown;
  /** Whether the vendor charges for it, so that it must not be sent twice by accident. Default false. */
  readonly paid?: boolean;
  /** Aborting it ends the call, in a wait as well. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads a successful response. A failure to read counts as a failed attempt. */
export type ReadResponse<T> = (response: Response, limits: Omit<BodyLimits, 'maxBytes'>) => Promise<T>;

/** Calls one vendor's HTTP API. */
export interface Http {
  /**
   * Makes the call, again where the retry policy allows it, and gives what `read` makes of the response.
   *
   * @throws SpeechError of any kind that a response, the network or a time limit can cause; `aborted` by the signal
   */
  request<T>(call: HttpCall, read: ReadResponse<T>): Promise<T>;
}

/** ky wants no timer at all rather than an endless one. */
const kyTimeout = (limitMs: number): number | false => (limitMs <= 2 ** 31 - 1 ? limitMs : false);

/**
 * An HTTP client on ky. ky makes the request and watches until the headers; the retry policy, the watch over the body
 * and the reading of errors are ours, because ky's stop at the headers, may sleep for as long as a server asks, and
 * keep the URL and the key in what they throw.
 */
export function createHttp(options: HttpOptions): Http {
  const { vendor, timeouts, retry, emit } = options;

  async function once<T>(call: HttpCall, read: ReadResponse<T>, signal: AbortSignal): Promise<T> {
    const ours = call.url.startsWith('/');
    const response = await ky(ours ? options.baseUrl + call.url : call.url, {
      method: call.json === undefined ? 'get' : 'post',
      ...(call.json !== undefined && { json: call.json }),
      ...(call.query && { searchParams: call.query }),
      ...(ours && { headers: options.headers }),
      ...(options.fetch && { fetch: options.fetch }),
      redirect: ours ? 'manual' : 'follow',
      retry: 0,
      signal,
      throwHttpErrors: false,
      timeout: kyTimeout(timeouts.headersMs),
    });
    if (!response.ok) {
      // A redirect that was not followed: a 3xx in Node, a status of 0 in browsers.
      const redirect = new SpeechError({ kind: 'bad-response', vendor, message: 'The call was redirected.' });
      throw response.status < 400 ? redirect : options.parseError(await readFailedExchange(response));
    }
    return read(response, { idleMs: timeouts.bodyIdleMs, signal });
  }

  async function attempts<T>(call: HttpCall, read: ReadResponse<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      emit({ type: 'attempt', vendor, transport: 'http', attempt });
      try {
        return await once(call, read, signal);
      } catch (thrown) {
        const error = speechErrorFromHttp(thrown, { vendor, signal, paid: call.paid ?? false });
        const delayMs = retryDelayMs({ error, attempt, paid: call.paid ?? false }, retry);
        if (delayMs === undefined) throw error;
        emit({ type: 'wait', vendor, delayMs, because: error.kind });
        await sleep(delayMs, signal);
      }
    }
  }

  return {
    async request(call, read) {
      const { signal, release } = createCallSignal(vendor, timeouts.totalMs, call.signal);
      try {
        return await attempts(call, read, signal);
      } catch (thrown) {
        throw speechErrorFromHttp(thrown, { vendor, signal, paid: call.paid ?? false });
      } finally {
        release();
      }
    },
  };
}
