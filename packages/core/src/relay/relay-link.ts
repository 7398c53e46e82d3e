import { SpeechError } from '@saystream/errors';

import type { RelayedOptions, RetryOptions } from '../client-options.ts';
import { createHttp } from '../http/create-http.ts';
import { fetchTakes } from '../http/fetch-headers.ts';
import type { HttpCall, HttpOptions } from '../http/http-call.ts';
import { readJson } from '../http/read-json.ts';
import { fieldsOf, numberOf, textOf } from '../json-fields.ts';
import { createAccount } from '../retry/account-health.ts';
import { noRelay, ofRelay } from './of-relay.ts';
import { onAbort } from '../timing/on-abort.ts';

/** How a client's calls get past the relay. */
export interface RelayLink {
  /** The relay's address, without a final slash. @throws SpeechError for a relative one where there is no page */
  readonly url: string;
  /** What HTTP calls show: one for many, renewed before it expires. @throws SpeechError; the signal's reason */
  session(signal: AbortSignal): Promise<string>;
  /** What one socket shows, for one use. @throws SpeechError; the signal's reason */
  token(signal: AbortSignal): Promise<string>;
  /** The longest text of one request that the relay lets through. @throws SpeechError; the signal's reason */
  readonly mostCharacters: (signal: AbortSignal) => Promise<number>;
  /** Forgets what the relay would not take. */
  refused(): void;
  /** Asks the relay itself. @throws SpeechError */
  ask(path: string, signal: AbortSignal): Promise<Record<string, unknown>>;
}

/** One answer of `POST /token` (docs/relay-protocol.md). */
interface Minted {
  /** Empty once it was given away: it is for one use. */
  token: string;
  readonly session: string;
  readonly mostCharacters: number;
  /** When each stops being shown: nothing should expire on its way, so the last tenth of its life is left. */
  readonly endsAtMs: { readonly token: number; readonly session: number };
}

/** What a link is made of. */
export interface RelayLinkOptions extends Omit<HttpOptions, 'baseUrl' | 'headers' | 'account' | 'relay'> {
  /** Gives the relay's address, without a final slash. */
  readonly url: () => string;
  /** What the app's own `authorize` wants to see, beside cookies. */
  readonly headers: RelayedOptions['relayHeaders'];
}

/** The default limit of a relay, for one that does not announce its own. */
const usualMostCharacters = 5_000;

/** Kinds of failure on the relay's own routes that a relay does not answer with. */
const notARelay: ReadonlySet<string> = new Set(['unreachable', 'bad-response', 'truncated']);

/** Makes what asks the relay's own routes. It names the relay in every failure. */
function askRelay(options: RelayLinkOptions): (call: HttpCall, retry?: RetryOptions) => Promise<Record<string, unknown>> {
  const { url, vendor, fetch } = options;
  const account = createAccount(vendor, options.retry.breakerFailures);
  return (call, retry = options.retry) =>
    createHttp({
      ...options,
      retry,
      baseUrl: url,
      headers: {},
      account,
      // The app knows its users by cookies, also where the relay is on another origin. Some servers' fetch has none.
      fetch: (input, init) =>
        (fetch ?? globalThis.fetch)(input, fetchTakes('credentials') ? { ...init, credentials: 'include' } : init),
      emit: () => undefined,
      parseError(exchange) {
        const error = options.parseError(exchange);
        const named = ofRelay(error, url(), exchange.body);
        return named === error ? noRelay(error, url()) : named;
      },
    })
      .request(call, async (response, limits) => fieldsOf(response.status === 204 || (await readJson(vendor, response, limits))))
      .catch((error: SpeechError) => {
        throw notARelay.has(error.kind) ? noRelay(error, url()) : error;
      });
}

/** Mints tokens when they are needed, one request at a time, and keeps what can be used again. */
export function createRelayLink(options: RelayLinkOptions): RelayLink {
  const { url, vendor, headers } = options;
  const askFor = askRelay(options);
  let minted: Minted | undefined;
  let minting: Promise<void> | undefined;

  async function mint(): Promise<void> {
    const answer = await askFor({ url: '/token', json: { vendor }, headers: (await headers?.()) ?? {} });
    const [token, session] = [textOf(answer['token']), textOf(answer['session'])];
    if (!token || !session) throw noRelay(new SpeechError({ kind: 'bad-response', vendor, message: 'No token.' }), url());
    const endsAtMs = (name: string) => performance.now() + (numberOf(answer[name]) ?? 0) * 900;
    const mostCharacters = numberOf(answer['max_chars']) ?? usualMostCharacters;
    minted = {
      token,
      session,
      mostCharacters,
      endsAtMs: { token: endsAtMs('expires_in'), session: endsAtMs('session_expires_in') },
    };
  }

  /** Whoever leaves early leaves the others waiting for the same answer. */
  const renewed = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const unlisten = onAbort(signal, reject);
      minting ??= mint().finally(() => (minting = undefined));
      minting.then(resolve, reject).finally(unlisten);
    });

  async function bearer(sort: 'token' | 'session', signal: AbortSignal): Promise<string> {
    for (let isFresh = false; ; isFresh = true) {
      const value = minted?.[sort];
      if (minted && value && (isFresh || performance.now() < minted.endsAtMs[sort])) {
        if (sort === 'token') minted.token = '';
        return value;
      }
      await renewed(signal);
    }
  }

  return {
    get url() {
      return url();
    },
    session: (signal) => bearer('session', signal),
    token: (signal) => bearer('token', signal),
    async mostCharacters(signal) {
      await bearer('session', signal);
      return minted?.mostCharacters ?? usualMostCharacters;
    },
    refused: () => (minted = undefined),
    async ask(path, signal) {
      const headers = { authorization: `Bearer ${await bearer('session', signal)}` };
      // Whoever asks has retries of their own.
      return askFor({ url: path, headers, signal }, { ...options.retry, tries: 1 });
    },
  };
}
