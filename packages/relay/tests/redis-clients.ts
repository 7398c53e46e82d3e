import { Cluster, Redis } from 'ioredis';
import * as redis6 from 'redis';
import * as redis5 from 'redis-5';

import type { RedisClient } from '../src/store/redis-client.ts';
import { sentinelName } from './redis-deployments.ts';

/** A client that is connected. */
interface ConnectedClient {
  readonly client: RedisClient;
  close(): void;
}

/** Connects to a deployment by its ports. */
type Connect = (ports: readonly number[]) => Promise<ConnectedClient>;

const host = '127.0.0.1';
const urlOf = (port = 0): string => `redis://${host}:${port}`;
const ignore = (): void => undefined;
const socket = { reconnectStrategy: 50, connectTimeout: 1_000 } as const;
/** Without an offline queue, a command fails at once while the connection is down. */
const options = { disableOfflineQueue: true, socket } as const;
const retryStrategy = (): number => 50;

/** A client of node-redis: its `connect`, its errors listened to, its `destroy`. */
async function connected(client: RedisClient & NodeRedis): Promise<ConnectedClient> {
  client.on('error', ignore);
  await client.connect();
  return { client, close: () => void client.destroy() };
}
interface NodeRedis {
  on(name: 'error', listen: () => void): unknown;
  connect(): Promise<unknown>;
  destroy(): unknown;
}

/** ioredis connects by itself. */
async function ready(client: Redis | Cluster): Promise<ConnectedClient> {
  client.on('error', ignore);
  if (client.status !== 'ready') await new Promise((resolve) => client.once('ready', resolve));
  return { client, close: () => client.disconnect() };
}

const rootNodes = (ports: readonly number[]) => ports.map((port) => ({ url: urlOf(port) }));
const sentinels = (ports: readonly number[]) => ports.map((port) => ({ host, port }));

/** Clients for one server; `{ slots: all }` alone makes them fit for a cluster too. */
export const plainClients: Readonly<Record<string, Connect>> = {
  'redis 6 client': ([port]) => connected(redis6.createClient({ url: urlOf(port), ...options })),
  'redis 5 client': ([port]) => connected(redis5.createClient({ url: urlOf(port), ...options })),
  'redis 5 pool': ([port]) => connected(redis5.createClientPool({ url: urlOf(port), ...options }, { minimum: 1, maximum: 4 })),
  'ioredis client': ([port]) => ready(new Redis(urlOf(port), { retryStrategy })),
};

export const clusterClients: Readonly<Record<string, Connect>> = {
  'redis 6 cluster': (ports) => connected(redis6.createCluster({ rootNodes: rootNodes(ports), defaults: options })),
  'redis 5 cluster': (ports) => connected(redis5.createCluster({ rootNodes: rootNodes(ports), defaults: options })),
  'ioredis cluster': (ports) => ready(new Cluster(sentinels(ports), { clusterRetryStrategy: retryStrategy })),
};

export const sentinelClients: Readonly<Record<string, Connect>> = {
  'redis 5 sentinel': (ports) =>
    connected(
      redis5.createSentinel({
        name: sentinelName,
        sentinelRootNodes: sentinels(ports),
        nodeClientOptions: { socket },
        scanInterval: 200,
      }),
    ),
  'ioredis sentinel': (ports) => ready(new Redis({ name: sentinelName, sentinels: sentinels(ports), retryStrategy })),
};
