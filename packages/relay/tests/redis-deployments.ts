import { expect, vi } from 'vitest';

import { startRedis, type TestRedis } from './redis-server.ts';

/** Servers that belong together. */
export interface RedisDeployment {
  /** The servers that hold data. */
  readonly servers: readonly TestRedis[];
  /** Where clients begin: the servers, or the sentinels. */
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

export const sentinelName = 'mymaster';

/** Waits for a part of an answer, in hooks too. */
export const saysSoon = (ask: () => Promise<string>, part: string): Promise<void> =>
  vi.waitFor(async () => expect(await ask()).toContain(part), { timeout: 30_000, interval: 50 });

/** One server. */
export async function startPlain(): Promise<RedisDeployment> {
  const server = await startRedis();
  return { servers: [server], ports: [server.port], stop: () => server.stop() };
}

/** A cluster without replicas, whose nodes share the slots. */
export async function startCluster(nodes = 1): Promise<RedisDeployment> {
  const config = ['cluster-enabled yes', 'cluster-node-timeout 1000', 'cluster-announce-ip 127.0.0.1'];
  const servers = await Promise.all(Array.from({ length: nodes }, () => startRedis({ config })));
  const ports = servers.map(({ port }) => port);
  const clients = await Promise.all(servers.map((server) => server.connect()));
  const share = Math.ceil(16_384 / nodes);
  for (const [index, client] of clients.entries()) {
    const slots = Array.from({ length: 16_384 }, (_, slot) => slot).filter((slot) => Math.floor(slot / share) === index);
    await client.sendCommand(['CLUSTER', 'ADDSLOTS', ...slots.map(String)]);
    // Nodes with one epoch would have to settle it first.
    await client.sendCommand(['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)]);
    if (index > 0) await client.sendCommand(['CLUSTER', 'MEET', '127.0.0.1', String(ports[0])]);
  }
  for (const client of clients) {
    const stateOf = async () => String(await client.sendCommand(['CLUSTER', 'INFO']));
    await saysSoon(stateOf, 'cluster_state:ok');
    await saysSoon(stateOf, `cluster_known_nodes:${nodes}`);
  }
  return { servers, ports, stop: async () => void (await Promise.all(servers.map((server) => server.stop()))) };
}

/** A primary, a replica, and one sentinel that watches them and may decide alone. */
export async function startSentinel(): Promise<RedisDeployment> {
  const primary = await startRedis();
  const replica = await startRedis({ config: [`replicaof 127.0.0.1 ${primary.port}`, 'repl-diskless-sync-delay 0'] });
  const config = [
    `sentinel monitor ${sentinelName} 127.0.0.1 ${primary.port} 1`,
    `sentinel down-after-milliseconds ${sentinelName} 500`,
    `sentinel failover-timeout ${sentinelName} 3000`,
  ];
  const sentinel = await startRedis({ isSentinel: true, config });
  const client = await sentinel.connect();
  const stateOf = async () => JSON.stringify(await client.sendCommand(['SENTINEL', 'REPLICAS', sentinelName]));
  await saysSoon(stateOf, '"master-link-status":"ok"');
  return {
    servers: [primary, replica],
    ports: [sentinel.port],
    async stop() {
      await sentinel.stop();
      await Promise.all([primary.stop(), replica.stop()]);
    },
  };
}
