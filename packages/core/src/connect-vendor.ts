import { createKeyRedactor, type FailedExchange, type KeyRedactor, type SpeechError } from '@saystream/errors';

import { checkApiKey } from './access/api-key-browser.ts';
import { relayedUrl, vendorUrl, type VendorUrl } from './access/vendor-url.ts';
import {
  defaultRetry,
  defaultTimeouts,
  type ClientEvent,
  type ClientOptions,
  type DirectOptions,
  type RelayedOptions,
  type RetryOptions,
  type Timeouts,
} from './client-options.ts';
import { createHttp } from './http/create-http.ts';
import type { Http } from './http/http-call.ts';
import { redactExchange } from './http/redact-exchange.ts';
import { present } from './present.ts';
import { ofRelay } from './relay/of-relay.ts';
import { createRelayLink, type RelayLink } from './relay/relay-link.ts';
import { relayUrl } from './relay/relay-url.ts';
import { createAccount, type Account } from './retry/account-health.ts';
import { tellListener } from './tell-listener.ts';

/** What makes one vendor's API different from another's. */
export interface VendorDescription {
  /** The function to name in messages, such as `createAudixa`. */
  readonly owner: string;
  /** The environment variable that usually holds the key, such as `AUDIXA_API_KEY`. For messages. */
  readonly keyVariable?: string;
  /** `audixa`, `sauti` or `moknah`. */
  readonly vendor: string;
  /** The vendor's own origin. */
  readonly origin: string;
  /** The path that all endpoints share, such as `/v3`. */
  readonly apiPath: string;
  /** Shows the key to the vendor. */
  readonly headers: (apiKey: string) => Readonly<Record<string, string>>;
  /** Reads the vendor's error bodies. */
  readonly parseError: (exchange: FailedExchange) => SpeechError;
}

/** Everything that one client's calls share. */
export interface VendorConnection {
  /** Names the vendor in errors and events. */
  readonly vendor: string;
  /** Where the API is. Reading it throws a SpeechError for a relative relay where there is no page. */
  readonly url: VendorUrl;
  /** Time limits. */
  readonly timeouts: Timeouts;
  /** Retry limits. */
  readonly retry: RetryOptions;
  /** The account's health, whatever the transport. */
  readonly account: Account;
  /** Calls to the HTTP API. */
  readonly http: Http;
  /** Calls with other limits, of the same account. */
  readonly httpWith: (timeouts: Partial<Timeouts>, retry?: Partial<RetryOptions>) => Http;
  /** Tells the caller what happens. */
  readonly emit: (event: ClientEvent) => void;
  /** What gets calls past the relay; undefined when they go straight to the vendor. */
  readonly relay: RelayLink | undefined;
  /** Strikes the client's key out of a vendor's words. */
  readonly redact: KeyRedactor;
  /** Reads the vendor's error bodies, without the client's key. */
  readonly parseError: (exchange: FailedExchange) => SpeechError;
}

/** Defaults with overrides; an override that is `undefined` does not count. */
function limits<T extends object>(owner: string, name: string, defaults: T, overrides: Partial<T> = {}): T {
  const given = present(overrides);
  for (const [key, value] of Object.entries(given)) {
    // Not `value < 0`: that would let NaN pass.
    if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`${owner}: ${name}.${key} must be a number, 0 or more.`);
  }
  return { ...defaults, ...given };
}

/**
 * Checks the options of a client and makes what its calls share.
 *
 * @throws TypeError when there is neither a usable key nor a relay, or both; for a key in a browser without
 *   `dangerouslyAllowBrowser`; when `baseUrl` is no https URL (http for loopback); and for a limit that is no number
 */
export function connectVendor(options: ClientOptions, description: VendorDescription): VendorConnection {
  const { owner, vendor, apiPath } = description;
  if (options.relay && options.apiKey) throw new TypeError(`${owner}: a relay holds the key: give no apiKey.`);
  if (!options.relay) checkApiKey(owner, options, description.keyVariable);
  const relayAt = options.relay ? relayUrl(owner, vendor, options.relay) : undefined;
  const url = relayAt
    ? relayedUrl(() => `${relayAt()}/${vendor}${apiPath}`)
    : vendorUrl((options as DirectOptions).baseUrl ?? description.origin, apiPath);
  const timeouts = limits(owner, 'timeouts', defaultTimeouts, options.timeouts);
  const retry = limits(owner, 'retry', defaultRetry, options.retry);
  const account = createAccount(vendor, retry.breakerFailures);
  const emit = (event: ClientEvent) => {
    tellListener(options.onEvent, event);
  };
  const redact = createKeyRedactor(options.apiKey);
  const parseError: VendorConnection['parseError'] = (exchange) => description.parseError(redactExchange(exchange, redact));
  const shared = { vendor, redact, parseError, fetch: options.fetch, timeouts, retry, emit };
  const relay = relayAt
    ? createRelayLink({ ...shared, url: relayAt, headers: (options as RelayedOptions).relayHeaders })
    : undefined;
  const headers = options.apiKey ? description.headers(options.apiKey) : {};
  // The relay's link names the failures of its own routes itself.
  const named = relayAt ? (exchange: FailedExchange) => ofRelay(parseError(exchange), relayAt(), exchange.body) : parseError;
  const http = { ...shared, parseError: named, baseUrl: () => url.http, headers, account, relay };
  const httpWith: VendorConnection['httpWith'] = (otherTimeouts, otherRetry) =>
    createHttp({ ...http, timeouts: { ...timeouts, ...otherTimeouts }, retry: { ...retry, ...otherRetry } });
  return {
    vendor,
    url,
    timeouts,
    retry,
    account,
    http: createHttp(http),
    httpWith,
    emit,
    relay,
    redact,
    parseError,
  };
}
