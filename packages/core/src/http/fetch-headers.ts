import { callMistakeIn } from '#isomorphic-network-fault';
import { SpeechError } from '@saystream/errors';

import { onAbort } from '../timing/on-abort.ts';
import { longestTimerMs } from '../timing/start-timer.ts';
import { CallMistake } from './call-mistake.ts';
import { followRedirects, followToFile, parseUrl, type SendRequest } from './follow-redirects.ts';
import { kyOnAnyPage } from './ky-on-any-page.ts';

/** One request as it is sent. */
export interface WireRequest {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** The whole address. */
  readonly url: string;
  /** In capitals. */
  readonly method: string;
  /** Names and values. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string | undefined;
  /** It goes to the API and carries the key: no other origin may get it, and no cache may answer it. */
  readonly isOurs: boolean;
  /** Until the headers, redirects included, in milliseconds. */
  readonly headersMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Whether this platform's `fetch` takes a member of `init`: some servers' refuse what only a browser can do. */
export const fetchTakes = (member: string): boolean =>
  'document' in globalThis || member in ((globalThis.Request as { prototype?: object } | undefined)?.prototype ?? {});

/**
 * Returns the headers with names in lower case and trimmed values. What is wrong with the arguments is the caller's mistake;
 * a file's address comes from the vendor.
 */
function checkedHeaders({ vendor, url, headers, isOurs }: WireRequest): Record<string, string> {
  if (!parseUrl(url)) {
    if (isOurs) throw new CallMistake(`${vendor}: baseUrl or relay makes no valid address of a request.`);
    throw new SpeechError({ kind: 'bad-response', vendor, message: 'The address of the file is not a URL.' });
  }
  try {
    return Object.fromEntries(new Headers(headers));
  } catch {
    // What `Headers` throws is not kept: it quotes the value, which may be the key.
    throw new CallMistake(`${vendor}: a header, such as the one with apiKey, holds characters that HTTP forbids.`);
  }
}

/** Calls the option, or the platform's `fetch`, as a plain function; ends with the signal even where that ignores it. */
const sendWith =
  (fetch: typeof globalThis.fetch | undefined, vendor: string): SendRequest =>
  (url, init) => {
    let unlisten: (() => void) | undefined;
    return new Promise<Response>((resolve, reject) => {
      unlisten = onAbort(init.signal ?? undefined, reject);
      const call = fetch ?? globalThis.fetch;
      call(url, init).then(resolve, (thrown: unknown) => reject(callMistakeIn(thrown, vendor) ?? thrown));
    }).finally(unlisten);
  };

/**
 * Sends a request, and resolves at the response's headers. ky watches the time until then. It makes a `Request`, which
 * not every `fetch` takes: `fetch` is called with the address and a plain `init`.
 *
 * @throws CallMistake; ky's TimeoutError; whatever `fetch` throws; the signal's reason
 */
export async function fetchHeaders(fetch: typeof globalThis.fetch | undefined, wire: WireRequest): Promise<Response> {
  const { vendor, url, method, body, isOurs, headersMs, signal } = wire;
  const send = sendWith(fetch, vendor);
  const init: RequestInit = {
    method,
    signal,
    headers: checkedHeaders(wire),
    ...(body !== undefined && { body }),
    // Frameworks remember answers to GETs: a job that is polled would stay as it was.
    ...(isOurs && fetchTakes('cache') && { cache: 'no-store' as const }),
  };
  const sendFile = async () => {
    const response = await followToFile(send, url, init);
    if (response) return response;
    const message = 'The address of the file redirects to one that may not be fetched.';
    throw new SpeechError({ kind: 'bad-response', vendor, message });
  };
  return kyOnAnyPage(url, {
    retry: 0,
    throwHttpErrors: false,
    timeout: headersMs <= longestTimerMs ? headersMs : false,
    // ky knows only the address: its request is not sent.
    fetch: () => (isOurs ? followRedirects(send, url, init) : sendFile()),
  });
}
