import { expect, test } from 'vitest';

import { describeStore } from '../../tests/store-conformance.ts';
import { impatientStore } from './impatient-store.ts';
import { memoryStore } from './memory-store.ts';
import type { RelayStore } from './relay-store.ts';

describeStore('memory, watched', () => impatientStore(memoryStore()));

test('an operation that hangs rejects, and so does one that throws at once', async () => {
  const hanging = { ...memoryStore(), get: () => new Promise<never>(() => undefined) };
  await expect(impatientStore(hanging, 50).get('a')).rejects.toThrow('does not answer');
  const throwing: RelayStore = {
    ...memoryStore(),
    once() {
      throw new Error('down');
    },
  };
  await expect(impatientStore(throwing).once('a', 1)).rejects.toThrow('down');
});

test('a store that is an object of a class keeps its own state', async () => {
  class Store {
    kept = new Uint8Array([7]);
    get() {
      return Promise.resolve(this.kept);
    }
  }
  const store = Object.assign(new Store(), { ...memoryStore(), get: Store.prototype.get }) as unknown as RelayStore;
  expect(await impatientStore(store).get('a')).toEqual(new Uint8Array([7]));
});
