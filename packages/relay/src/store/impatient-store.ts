import type { RelayStore } from './relay-store.ts';

/** Longer than a store may take, which rejects by itself then. */
const usualMs = 2_500;
const operations = ['once', 'spend', 'lease', 'release', 'takeTurn', 'leaveLine', 'put', 'get', 'forget'] as const;

/** The same store, but what hangs rejects: an app's own store must not make the relay hang. */
export function impatientStore(store: RelayStore, ms = usualMs): RelayStore {
  const soon = async (answer: Promise<unknown>): Promise<unknown> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The store does not answer.')), ms);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  const impatient: Partial<Record<string, unknown>> = { close: () => store.close() };
  for (const name of operations) {
    const operation = store[name].bind(store) as (...args: readonly unknown[]) => Promise<unknown>;
    // `async`: what throws at once rejects too.
    impatient[name] = async (...args: readonly unknown[]) => soon(operation(...args));
  }
  const generation = store.generation?.bind(store);
  if (generation) impatient['generation'] = async () => soon(generation());
  return impatient as unknown as RelayStore;
}
