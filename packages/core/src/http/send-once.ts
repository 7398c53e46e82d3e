import { SpeechError } from '@saystream/errors';

import { present } from '../present.ts';
import { onAbort } from '../timing/on-abort.ts';
import { sleep } from '../timing/sleep.ts';
import { fetchHeaders } from './fetch-headers.ts';
import type { HttpCall, HttpOptions, ReadResponse } from './http-call.ts';
import { readFailure } from './read-failure.ts';
import { refusedByRelay } from './refused-by-relay.ts';

/** Whether it goes to the vendor's API, and with the key. */
export const isOurs = ({ url }: HttpCall): boolean => url.startsWith('/');

/** As long as the relay lets a paid request wait in the line of a vendor that has one, and a little more. */
const relayQueueMs = 32_000;
const isUnderWay = /still_running/;
/** The relay says when to ask again; this is for one that does not. */
const underWayMs = 1_000;

function addressOf(options: HttpOptions, call: HttpCall): string {
  const query = call.query && new URLSearchParams(present(call.query) as Record<string, string>).toString();
  const { baseUrl } = options;
  const base = () => (typeof baseUrl === 'string' ? baseUrl : baseUrl());
  return (isOurs(call) ? base() : '') + call.url + (query ? `?${query}` : '');
}

/** The text to be spoken, under the vendors' names for it: the parsers keep it out of errors. */
function sentTextOf({ json }: HttpCall): string | undefined {
  const { text, input = text } = (json ?? {}) as { readonly text?: unknown; readonly input?: unknown };
  return typeof input === 'string' ? input : undefined;
}

/** One exchange: ky watches until the headers; from there on the watch is ours. */
async function exchange<T>(
  options: HttpOptions,
  call: HttpCall,
  read: ReadResponse<T>,
  signal: AbortSignal,
  isSecondTry = false,
): Promise<T> {
  const { vendor, timeouts } = options;
  const ours = isOurs(call);
  const relay = ours ? options.relay : undefined;
  const bearer = relay && (await relay.session(signal));
  const body = call.json === undefined ? undefined : JSON.stringify(call.json);
  const response = await fetchHeaders(options.fetch, {
    vendor,
    url: addressOf(options, call),
    method: (call.method ?? (body === undefined ? 'get' : 'post')).toUpperCase(),
    headers: {
      ...(ours && { ...options.headers, ...call.headers, ...(bearer && { authorization: `Bearer ${bearer}` }) }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body,
    isOurs: ours,
    signal,
    headersMs: timeouts.headersMs + (relay && call.paid && (call.pace ?? call.slots) ? relayQueueMs : 0),
  });
  call.pace?.after(response.headers);
  if (response.ok) return read(response, { idleMs: timeouts.bodyIdleMs, signal, redact: options.redact });
  if (response.status < 400) throw redirected(vendor, response.status, relay ? 'relay' : 'baseUrl');
  // The relay's own words: no vendor's answer carries them past it.
  const isTokenRefused = bearer && /invalid_token/.test(response.headers.get('www-authenticate') ?? '');
  const failed = { ...(await readFailure(response, timeouts.bodyIdleMs)), sentText: sentTextOf(call) };
  // What came of an error's body by then may be misread.
  signal.throwIfAborted();
  if (isTokenRefused && !isSecondTry) {
    relay?.refused();
    return exchange(options, call, read, signal, true);
  }
  const error = options.parseError(failed);
  if (relay && error.status === 409 && isUnderWay.test(failed.body as string)) {
    // An earlier try of the same request is at work behind the relay. Waiting for it is no failed try, and costs nothing.
    await sleep(error.retryAfterMs ?? underWayMs, signal);
    return exchange(options, call, read, signal);
  }
  throw relay ? refusedByRelay(error, failed) : error;
}

/** A redirect that was not followed has a 3xx in Node, and a status of 0 in browsers, which hide the rest of it. */
const redirected = (vendor: string, status: number, option: string): SpeechError =>
  new SpeechError({
    kind: 'bad-response',
    vendor,
    ...(status >= 300 && { status }),
    message: `The call was redirected (${status}). Set ${option} to the final address.`,
  });

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
