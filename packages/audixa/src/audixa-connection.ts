import {
  checkOptions,
  connectVendor,
  createPacer,
  parseUrl,
  type ClientOptions,
  type Http,
  type Pacer,
  type SocketConstructor,
  type VendorConnection,
} from '@saystream/core';
import { parseAudixaError, readAudioAddress } from '@saystream/errors';

import type { AudixaWireSettings } from './audixa-request.ts';

/** Options of `createAudixa`. `baseUrl` defaults to `https://api.audixa.ai`. */
export type AudixaOptions = ClientOptions & {
  /** Of a custom endpoint: jobs then go to `/v3/custom/{slug}`. Streams have none (vendor docs of early 2026). */
  readonly slug?: string;
};

/** Everything that one client's calls share. */
export interface AudixaConnection extends VendorConnection {
  /** The socket's address, without the key. */
  readonly socketUrl: string;
  /** The vendor's key, unless a relay holds it. It enters the socket's URL at the last moment: Audixa documents no other way. */
  readonly apiKey: string | undefined;
  /** Path of a custom endpoint, such as `/custom/mine`; empty when there is none. */
  readonly customPath: string;
  /** Like `http`, with the shorter patience of a listener who is waiting. */
  readonly recoveryHttp: Http;
  /** Replaces the platform's socket. */
  readonly WebSocket: SocketConstructor | undefined;
  /** The whole address of a finished file: the relay gives its own relative to itself (docs/relay-protocol.md). */
  readonly fileUrl: (audioUrl: string) => string;
  /** Whether finished files may come from a plain `http:` address: only when the API itself is on loopback. */
  readonly plainFiles: boolean;
  /** Until when streams go by jobs at once, by `performance.now()`, and why: the relay has no sockets. */
  readonly socketless: { untilMs: number; because: string };
  /** Lets polls through; all jobs of the account share it. */
  readonly pollTurn: Pacer;
  /** Generations that belong to a call already: none is adopted by another. */
  readonly claimed: Set<string>;
  /** Requests for jobs whose answer is still to come. */
  readonly asking: Set<AudixaWireSettings>;
}

/** Polls count as requests, and the smallest plan ever documented had 120 a minute. */
const pollGapMs = 500;

/** Checks the options. @throws TypeError */
export function connectAudixa(options: AudixaOptions): AudixaConnection {
  if (options.slug) checkOptions(options, { slug: 'id' }, 'createAudixa: ');
  const connection = connectVendor(options, {
    owner: 'createAudixa',
    keyVariable: 'AUDIXA_API_KEY',
    vendor: 'audixa',
    origin: 'https://api.audixa.ai',
    apiPath: '/v3',
    headers: (apiKey) => ({ 'x-api-key': apiKey }),
    parseError: parseAudixaError,
  });
  const { url, retry, timeouts, httpWith, relay } = connection;
  const { stallMs } = timeouts;
  return {
    ...connection,
    get socketUrl() {
      return `${url.socket}/tts/stream`;
    },
    apiKey: options.apiKey,
    customPath: options.slug ? `/custom/${encodeURIComponent(options.slug)}` : '',
    recoveryHttp: httpWith({ headersMs: stallMs, bodyIdleMs: stallMs }, { tries: Math.min(retry.tries, 2) }),
    WebSocket: options.WebSocket,
    fileUrl: (audioUrl) => (relay ? parseUrl(audioUrl, `${relay.url}/`)?.href : readAudioAddress(audioUrl)) ?? audioUrl,
    get plainFiles() {
      return url.http.startsWith('http:');
    },
    socketless: { untilMs: 0, because: '' },
    pollTurn: createPacer(pollGapMs),
    claimed: new Set(),
    asking: new Set(),
  };
}
