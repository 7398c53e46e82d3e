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

/** One exchange: ky sends the request and watches until the headers; from there on the watch is ours. */
async function exchange<T>(options: HttpOptions, call: HttpCall, read: ReadResponse<T>, signal: AbortSignal): Promise<T> {
  const { vendor, timeouts } = options;
  const ours = isOurs(call);
  const response = await ky(ours ? options.baseUrl + call.url : call.url, {
    method: call.method ?? (call.json === undefined ? 'get' : 'post'),
    ...(call.json !== undefined && { json: call.json }),
    ...(call.query && { searchParams: present(call.query) as Record<string, string | number> }),
    ...(ours && { headers: { ...options.headers, ...call.headers } }),
    ...(options.fetch && { fetch: options.fetch }),
    redirect: ours ? 'manual' : 'follow',
    retry: 0,
    signal,
    throwHttpErrors: false,
    timeout: kyTimeout(timeouts.headersMs),
  });
  call.pace?.after(response.headers);
  if (!response.ok) {
    // A redirect that was not followed: a 3xx in Node, a status of 0 in browsers.
    const redirect = new SpeechError({ kind: 'bad-response', vendor, message: 'The call was redirected.' });
    if (response.status < 400) throw redirect;
    const failed = await readFailure(response, timeouts.bodyIdleMs);
    // What came of an error's body by then may be misread.
    signal.throwIfAborted();
    throw options.parseError(failed);
  }
  return read(response, { idleMs: timeouts.bodyIdleMs, signal });
}

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
