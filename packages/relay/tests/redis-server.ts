import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { createClient } from 'redis';

/** A Redis of a test's own: no file, no password, loopback alone. */
export interface TestRedis {
  readonly url: string;
  readonly process: ChildProcess;
  connect(): Promise<ReturnType<typeof createClient>>;
  stop(): Promise<void>;
}

/** The server that tools/find-redis.mjs found; undefined where there is none. */
const redisServer = process.env['SAYSTREAM_REDIS_SERVER'];

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @param at the port, for a server that comes back; default a free one */
export async function startRedis(server = redisServer, at?: number): Promise<TestRedis> {
  if (!server) throw new Error('SAYSTREAM_REDIS_SERVER names no redis-server.');
  const port = at ?? (await freePort());
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'];
  const child = spawn(server, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of child.stdout) if (String(line).includes('Ready to accept connections')) break;
  child.stdout.resume();
  const url = `redis://127.0.0.1:${port}`;
  const clients: ReturnType<typeof createClient>[] = [];
  return {
    url,
    process: child,
    async connect() {
      const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: 50, connectTimeout: 1_000 } });
      client.on('error', () => undefined);
      clients.push(client as never);
      await client.connect();
      return client as never;
    },
    async stop() {
      for (const client of clients) client.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
