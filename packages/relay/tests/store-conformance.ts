import { describe, expect, test } from 'vitest';

import type { RelayStore } from '../src/store/relay-store.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let names = 0;
const fresh = (): string => `k${(names += 1)}`;

/** What every store does. `make` gives the store under test; keys are new in each test. */
export function describeStore(name: string, make: () => RelayStore): void {
  describe(`${name}: once`, () => {
    test('is true for exactly one of a hundred callers, and again after its time', async () => {
      const [store, key] = [make(), fresh()];
      const answers = await Promise.all(Array.from({ length: 100 }, () => store.once(key, 300)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store.once(key, 300)).toBe(false);
      await pass(350);
      expect(await store.once(key, 300)).toBe(true);
    });

    test('can be forgotten', async () => {
      const [store, key] = [make(), fresh()];
      await store.once(key, 60_000);
      await store.forget(key);
      expect(await store.once(key, 60_000)).toBe(true);
    });
  });

  describe(`${name}: spend`, () => {
    test('takes until the window is full, and nothing in part', async () => {
      const [store, key] = [make(), fresh()];
      expect(await store.spend(key, 70, 100, 60_000)).toEqual({ taken: true, left: 30, retryAfterMs: 0 });
      const refused = await store.spend(key, 31, 100, 60_000);
      expect(refused).toMatchObject({ taken: false, left: 30 });
      expect(refused.retryAfterMs).toBeGreaterThan(50_000);
      expect(refused.retryAfterMs).toBeLessThanOrEqual(61_000);
      expect(await store.spend(key, 30, 100, 60_000)).toMatchObject({ taken: true, left: 0 });
    });

    test('never takes more than there is, however many ask at once', async () => {
      const [store, key] = [make(), fresh()];
      const answers = await Promise.all(Array.from({ length: 200 }, () => store.spend(key, 7, 100, 60_000)));
      expect(answers.filter(({ taken }) => taken)).toHaveLength(14);
    });

    test('gives back, but never more than was taken', async () => {
      const [store, key] = [make(), fresh()];
      await store.spend(key, 100, 100, 60_000);
      expect(await store.spend(key, -40, 100, 60_000)).toMatchObject({ taken: true, left: 40 });
      expect(await store.spend(key, 41, 100, 60_000)).toMatchObject({ taken: false });
      await store.spend(key, -1_000, 100, 60_000);
      expect(await store.spend(key, 101, 100, 60_000)).toMatchObject({ taken: false, left: 100 });
      expect(await store.spend(key, 100, 100, 60_000)).toMatchObject({ taken: true });
    });

    test('gives nothing for later: what was given back late is not missing from the next window', async () => {
      const [store, key] = [make(), fresh()];
      await store.spend(key, 100, 100, 600);
      await pass(400);
      await store.spend(key, -100, 100, 600);
      await store.spend(key, 0, 100, 600);
      await pass(300);
      expect(await store.spend(key, 101, 100, 600)).toMatchObject({ taken: false, left: 100 });
      expect(await store.spend(key, 100, 100, 600)).toMatchObject({ taken: true, left: 0 });
      expect(await store.spend(key, 1, 100, 600)).toMatchObject({ taken: false, left: 0 });
    });

    test('is exact however often is taken and given back', async () => {
      const [store, key] = [make(), fresh()];
      for (let turn = 0; turn < 200; turn += 1) {
        await store.spend(key, 5, 100, 60_000);
        await store.spend(key, -5, 100, 60_000);
        if (turn % 20 === 0) await store.spend(key, 3, 100, 60_000);
      }
      expect(await store.spend(key, 71, 100, 60_000)).toMatchObject({ taken: false, left: 70 });
      expect(await store.spend(key, 70, 100, 60_000)).toMatchObject({ taken: true, left: 0 });
    });

    test('frees what has left the window', async () => {
      const [store, key] = [make(), fresh()];
      await store.spend(key, 100, 100, 600);
      const { taken, retryAfterMs } = await store.spend(key, 1, 100, 600);
      expect(taken).toBe(false);
      await pass(retryAfterMs + 20);
      expect(await store.spend(key, 100, 100, 600)).toMatchObject({ taken: true });
    });
  });

  describe(`${name}: lease`, () => {
    test('holds as many as there are places, renews, and frees what was given back', async () => {
      const [store, key] = [make(), fresh()];
      expect(await store.lease(key, 'a', 2, 60_000)).toBe(true);
      expect(await store.lease(key, 'b', 2, 60_000)).toBe(true);
      expect(await store.lease(key, 'c', 2, 60_000)).toBe(false);
      expect(await store.lease(key, 'a', 2, 60_000)).toBe(true);
      await store.release(key, 'b');
      await store.release(key, 'nobody');
      expect(await store.lease(key, 'c', 2, 60_000)).toBe(true);
      expect(await store.lease(key, 'b', 2, 60_000)).toBe(false);
    });

    test('is free again when its holder is gone', async () => {
      const [store, key] = [make(), fresh()];
      await store.lease(key, 'killed', 1, 200);
      expect(await store.lease(key, 'next', 1, 200)).toBe(false);
      await pass(250);
      expect(await store.lease(key, 'next', 1, 200)).toBe(true);
    });
  });

  describeLine(name, make);

  describe(`${name}: values`, () => {
    test('are kept byte for byte, replaced, forgotten, and gone after their time', async () => {
      const [store, key] = [make(), fresh()];
      expect(await store.get(key)).toBeUndefined();
      const every = Uint8Array.from({ length: 100_003 }, (_, n) => (n * 7) % 256);
      await store.put(key, every, 60_000);
      expect(Array.from((await store.get(key))!.subarray(0, 300))).toEqual(Array.from(every.subarray(0, 300)));
      expect((await store.get(key))!.length).toBe(every.length);
      await store.put(key, bytes('short'), 200);
      expect(new TextDecoder().decode(await store.get(key))).toBe('short');
      await pass(250);
      expect(await store.get(key)).toBeUndefined();
      await store.put(key, new Uint8Array(0), 60_000);
      expect(await store.get(key)).toHaveLength(0);
      await store.forget(key);
      expect(await store.get(key)).toBeUndefined();
    });
  });
}

function describeLine(name: string, make: () => RelayStore): void {
  const slot = { slots: 1, ttlMs: 60_000 };

  describe(`${name}: a line`, () => {
    test('lets one through at a time, tells positions, and goes on when the slot is given back', async () => {
      const [store, line] = [make(), fresh()];
      const first = await store.takeTurn(line, 'a', 'u1', slot);
      expect(first).toMatchObject({ granted: true });
      expect(await store.takeTurn(line, 'b', 'u2', slot)).toEqual({ granted: false, position: 1 });
      expect(await store.takeTurn(line, 'c', 'u3', slot)).toEqual({ granted: false, position: 2 });
      expect(await store.takeTurn(line, 'a', 'u1', slot)).toEqual(first);
      await store.leaveLine(line, 'a');
      expect(await store.takeTurn(line, 'c', 'u3', slot)).toEqual({ granted: false, position: 2 });
      const second = await store.takeTurn(line, 'b', 'u2', slot);
      expect(second.granted && first.granted && second.fence > first.fence).toBe(true);
    });

    test('lets users take turns: who asks for little does not wait for who asks for much', async () => {
      const [store, line] = [make(), fresh()];
      await store.takeTurn(line, 'running', 'greedy', slot);
      for (let n = 0; n < 5; n += 1) await store.takeTurn(line, `greedy${n}`, 'greedy', slot);
      await store.takeTurn(line, 'modest0', 'modest', slot);
      await store.takeTurn(line, 'modest1', 'modest', slot);
      const served: string[] = [];
      const waiting = [
        ...Array.from({ length: 5 }, (_, n) => [`greedy${n}`, 'greedy']),
        ['modest0', 'modest'],
        ['modest1', 'modest'],
      ];
      await store.leaveLine(line, 'running');
      while (waiting.length > 0) {
        for (const [ticket = '', user = ''] of [...waiting]) {
          const turn = await store.takeTurn(line, ticket, user, slot);
          if (!turn.granted) continue;
          served.push(ticket);
          waiting.splice(
            waiting.findIndex(([each]) => each === ticket),
            1,
          );
          await store.leaveLine(line, ticket);
        }
      }
      expect(served.indexOf('modest0')).toBeLessThanOrEqual(1);
      expect(served.indexOf('modest1')).toBeLessThanOrEqual(3);
      expect(served.filter((ticket) => ticket.startsWith('greedy'))).toEqual([
        'greedy0',
        'greedy1',
        'greedy2',
        'greedy3',
        'greedy4',
      ]);
    });

    test('forgets a ticket that nobody asks about, and a slot that nobody renews', async () => {
      const [store, line] = [make(), fresh()];
      const short = { slots: 1, ttlMs: 300 };
      await store.takeTurn(line, 'killed while held', 'u', short);
      await store.takeTurn(line, 'killed while waiting', 'u', short);
      await pass(350);
      expect(await store.takeTurn(line, 'alive', 'v', short)).toMatchObject({ granted: true });
    });

    test('forgets a waiting ticket sooner than a slot, where that is the rule', async () => {
      const [store, line] = [make(), fresh()];
      const rule = { slots: 1, ttlMs: 60_000, waitMs: 200 };
      await store.takeTurn(line, 'held', 'u', rule);
      await store.takeTurn(line, 'killed while waiting', 'u', rule);
      await pass(250);
      expect(await store.takeTurn(line, 'alive', 'v', rule)).toEqual({ granted: false, position: 1 });
      expect(await store.takeTurn(line, 'held', 'u', rule)).toMatchObject({ granted: true });
    });

    test('keeps a slot that lingers until its time is over', async () => {
      const [store, line] = [make(), fresh()];
      await store.takeTurn(line, 'a', 'u', slot);
      await store.leaveLine(line, 'a', 300);
      expect(await store.takeTurn(line, 'b', 'v', slot)).toMatchObject({ granted: false, position: 1 });
      await pass(350);
      expect(await store.takeTurn(line, 'b', 'v', slot)).toMatchObject({ granted: true });
    });

    test('lets go of whoever leaves while waiting', async () => {
      const [store, line] = [make(), fresh()];
      await store.takeTurn(line, 'a', 'u', slot);
      await store.takeTurn(line, 'b', 'v', slot);
      await store.takeTurn(line, 'c', 'w', slot);
      await store.leaveLine(line, 'b');
      expect(await store.takeTurn(line, 'c', 'w', slot)).toEqual({ granted: false, position: 1 });
    });

    test('counts turns in any minute', async () => {
      const [store, line] = [make(), fresh()];
      const rule = { perMinute: 3, ttlMs: 60_000 };
      for (const ticket of ['a', 'b', 'c'])
        expect(await store.takeTurn(line, ticket, ticket, rule)).toMatchObject({ granted: true });
      expect(await store.takeTurn(line, 'd', 'd', rule)).toEqual({ granted: false, position: 1 });
      await store.leaveLine(line, 'a');
      expect(await store.takeTurn(line, 'd', 'd', rule)).toEqual({ granted: false, position: 1 });
    });
  });
}
