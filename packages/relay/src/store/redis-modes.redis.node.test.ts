import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { clusterClients, plainClients, sentinelClients } from '../../tests/redis-clients.ts';
import { saysSoon, startCluster, startPlain, startSentinel, type RedisDeployment } from '../../tests/redis-deployments.ts';
import { describeStore } from '../../tests/store-conformance.ts';
import { redisStore } from './redis-store.ts';
import type { RelayStore } from './relay-store.ts';

const modes = [
  ['one server', startPlain, plainClients],
  ['a cluster of one node', () => startCluster(1), { ...plainClients, ...clusterClients }],
  ['a cluster of two nodes', () => startCluster(2), clusterClients],
  ['Sentinel', startSentinel, sentinelClients],
] as const;

for (const [mode, start, clients] of modes) {
  describe.concurrent(`the store on ${mode}`, () => {
    let deployment: RedisDeployment;
    const stores = new Map<string, RelayStore>();
    const closes: (() => void)[] = [];
    beforeAll(async () => {
      deployment = await start();
      for (const [name, connect] of Object.entries(clients)) {
        const { client, close } = await connect(deployment.ports);
        closes.push(close);
        stores.set(name, redisStore(client, { prefix: `${name}:` }));
      }
    });
    afterAll(async () => {
      for (const close of closes) close();
      await deployment.stop();
    });
    for (const name of Object.keys(clients)) describeStore(`${mode}, ${name}`, () => stores.get(name)!);
  });
}

/** Asks until the store answers as before. */
const usable = (store: RelayStore) =>
  vi.waitFor(async () => expect(await isWhole(store)).toBe(true), { timeout: 30_000, interval: 100 });
let turns = 0;
async function isWhole(store: RelayStore): Promise<boolean> {
  const key = `whole-${(turns += 1)}`;
  try {
    const isFirst = await store.once(key, 60_000);
    await store.forget(key);
    const turn = await store.takeTurn(key, 'ticket', 'user', { slots: 1, ttlMs: 60_000 });
    await store.leaveLine(key, 'ticket');
    return isFirst && turn.granted && (await store.once(key, 60_000));
  } catch {
    return false;
  }
}

const restarted = [
  ['one server', startPlain, plainClients],
  ['a cluster of one node', () => startCluster(1), { ...plainClients, ...clusterClients }],
] as const;

for (const [mode, start, clients] of restarted) {
  for (const [name, connect] of Object.entries(clients)) {
    test.concurrent(`${mode}, ${name}: killed in mid-run, it refuses soon, and works when the server is back`, async ({
      onTestFinished,
    }) => {
      const deployment = await start();
      onTestFinished(() => deployment.stop());
      const { client, close } = await connect(deployment.ports);
      onTestFinished(close);
      const store = redisStore(client);
      await usable(store);
      const generation = await store.generation?.();
      const [server] = deployment.servers;
      server!.process.kill('SIGKILL');
      await vi.waitFor(() => expect(store.once('during', 60_000)).rejects.toThrow(/./), { timeout: 10_000, interval: 50 });
      const startedMs = performance.now();
      expect(await store.once('down', 60_000).catch(() => 'down')).toBe('down');
      expect(performance.now() - startedMs).toBeLessThan(3_000);
      await server!.restart();
      await usable(store);
      expect(await store.generation?.()).not.toBe(generation);
    });
  }
}

for (const [name, connect] of Object.entries(sentinelClients)) {
  test.concurrent(`Sentinel, ${name}: a replica takes over, the store goes on there, and older tokens are forgotten`, async ({
    onTestFinished,
  }) => {
    const deployment = await startSentinel();
    onTestFinished(() => deployment.stop());
    const { client, close } = await connect(deployment.ports);
    onTestFinished(close);
    const store = redisStore(client);
    await usable(store);
    const generation = await store.generation?.();
    const [primary, replica] = deployment.servers;
    primary!.process.kill('SIGKILL');
    const admin = await replica!.connect();
    await saysSoon(async () => String(await admin.sendCommand(['ROLE'])), 'master');
    await usable(store);
    expect(await store.generation?.()).not.toBe(generation);
  });
}
