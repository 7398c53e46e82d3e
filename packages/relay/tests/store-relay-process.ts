// A relay's HTTP half on a shared Redis, in a process of its own that can be killed. It tells its parent its address.
import { createClient } from 'redis';

import { createAccess } from '../src/access/create-access.ts';
import { checkRelayOptions } from '../src/check-relay-options.ts';
import { answerHttp } from '../src/http/answer-http.ts';
import { createMeter } from '../src/limits/create-meter.ts';
import type { RelayContext } from '../src/relay-context.ts';
import type { RelayLimits, RelayOptions } from '../src/relay-options.ts';
import { redisStore } from '../src/store/redis-store.ts';
import { serveFetch } from './serve-fetch.ts';

/** What the parent tells. */
export interface StoreRelaySettings {
  readonly redisUrl: string;
  readonly vendorUrl: string;
  readonly limits: Partial<RelayLimits>;
  /** How long the places and turns of a killed process stay taken. */
  readonly placeMs: number;
}

const [, , told = '{}'] = process.argv;
const { redisUrl, vendorUrl, limits, placeMs } = JSON.parse(told) as StoreRelaySettings;
const client = createClient({ url: redisUrl, disableOfflineQueue: true, socket: { reconnectStrategy: 50 } });
client.on('error', () => undefined);
await client.connect();
const account = { apiKey: 'the-vendor-key', baseUrl: vendorUrl };
const options: RelayOptions = {
  vendors: { audixa: account, moknah: account },
  origins: ['https://app.example'],
  authorize: (request) => ({ user: request.headers.get('x-user') ?? 'nobody' }),
  secrets: ['a secret that all processes know, 32 bytes'],
  store: redisStore(client),
  limits,
};
const checked = checkRelayOptions(options);
const context: RelayContext = {
  options,
  ...checked,
  access: createAccess(options, checked.limits, checked.store),
  meter: createMeter(checked.limits, checked.store, placeMs),
  emit: () => undefined,
  draining: new AbortController().signal,
  track: (work) => work,
};
const { url } = await serveFetch((request) => answerHttp(request, context, '192.0.2.1'));
process.on('disconnect', () => process.exit());
process.send?.({ url: `${url}/speech` });
