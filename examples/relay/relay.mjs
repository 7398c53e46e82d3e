// The relay itself, the same in every example here.
import { createRelay, redisStore } from '@saystream/relay';

const { AUDIXA_API_KEY, AUDIXA_BASE_URL, SAUTI_API_KEY, SAUTI_BASE_URL, PAGE_ORIGIN, RELAY_SECRET, REDIS_URL } = process.env;

/** One process needs none of this: without a store, limits are kept in memory. */
async function connectStore(url) {
  const { createClient } = await import('redis');
  const client = createClient({ url, disableOfflineQueue: true });
  client.on('error', (error) => console.error('redis:', error.message));
  return redisStore(await client.connect());
}

export const relay = createRelay({
  vendors: {
    audixa: { apiKey: AUDIXA_API_KEY, baseUrl: AUDIXA_BASE_URL }, // leave baseUrl out for the vendor's own
    sauti: { apiKey: SAUTI_API_KEY, baseUrl: SAUTI_BASE_URL },
  },
  origins: [PAGE_ORIGIN],
  // Your own login: who asks, or null. Here a cookie stands for it.
  authorize: (request) => (request.headers.get('cookie')?.includes('session=amina') ? { user: 'amina' } : null),
  ...(REDIS_URL && { store: await connectStore(REDIS_URL), secrets: [RELAY_SECRET] }),
});
