import { createKeyRedactor } from '@saystream/errors';

import { readOrigin } from './access/read-origin.ts';
import { checkLimits } from './check-limits.ts';
import { isLoopback } from './http/is-loopback.ts';
import type { Upstream } from './relay-context.ts';
import type { RelayLimits, RelayOptions, RelayVendor, VendorAccount } from './relay-options.ts';
import { memoryStore } from './store/memory-store.ts';
import type { RelayStore } from './store/relay-store.ts';

const vendorFacts: Readonly<
  Record<RelayVendor, { origin: string; apiPath: string; headers: (key: string) => Readonly<Record<string, string>> }>
> = {
  audixa: { origin: 'https://api.audixa.ai', apiPath: '/v3', headers: (key) => ({ 'x-api-key': key }) },
  sauti: { origin: 'https://sauti.finiflowlabs.com', apiPath: '/v1', headers: (key) => ({ 'xi-api-key': key }) },
  moknah: { origin: 'https://moknah.io', apiPath: '/api/v1', headers: (key) => ({ authorization: `Bearer ${key}` }) },
};

/** What a relay is made of, checked. */
export interface CheckedOptions {
  /** As browsers write them. */
  readonly origins: readonly string[];
  readonly upstreams: Readonly<Partial<Record<RelayVendor, Upstream>>>;
  readonly limits: RelayLimits;
  readonly store: RelayStore;
}

const fail = (why: string): never => {
  throw new TypeError(`createRelay: ${why}`);
};

/** @throws TypeError for what a relay must not start with */
export function checkRelayOptions(options: RelayOptions): CheckedOptions {
  if (typeof options.authorize !== 'function') fail('authorize must be a function: it says who may speak at your expense.');
  if (!Array.isArray(options.origins) || options.origins.length === 0) {
    fail("origins must be a list of the pages that may speak, such as ['https://app.example'].");
  }
  const origins = options.origins.map(readOrigin);
  const upstreams: Partial<Record<RelayVendor, Upstream>> = {};
  for (const vendor of Object.keys(vendorFacts) as RelayVendor[]) {
    const account = options.vendors?.[vendor];
    if (account) upstreams[vendor] = upstreamOf(vendor, account);
  }
  if (Object.keys(upstreams).length === 0) fail('vendors must hold at least one account.');
  if (options.secrets && !options.secrets[0]) fail('secrets must begin with the current one.');
  for (const secret of options.secrets ?? []) {
    if (secret !== undefined && new TextEncoder().encode(secret).length < 32) fail('secrets must be 32 bytes or more each.');
  }
  return { origins, upstreams, limits: checkLimits(options.limits), store: options.store ?? memoryStore() };
}

/** A header carries nothing but printable ASCII, and a key file's last line break is easily read with the key. */
function checkKey(vendor: RelayVendor, apiKey: unknown): string {
  if (typeof apiKey === 'string' && /^[!-~]([ -~]*[!-~])?$/.test(apiKey)) return apiKey;
  const what = apiKey ? 'has a blank at an end, a line break or another character that no header can carry' : 'is missing';
  return fail(`vendors.${vendor}.apiKey ${what}. Check the environment variable ${vendor.toUpperCase()}_API_KEY.`);
}

function upstreamOf(vendor: RelayVendor, account: VendorAccount & { readonly slugs?: readonly string[] }): Upstream {
  const { origin, apiPath, headers } = vendorFacts[vendor];
  const apiKey = checkKey(vendor, account.apiKey);
  if (!URL.canParse(account.baseUrl ?? origin)) fail(`vendors.${vendor}.baseUrl must be an https URL, or http on loopback.`);
  const url = new URL(account.baseUrl ?? origin);
  const isLocal = /^(http|ws):$/.test(url.protocol) && isLoopback(url.hostname);
  if (!/^(https|wss):$/.test(url.protocol) && !isLocal) {
    fail(`vendors.${vendor}.baseUrl must be an https URL, or http on loopback.`);
  }
  const path = `${url.pathname}/`;
  const at = path.indexOf(`${apiPath}/`);
  let end = at < 0 ? path.length : at;
  // A loop: `/\/+$/` takes quadratic time for a long run of slashes.
  while (path[end - 1] === '/') end -= 1;
  const root = path.slice(0, end);
  const rest = `//${url.host}${root}${apiPath}`;
  return {
    vendor,
    http: `http${isLocal ? '' : 's'}:${rest}`,
    socket: `ws${isLocal ? '' : 's'}:${rest}`,
    apiKey,
    redact: createKeyRedactor(apiKey),
    headers: headers(apiKey),
    slugs: account.slugs ?? [],
  };
}
