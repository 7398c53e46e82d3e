import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createClient } from 'redis';

/** A Redis of a test's own: no password, loopback alone. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  connect(): Promise<ReturnType<typeof createClient>>;
  /** Kills it without a word and starts it again at the same port, with the files it had. */
  restart(): Promise<void>;
  /** Ends it, and deletes its files. */
  stop(): Promise<void>;
}

/** What differs between the servers of the tests. */
export interface TestRedisOptions {
  readonly server?: string | undefined;
  /** For a server that comes back. Default a free one. */
  readonly port?: number;
  /** Further lines of its configuration, such as `['cluster-enabled yes']`. */
  readonly config?: readonly string[];
  readonly isSentinel?: boolean;
}

/** The server that tools/find-redis.mjs found; undefined where there is none. */
const redisServer = process.env['SAYSTREAM_REDIS_SERVER'];

/**
 * Finds a free port from 12,000 to 21,999. It is below the ports that systems give to outgoing connections: a client that
 * keeps dialling such a port while its server is gone can connect to itself. A cluster also uses the port plus 10,000.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

const usual = ['bind 127.0.0.1', 'save ""', 'appendonly no'];

/** Sentinels and nodes of a cluster write into their configuration, so each server has a folder of its own. */
async function run(server: string, folder: string, { isSentinel = false }: TestRedisOptions): Promise<ChildProcess> {
  const child = spawn(server, [join(folder, 'redis.conf'), ...(isSentinel ? ['--sentinel'] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const line of child.stdout) {
    said += String(line);
    if (!/Ready to accept connections|Sentinel ID is/.test(said)) continue;
    child.stdout.resume();
    return child;
  }
  throw new Error(`The Redis server did not start: ${said}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Starts a server, and waits until it accepts connections. */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const { server = redisServer, port = await freePort(), config = [] } = options;
  if (!server) throw new Error('SAYSTREAM_REDIS_SERVER names no redis-server.');
  const folder = await mkdtemp(join(tmpdir(), 'saystream-redis-'));
  const lines = [`port ${port}`, `dir ${folder}`, ...(options.isSentinel ? ['bind 127.0.0.1'] : usual), ...config];
  await writeFile(join(folder, 'redis.conf'), `${lines.join('\n')}\n`);
  let child = await run(server, folder, options);
  const url = `redis://127.0.0.1:${port}`;
  const clients: ReturnType<typeof createClient>[] = [];
  return {
    url,
    port,
    get process() {
      return child;
    },
    async connect() {
      const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: 50, connectTimeout: 1_000 } });
      client.on('error', () => undefined);
      clients.push(client as never);
      await client.connect();
      return client as never;
    },
    async restart() {
      await end(child);
      child = await run(server, folder, options);
    },
    async stop() {
      for (const client of clients) client.destroy();
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
