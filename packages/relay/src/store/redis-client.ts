/** A client, a client pool or an adapter of your own: `createClient()` and `createClientPool()` of node-redis. */
interface NodeRedisClient {
  /** Sends one command, such as `['GET', 'key']`. */
  sendCommand(args: string[], options?: { abortSignal?: AbortSignal }): Promise<unknown>;
  /** Whether commands reach the server now. Absent: unknown. */
  readonly isReady?: boolean;
}

/**
 * `createCluster()` of node-redis. The types of a cluster and a sentinel leave `sendCommand` out: with three signatures in the
 * union, TypeScript could not infer the parameters of an adapter's `sendCommand`.
 */
interface NodeRedisCluster {
  readonly masters: unknown;
  readonly isReady?: boolean;
}

/** `createSentinel()` of node-redis. */
interface NodeRedisSentinel {
  getSentinelNode(): unknown;
  readonly isReady?: boolean;
}

type Abortable = Readonly<{ abortSignal: AbortSignal }>;
interface ClusterCommands {
  sendCommand(firstKey: string, isReadonly: boolean, args: string[], options: Abortable): Promise<unknown>;
}
interface SentinelCommands {
  sendCommand(isReadonly: boolean, args: string[], options: Abortable): Promise<unknown>;
}

/** `new Redis()`, with `sentinels` or without, and `new Cluster()` of ioredis. */
interface Ioredis {
  call(command: string, ...args: string[]): Promise<unknown>;
  readonly status: string;
}

/**
 * A client of Redis or Valkey: of the package `redis` (5 or later) a client, a pool, a cluster or a sentinel; of `ioredis`
 * (5 or later) a client or a cluster; or an object of your own with `sendCommand(args)`.
 */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | Ioredis;

/** Sends one command through a client of any shape. */
export interface RedisSender {
  /** @param key decides the node in a cluster. @param abortSignal removes a command that was not written yet */
  send(args: string[], key: string, abortSignal: AbortSignal): Promise<unknown>;
  /** Whether the client knows that it has no connection: a command would only be queued. */
  isDown(): boolean;
}

/** `wait`: ioredis with `lazyConnect`, which connects when the first command comes. */
const openStatuses = ['ready', 'wait'];

/** A row for each shape, the most specific one first. Every one of them has a `sendCommand`, with other parameters. */
const shapes: readonly ((client: RedisClient) => RedisSender | undefined)[] = [
  (client) =>
    'call' in client && typeof client.call === 'function'
      ? {
          send: ([command = '', ...args]) => client.call(command, ...args),
          isDown: () => !openStatuses.includes(client.status),
        }
      : undefined,
  (client) =>
    'masters' in client
      ? {
          send: (args, key, abortSignal) => (client as unknown as ClusterCommands).sendCommand(key, false, args, { abortSignal }),
          isDown: () => client.isReady === false,
        }
      : undefined,
  (client) =>
    'getSentinelNode' in client
      ? {
          send: (args, _, abortSignal) => (client as unknown as SentinelCommands).sendCommand(false, args, { abortSignal }),
          isDown: () => client.isReady === false,
        }
      : undefined,
  (client) =>
    'sendCommand' in client && typeof client.sendCommand === 'function'
      ? {
          send: (args, _, abortSignal) => client.sendCommand(args, { abortSignal }),
          isDown: () => client.isReady === false,
        }
      : undefined,
];

const advice =
  'redisStore: this client is not one of redis 5 or ioredis 5. Pass `await createClient({ url }).connect()` of redis, `new Redis(url)` ' +
  'of ioredis, or an adapter: redisStore({ sendCommand: (args) => yourClient.yourMethod(args) }).';

/** Returns how to send commands through `client`. @throws TypeError for a client of an unknown shape */
export function redisSender(client: RedisClient): RedisSender {
  if (typeof client === 'object' && client !== null) {
    for (const shape of shapes) {
      const sender = shape(client);
      if (sender) return sender;
    }
  }
  throw new TypeError(advice);
}
