import type { RelayStore } from './relay-store.ts';

const probeMs = 5_000;
const value = new Uint8Array([1]);

/**
 * Makes a function that runs every operation of a store once, on keys of its own, and rejects when one of them fails or
 * answers wrongly. Calls at the same time share one run.
 */
export function createProbe(store: RelayStore): () => Promise<void> {
  const key = `probe:${crypto.randomUUID()}`;
  let running: Promise<void> | undefined;
  return () =>
    (running ??= probe(store, key).finally(() => {
      running = undefined;
    }));
}

async function probe(store: RelayStore, key: string): Promise<void> {
  const rule = { slots: 1, ttlMs: probeMs };
  const operations: readonly (readonly [name: keyof RelayStore, isRight: () => Promise<boolean>])[] = [
    ['forget', async () => (await store.forget(key)) === undefined],
    ['once', () => store.once(key, probeMs)],
    ['put', async () => (await store.put(key, value, probeMs)) === undefined],
    ['get', async () => (await store.get(key))?.[0] === value[0]],
    ['spend', async () => (await store.spend(key, 1, 1_000_000, probeMs)).taken],
    ['lease', () => store.lease(key, 'probe', 1, probeMs)],
    ['release', async () => (await store.release(key, 'probe')) === undefined],
    ['takeTurn', async () => (await store.takeTurn(key, 'probe', 'probe', rule)).granted],
    ['leaveLine', async () => (await store.leaveLine(key, 'probe')) === undefined],
    ['generation', async () => !store.generation || (await store.generation()) !== ''],
  ];
  for (const [name, isRight] of operations) {
    if (!(await isRight())) throw new Error(`The store's ${name} gave a wrong answer.`);
  }
}
