import { createRelay, type Relay } from '@saystream/relay';

const { env } = process;
let made: Relay | undefined;

/** Made at its first request: `next build` imports this file and has neither keys nor the page's origin. */
export const relay = () =>
  (made ??= createRelay({
    vendors: { sauti: { apiKey: env.SAUTI_API_KEY ?? '', baseUrl: env.SAUTI_BASE_URL } },
    origins: [env.PAGE_ORIGIN ?? 'http://localhost:3000'],
    // Replace this by your own login: who asks, or null.
    authorize: () => ({ user: 'visitor' }),
  }));
