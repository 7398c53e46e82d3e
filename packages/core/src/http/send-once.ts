import { SpeechError } from '@saystream/errors';
import ky from 'ky';

import { present } from '../present.ts';
import { onAbort } from '../timing/on-abort.ts';
import type { HttpCall, HttpOptions, ReadResponse } from './http-call.ts';
import { readFailure } from './read-failure.ts';

/** ky wants no timer at all rather than an endless one. */
const kyTimeout = (limitMs: number): number | false => (limitMs <= 2 ** 31 - 1 ? limitMs : false);

/** Whether it goes to the vendor's API, and with the key. */
export const isOurs = ({ url }: HttpCall): boolean => url.startsWith('/');

/** As long as the relay lets a paid request wait in the line of a vendor that has one, and a little more. */
const relayQueueMs = 32_000;
const isUnderWay = /still_running/;

/** One exchange: ky sends the request and watches until the headers; from there on the watch is ours. */
async function exchange<T>(
  options: HttpOptions,
  call: HttpCall,
  read: ReadResponse<T>,
  signal: AbortSignal,
  isSecondTry = false,
): Promise<T> {
  const { vendor, timeouts, baseUrl } = options;
  const ours = isOurs(call);
  const relay = ours ? options.relay : undefined;
  const bearer = relay && (await relay.session(signal));
  const response = await ky(ours ? (typeof baseUrl === 'string' ? baseUrl : baseUrl()) + call.url : call.url, {
    method: call.method ?? (call.json === undefined ? 'get' : 'post'),
    ...(call.json !== undefined && { json: call.json }),
    ...(call.query && { searchParams: present(call.query) as Record<string, string | number> }),
    ...(ours && { headers: { ...options.headers, ...call.headers, ...(bearer && { authorization: `Bearer ${bearer}` }) } }),
    ...(options.fetch && { fetch: options.fetch }),
    redirect: ours ? 'manual' : 'follow',
    retry: 0,
    signal,
    throwHttpErrors: false,
    timeout: kyTimeout(timeouts.headersMs + (relay && call.paid && (call.pace ?? call.slots) ? relayQueueMs : 0)),
  });
  call.pace?.after(response.headers);
  if (!response.ok) {
    // A redirect that was not followed: a 3xx in Node, a status of 0 in browsers.
    const redirect = new SpeechError({ kind: 'bad-response', vendor, message: 'The call was redirected.' });
    if (response.status < 400) throw redirect;
    // The relay's own words: no vendor's answer carries them past it.
    if (bearer && /invalid_token/.test(response.headers.get('www-authenticate') ?? '') && !isSecondTry) {
      void response.body?.cancel();
      relay.refused();
      return exchange(options, call, read, signal, true);
    }
    const failed = await readFailure(response, timeouts.bodyIdleMs);
    // What came of an error's body by then may be misread.
    signal.throwIfAborted();
    const error = options.parseError(failed);
    if (relay && error.status === 409 && isUnderWay.test(failed.body as string)) throw underWay(vendor, error.retryAfterMs);
    throw error;
  }
  return read(response, { idleMs: timeouts.bodyIdleMs, signal });
}

/** An earlier try of the same request is at work behind the relay: its answer can still be had. */
const underWay = (vendor: string, retryAfterMs?: number): SpeechError =>
  new SpeechError({ kind: 'timeout', vendor, message: 'The relay is still at work on it.', retryAfterMs });

/** Sends a request once. What failed is left for good. */
export function sendOnce<T>(options: HttpOptions, call: HttpCall, read: ReadResponse<T>, signal: AbortSignal): Promise<T> {
  const leaving = new AbortController();
  const leave = (reason: unknown) => leaving.abort(reason);
  const unlisten = onAbort(signal, leave);
  const result = exchange(options, call, read, leaving.signal);
  // To cancel a body is not enough in Firefox: requests for the same address then wait 20 s for it.
  result.catch(leave);
  return result.finally(unlisten);
}
