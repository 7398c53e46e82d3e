import {
  connectVendor,
  createMinuteWindow,
  type ClientOptions,
  type Http,
  type Pace,
  type VendorConnection,
} from '@saystream/core';
import { parseSautiError } from '@saystream/errors';

/** Options of `createSauti`. `baseUrl` defaults to `https://sauti.finiflowlabs.com`. */
export type SautiOptions = ClientOptions;

/** Everything that one client's calls share. */
export interface SautiConnection extends VendorConnection {
  /** Like `http`, with the patience of a listener: `firstAudioMs` and `stallMs`. */
  readonly listenerHttp: Http;
  /** One window for each class of endpoints, per key (vendor docs, rate limits). */
  readonly pace: { readonly synthesis: Pace; readonly polling: Pace; readonly other: Pace };
}

/** Requests in a sliding minute, until the headers say otherwise (vendor docs, rate limits). */
const limits = { synthesis: 10, polling: 60, other: 30 } as const;

/** Checks the options. @throws TypeError */
export function connectSauti(options: SautiOptions): SautiConnection {
  const vendor = 'sauti';
  const connection = connectVendor(options, {
    owner: 'createSauti',
    keyVariable: 'SAUTI_API_KEY',
    vendor,
    origin: 'https://sauti.finiflowlabs.com',
    apiPath: '/v1',
    headers: (apiKey) => ({ 'xi-api-key': apiKey }),
    parseError: parseSautiError,
  });
  const { emit, timeouts, httpWith } = connection;
  const window = (limit: number) =>
    createMinuteWindow({ limit, onHeld: (delayMs) => emit({ type: 'held', vendor, by: 'minute', delayMs }) });
  return {
    ...connection,
    listenerHttp: httpWith({ headersMs: timeouts.firstAudioMs, bodyIdleMs: timeouts.stallMs }),
    pace: { synthesis: window(limits.synthesis), polling: window(limits.polling), other: window(limits.other) },
  };
}
