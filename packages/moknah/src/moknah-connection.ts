import {
  connectVendor,
  createSlotQueue,
  type ClientOptions,
  type Http,
  type SlotHolder,
  type VendorConnection,
} from '@saystream/core';
import { parseMoknahError } from '@saystream/errors';

/** Options of `createMoknah`. `baseUrl` defaults to `https://moknah.io`. */
export type MoknahOptions = ClientOptions;

/** Everything that one client's calls share. */
export interface MoknahConnection extends VendorConnection {
  /** Like `http`, with the patience of a listener: `firstAudioMs` and `stallMs`. */
  readonly listenerHttp: Http;
  /** The account's only slot: a second request at the same time is refused with 409 (vendor docs, rate limits). */
  readonly slots: SlotHolder;
}

/** A request that was dropped may keep the vendor's slot for a while; how long is not documented. */
const holdMs = 1_000;

/** Checks the options. @throws TypeError */
export function connectMoknah(options: MoknahOptions): MoknahConnection {
  const vendor = 'moknah';
  const connection = connectVendor(options, {
    owner: 'createMoknah',
    keyVariable: 'MOKNAH_API_KEY',
    vendor,
    origin: 'https://moknah.io',
    apiPath: '/api/v1',
    headers: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
    parseError: parseMoknahError,
  });
  const { emit, timeouts, httpWith } = connection;
  return {
    ...connection,
    listenerHttp: httpWith({ headersMs: timeouts.firstAudioMs, bodyIdleMs: timeouts.stallMs }),
    slots: createSlotQueue({ holdMs, onHeld: () => emit({ type: 'held', vendor, by: 'slot' }) }),
  };
}
