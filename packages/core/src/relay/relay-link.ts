import { SpeechError } from '@saystream/errors';

import { createHttp } from '../http/create-http.ts';
import type { HttpOptions } from '../http/http-call.ts';
import { readJson } from '../http/read-json.ts';
import { fieldsOf, numberOf, textOf } from '../json-fields.ts';
import { createAccount } from '../retry/account-health.ts';
import { onAbort } from '../timing/on-abort.ts';

/** How a client's calls get past the relay. */
export interface RelayLink {
  /** The relay's address, without a final slash. */
  readonly url: string;
  /** What HTTP calls show: one for many, renewed before it expires. @throws SpeechError; the signal's reason */
  session(signal: AbortSignal): Promise<string>;
  /** What one socket shows, for one use. @throws SpeechError; the signal's reason */
  token(signal: AbortSignal): Promise<string>;
  /** Forgets what the relay would not take. */
  refused(bearer: string): void;
  /** Asks the relay itself. @throws SpeechError */
  ask(path: string, signal: AbortSignal): Promise<Record<string, unknown>>;
}

/** One answer of `POST /token` (docs/relay-protocol.md). */
interface Minted {
  readonly token: string;
  /** Whether it was given away: it is for one use. */
  readonly isUsed?: boolean;
  readonly tokenEndsAtMs: number;
  readonly session: string;
  readonly sessionEndsAtMs: number;
}

/** Nothing is shown that could expire on its way: the last tenth of its life is left. */
const usableShare = 0.9;

/** What a link is made of. */
export interface RelayLinkOptions extends Omit<HttpOptions, 'baseUrl' | 'headers' | 'account' | 'relay'> {
  /** The relay's address, without a final slash. */
  readonly url: string;
  /** What the app's own `authorize` wants to see, beside cookies. */
  readonly headers: (() => HeadersInit | Promise<HeadersInit>) | undefined;
}

/** Mints tokens when they are needed, one request at a time, and keeps what can be used again. */
export function createRelayLink(options: RelayLinkOptions): RelayLink {
  const { url, vendor, headers, fetch = globalThis.fetch.bind(globalThis) } = options;
  const http = createHttp({
    ...options,
    baseUrl: url,
    headers: {},
    account: createAccount(vendor, options.retry.breakerFailures),
    // The app knows its users by cookies, also where the relay is on another origin. Some servers' fetch has none.
    fetch: (input, init) => fetch(input, 'credentials' in Request.prototype ? { ...init, credentials: 'include' } : init),
    emit: () => undefined,
  });
  let minted: Minted | undefined;
  let minting: Promise<void> | undefined;

  async function mint(): Promise<void> {
    const own = Object.fromEntries(new Headers(await headers?.()));
    minted = await http.request({ url: '/token', json: { vendor }, headers: own }, async (response, limits) => {
      const answer = fieldsOf(await readJson(vendor, response, limits));
      const [token, session] = [textOf(answer['token']), textOf(answer['session'])];
      if (!token || !session) throw new SpeechError({ kind: 'bad-response', vendor, message: 'The relay gave no token.' });
      const endsAtMs = (seconds: unknown) => performance.now() + (numberOf(seconds) ?? 0) * 1000 * usableShare;
      return {
        token,
        tokenEndsAtMs: endsAtMs(answer['expires_in']),
        session,
        sessionEndsAtMs: endsAtMs(answer['session_expires_in']),
      };
    });
  }

  /** Whoever leaves early leaves the others waiting for the same answer. */
  const renewed = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const unlisten = onAbort(signal, reject);
      minting ??= mint().finally(() => (minting = undefined));
      minting.then(resolve, reject).finally(unlisten);
    });

  const link: RelayLink = {
    url,
    async session(signal) {
      if (!minted || performance.now() >= minted.sessionEndsAtMs) await renewed(signal);
      return minted?.session ?? '';
    },
    async token(signal) {
      for (let isFresh = false; ; isFresh = true) {
        if (minted && !minted.isUsed && (isFresh || performance.now() < minted.tokenEndsAtMs)) {
          minted = { ...minted, isUsed: true };
          return minted.token;
        }
        await renewed(signal);
      }
    },
    refused(bearer) {
      // Another call may have renewed it already.
      if (minted?.session === bearer || minted?.token === bearer) minted = undefined;
    },
    async ask(path, signal) {
      const authorization = `Bearer ${await link.session(signal)}`;
      return http.request({ url: path, headers: { authorization }, signal }, async (response, limits) =>
        response.status === 204 ? {} : fieldsOf(await readJson(vendor, response, limits)),
      );
    },
  };
  return link;
}
