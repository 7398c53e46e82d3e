import { afterAll, beforeAll, expect, test } from 'vitest';

import { askRelay, createRelays, mintAt, sayAt, startCountingVendor, type KillableRelay } from '../../tests/killed-relays.ts';
import { startRedis, type TestRedis } from '../../tests/redis-server.ts';
import { redisStore } from './redis-store.ts';
import type { RelayStore } from './relay-store.ts';

/** `pnpm trials` kills more. */
const kills = Number(process.env['SAYSTREAM_KILLS'] ?? 10);
const length = 20;
const window = { characters: 1_000_000, windowMs: 3_600_000 };
const limits = {
  streamsPerUser: 50,
  streamsPerIp: 500,
  connectsPerIpPerMinute: 1_000_000,
  queueWaitMs: 20_000,
  charactersPerUser: window,
  charactersTotal: window,
};
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const pick = (below: number): number => Math.floor(Math.random() * below);

let redis: TestRedis;
let store: RelayStore;
let vendor: Awaited<ReturnType<typeof startCountingVendor>>;
let relays: readonly KillableRelay[] = [];
beforeAll(async () => {
  redis = await startRedis();
  store = redisStore(await redis.connect());
  vendor = await startCountingVendor(() => 50 + pick(300));
  relays = await createRelays({ redisUrl: redis.url, vendorUrl: vendor.url, limits, placeMs: 1_500 }, 2);
});
afterAll(async () => {
  for (const relay of relays) relay.close();
  vendor.close();
  await redis.stop();
});

const used = async (): Promise<number> => {
  const { left } = await store.spend('characters:all', 0, window.characters, window.windowMs);
  return window.characters - left;
};
const isInLine = async (): Promise<boolean> => {
  const turn = await store.takeTurn('moknah', 'a look', 'nobody', { slots: 1, ttlMs: 5_000 });
  await store.leaveLine('moknah', 'a look');
  return !turn.granted;
};

test('of 100 uses at once of one token, over two processes, exactly one is let in', async () => {
  const token = await mintAt(relays[0]!.url(), 'ada', 'audixa');
  const uses = Array.from({ length: 100 }, (_, use) =>
    askRelay(relays[use % 2]!.url(), 'diagnose', { headers: { authorization: `Bearer ${token}` } }),
  );
  const statuses = (await Promise.all(uses)).map((answer) => answer?.status);
  expect(statuses.filter((status) => status === 204)).toHaveLength(1);
  expect(statuses.filter((status) => status === 401)).toHaveLength(99);
});

test(
  `two relays that are killed ${kills} times: never two requests at the vendor, no token twice, nothing said uncounted`,
  { timeout: 60_000 + kills * 4_000 },
  async () => {
    const usedBefore = await used();
    const tallies = { spoken: 0, used: 0, refused: 0, cut: 0 };
    const accepted = new Map<string, number>();
    let isOver = false;
    let tokens = 0;

    /** A page that shows each token to both relays in the same moment. */
    const page = async (user: string): Promise<void> => {
      while (!isOver) {
        const token = await mintAt(relays[pick(2)]!.url(), user);
        if (token === undefined) {
          await pass(20);
          continue;
        }
        const text = `text ${(tokens += 1)} `.padEnd(length, '.');
        const answers = await Promise.all(relays.map((relay) => sayAt(relay.url(), token, text)));
        for (const answer of answers) {
          if (!answer) tallies.cut += 1;
          else if (answer.status === 401) tallies.used += 1;
          else if (answer.status !== 200) tallies.refused += 1;
          else {
            tallies.spoken += 1;
            accepted.set(token, (accepted.get(token) ?? 0) + 1);
          }
        }
      }
    };
    const pages = Array.from({ length: 12 }, (_, n) => page(`user-${n % 4}`));
    for (let kill = 0; kill < kills; kill += 1) {
      await pass(50 + pick(250));
      // Every other one in the middle of a request, perhaps of its own.
      if (kill % 2) await expect.poll(() => vendor.counts.inFlight, { timeout: 10_000, interval: 5 }).toBe(1);
      await relays[pick(2)]!.kill();
    }
    isOver = true;
    await Promise.all(pages);
    await expect.poll(isInLine, { timeout: 20_000 }).toBe(false);

    expect(vendor.counts.mostInFlight).toBe(1);
    expect(new Set(vendor.texts).size).toBe(vendor.texts.length);
    expect([...accepted.values()].filter((count) => count > 1)).toEqual([]);
    expect(tallies.spoken).toBeGreaterThan(kills);
    // A process that is killed may have taken characters for what it never said, never the other way round.
    const taken = (await used()) - usedBefore;
    expect(taken).toBeGreaterThanOrEqual(vendor.texts.length * length);
    expect(taken).toBeLessThanOrEqual((vendor.texts.length + tallies.cut) * length);
    console.info(
      JSON.stringify({ kills, tokens, ...tallies, vendor: vendor.counts, overtaken: taken / length - vendor.texts.length }),
    );
  },
);

test('when nobody kills them any more, every request is said, once, and paid to the letter', async () => {
  const [before, texts] = [await used(), vendor.texts.length];
  const said = Array.from({ length: 20 }, async (_, n) => {
    const token = await mintAt(relays[n % 2]!.url(), `user-${n % 4}`);
    return sayAt(relays[(n >> 1) % 2]!.url(), token ?? '', `calm ${n} `.padEnd(length, '.'));
  });
  expect((await Promise.all(said)).map((answer) => answer?.status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(vendor.texts.length - texts).toBe(20);
  expect((await used()) - before).toBe(20 * length);
  expect(vendor.counts).toMatchObject({ inFlight: 0, mostInFlight: 1 });
});
