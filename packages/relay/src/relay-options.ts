import type { RelayStore } from './store/relay-store.ts';

/** The vendors a relay can speak for. */
export type RelayVendor = 'audixa' | 'sauti' | 'moknah';

/** One vendor's account. */
export interface VendorAccount {
  /** The vendor's secret key. It goes to the vendor and nowhere else. Without it `createRelay` throws a TypeError. */
  readonly apiKey?: string | undefined;
  /** The vendor's origin or anything under it. Default: the vendor's own. `http:` only for loopback. */
  readonly baseUrl?: string;
}

/** Audixa's account. */
export interface AudixaAccount extends VendorAccount {
  /** Custom endpoints that pages may use. Default none. */
  readonly slugs?: readonly string[];
}

/** Whom the app let in. */
export interface RelayUser {
  /** Names the user in limits and tokens: an id, not a name or an address. 1–200 characters. */
  readonly user: string;
  /** Voices this user may use; default all. */
  readonly voices?: readonly string[];
  /** Most characters in one request of this user; default `limits.charactersPerRequest`. */
  readonly maxChars?: number;
}

/** So many characters in a window of time. */
export interface CharacterLimit {
  /** Characters (UTF-16 code units). */
  readonly characters: number;
  /** Length of the window, in milliseconds. */
  readonly windowMs: number;
}

/** What one relay, together with all that share its store, lets through. There is no endless one. */
export interface RelayLimits {
  /** Most characters in one request. Default 5,000. */
  readonly charactersPerRequest: number;
  /** Default 20,000 an hour. */
  readonly charactersPerUser: CharacterLimit;
  /** Default 1,000,000 a day. */
  readonly charactersTotal: CharacterLimit;
  /** Streams and paid requests at a time. Default 2. */
  readonly streamsPerUser: number;
  /** Default 10. */
  readonly streamsPerIp: number;
  /** Default 500. */
  readonly streamsTotal: number;
  /** Sockets and tokens one address may ask for in a minute. Default 120. */
  readonly connectsPerIpPerMinute: number;
  /** HTTP requests of one user that one process works on at a time, downloads among them. Default 16. */
  readonly readsPerUser: number;
  /** The same from one network. Default 64. */
  readonly readsPerIp: number;
  /** The same of all. Default 256. */
  readonly readsTotal: number;
  /** HTTP requests of one user in a minute. Each page of Audixa's history that is searched counts. Default 1,200. */
  readonly requestsPerUserPerMinute: number;
  /** The same from one network. Default 6,000. */
  readonly requestsPerIpPerMinute: number;
  /** The same of all. Default 60,000. */
  readonly requestsTotalPerMinute: number;
  /** Longest wait in the line of Moknah or SAUTI, in milliseconds. Default 30,000. */
  readonly queueWaitMs: number;
  /** SAUTI's own limit for all of the account. Default 10. */
  readonly sautiPerMinute: number;
  /** How long `authorize` may take, in milliseconds. Default 10,000. */
  readonly authorizeMs: number;
  /** Until a socket's request must have come, in milliseconds. Default 5,000. */
  readonly requestMs: number;
  /** Longest silence of a vendor, in milliseconds. Default 60,000. */
  readonly idleMs: number;
  /** Longest life of a stream, in milliseconds. Default 600,000. */
  readonly lifeMs: number;
  /** How long a page may take nothing while an answer or audio waits for it, in milliseconds. Default 30,000. */
  readonly slowReaderMs: number;
  /** Between two pings, in milliseconds; two missed ones end a socket. Default 20,000. */
  readonly heartbeatMs: number;
}

/** Something a relay tells its operator. Never holds a key, a token, a text or a URL. */
export interface RelayEvent {
  /** What happened. */
  readonly type: 'token' | 'stream' | 'request' | 'refused' | 'fault';
  /** Whose request it was, as `authorize` named them. */
  readonly user?: string;
  /** The vendor concerned. */
  readonly vendor?: RelayVendor;
  /** The code of the refusal (`docs/relay-protocol.md`), the close code or the status. */
  readonly code?: string | number;
  /** The origin that was refused, with `wrong_origin`; add it to `origins` if it is yours. At most 200 characters. */
  readonly origin?: string;
  /** How long it took, in milliseconds. */
  readonly durationMs?: number;
  /** Characters of text. */
  readonly characters?: number;
  /** Bytes that went to the page. */
  readonly bytes?: number;
}

/** The accounts a relay speaks through. */
export interface RelayAccounts {
  /** Audixa's. */
  readonly audixa?: AudixaAccount;
  /** SAUTI's. */
  readonly sauti?: VendorAccount;
  /** Moknah's. */
  readonly moknah?: VendorAccount;
}

/** Options of `createRelay`. */
export interface RelayOptions {
  /** The accounts, by vendor. At least one. */
  readonly vendors: RelayAccounts;
  /**
   * Origins of the pages that may speak: `scheme://host` or `scheme://host:port`, such as `https://app.example`, `tauri://localhost` or
   * `chrome-extension://…`. Capitals, the default port and names in other scripts are normalised here, then compared exactly.
   */
  readonly origins: readonly string[];
  /**
   * Says who asks for a token, from cookies or headers, or null when nobody may. Called for each token; `ip` as limits see it.
   * What it throws is a fault (500) and told to nobody, except that a `fetch` of its own that failed or timed out is an
   * outage: 503 `authorize_down`. So is an answer that takes longer than `limits.authorizeMs`; `signal` is aborted then.
   */
  readonly authorize: (
    request: Request,
    info: { readonly ip: string; readonly signal: AbortSignal },
  ) => RelayUser | null | Promise<RelayUser | null>;
  /** Overrides of the default limits. */
  readonly limits?: Partial<RelayLimits>;
  /** Where limits and tokens in use are kept. Default `memoryStore()`, right for one process. */
  readonly store?: RelayStore;
  /**
   * Secrets that sign tokens, 32 bytes or more each, the current one first; the next is still accepted, for rotation. The
   * same on all processes. Default: a random one, right for one process.
   */
  readonly secrets?: readonly [current: string, previous?: string];
  /** Names this relay in tokens, so that those of another deployment with the same secrets are refused. Default `saystream-relay`. */
  readonly audience?: string;
  /** Serves requests without an `Origin` too: servers, apps, scripts. Default false. */
  readonly allowNonBrowser?: boolean;
  /** The client's address, for limits. Default: the socket's own, where the glue knows it; else one for all. */
  readonly clientIp?: (request: Request) => string | undefined;
  /** `proxy`: finished files are fetched by the relay. `pass`: pages get the vendor's own address. Default `proxy`. */
  readonly audioUrls?: 'proxy' | 'pass';
  /** Hosts, such as `cdn.example`, that finished files may come from. Default: any public one that the vendor names. */
  readonly fileHosts?: readonly string[];
  /** Told what happens. What it throws is ignored. */
  readonly onEvent?: (event: RelayEvent) => void;
}

/** The defaults of {@link RelayLimits}. */
export const defaultLimits: RelayLimits = {
  charactersPerRequest: 5_000,
  charactersPerUser: { characters: 20_000, windowMs: 3_600_000 },
  charactersTotal: { characters: 1_000_000, windowMs: 86_400_000 },
  streamsPerUser: 2,
  streamsPerIp: 10,
  streamsTotal: 500,
  connectsPerIpPerMinute: 120,
  readsPerUser: 16,
  readsPerIp: 64,
  readsTotal: 256,
  requestsPerUserPerMinute: 1_200,
  requestsPerIpPerMinute: 6_000,
  requestsTotalPerMinute: 60_000,
  queueWaitMs: 30_000,
  sautiPerMinute: 10,
  authorizeMs: 10_000,
  requestMs: 5_000,
  idleMs: 60_000,
  lifeMs: 600_000,
  slowReaderMs: 30_000,
  heartbeatMs: 20_000,
};
