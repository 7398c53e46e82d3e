import { expect, test } from 'vitest';

import { memoryStore } from './memory-store.ts';
import { createProbe } from './probe-store.ts';

const operations = ['once', 'spend', 'lease', 'release', 'takeTurn', 'leaveLine', 'put', 'get', 'forget', 'generation'] as const;

test('a whole store passes again and again, and several times at once', async () => {
  const probe = createProbe(memoryStore());
  await expect(Promise.all([probe(), probe()])).resolves.toHaveLength(2);
  await expect(probe()).resolves.toBeUndefined();
});

for (const name of operations) {
  test(`a store whose ${name} fails does not pass, and passes when it works again`, async () => {
    let isBroken = true;
    const store = memoryStore();
    const operation = store[name]!.bind(store) as (...args: readonly unknown[]) => Promise<unknown>;
    const broken = async (...args: readonly unknown[]) => {
      if (isBroken) throw new Error('CROSSSLOT');
      return operation(...args);
    };
    const probe = createProbe({ ...store, [name]: broken });
    await expect(probe()).rejects.toThrow('CROSSSLOT');
    isBroken = false;
    await expect(probe()).resolves.toBeUndefined();
  });
}

test('a store that keeps nothing does not pass', async () => {
  await expect(createProbe({ ...memoryStore(), get: () => Promise.resolve(undefined) })()).rejects.toThrow("The store's get");
});
