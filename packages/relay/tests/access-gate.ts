import { createAccess } from '../src/access/create-access.ts';
import { defaultLimits, type RelayOptions } from '../src/relay-options.ts';
import { memoryStore } from '../src/store/memory-store.ts';
import { pageOrigin } from './whole-relay.ts';

export const secrets = ['s'.repeat(32)] as const;

/** The gate alone. */
export function gate(options: Partial<RelayOptions> = {}, store = memoryStore()) {
  const vendors = { audixa: { apiKey: 'k' }, moknah: { apiKey: 'k' } };
  const whole: RelayOptions = { vendors, origins: [pageOrigin], authorize: () => ({ user: 'ada' }), secrets, ...options };
  const access = createAccess(whole, { ...defaultLimits, ...options.limits }, store);
  const mint = async (body: object = {}) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ vendor: 'audixa', ...body }),
    };
    return access.mint(new Request('https://relay.example/token', init), pageOrigin, '');
  };
  const tokens = async (body: object = {}) => {
    const minted = await mint(body);
    if (!(minted instanceof Response)) throw new Error(minted.code);
    return (await minted.json()) as { token: string; session: string };
  };
  return { access, mint, tokens, options: whole, store };
}
/** How a bearer is shown over HTTP. */
export const http = { transport: 'http', origin: pageOrigin } as const;
