import { memoryStore } from '../../store/memory-store.ts';
import { createProbe } from '../../store/probe-store.ts';
import { redisStore } from '../../store/redis-store.ts';
import type { RelayStore } from '../../store/relay-store.ts';

/** A store, and what else has to be closed. */
export interface OpenStore {
  readonly store: RelayStore;
  close(): void;
}

const connectMs = 5_000;
const pingMs = 10_000;
const longestPauseMs = 2_000;

/**
 * Opens memory, or Redis when there is an address. Runs every operation of Redis once.
 *
 * @param prefix begins every key in Redis. Default that of `redisStore`
 *
 * @param tell is told `down` and `up` when that changes
 * @throws Error, a sentence for the operator, without the address: it may hold a password
 */
export async function openStore(
  url: string | undefined,
  tell: (state: 'down' | 'up') => void,
  { prefix, load = () => import('redis') }: { prefix?: string | undefined; load?: () => Promise<typeof import('redis')> } = {},
): Promise<OpenStore> {
  if (url === undefined) return { store: memoryStore(), close: () => undefined };
  const { createClient } = await load().catch(() => {
    throw new Error('REDIS_URL is set, but the package redis is not installed: npm install redis');
  });
  let state: 'starting' | 'down' | 'up' = 'starting';
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: pingMs,
    socket: {
      connectTimeout: connectMs,
      reconnectStrategy: (tries) => (state === 'starting' ? false : Math.min(50 * 2 ** tries, longestPauseMs)),
    },
  });
  const change = (to: 'down' | 'up'): void => {
    if (state !== to && state !== 'starting') tell(to);
    if (state !== 'starting') state = to;
  };
  client.on('error', () => change('down'));
  client.on('ready', () => change('up'));
  const store = redisStore(client, prefix === undefined ? {} : { prefix });
  try {
    await client.connect();
    await createProbe(store)();
  } catch (error) {
    if (client.isOpen) client.destroy();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`REDIS_URL: the server cannot be used: ${code ?? message.replaceAll(url, '…')}`);
  }
  state = 'up';
  return { store, close: () => client.destroy() };
}
