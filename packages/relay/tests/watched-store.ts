import { memoryStore } from '../src/store/memory-store.ts';
import type { RelayStore } from '../src/store/relay-store.ts';

/** A memory store that can be made to fail or to hang, and tells what was asked of it. */
export interface WatchedStore extends RelayStore {
  readonly asked: { readonly name: string; readonly args: readonly unknown[] }[];
  /** Called before each operation: what it throws, or how long it takes, becomes of the operation. */
  before: (name: string, args: readonly unknown[]) => void | Promise<void>;
}

/** Makes one. */
export function watchedStore(inner: RelayStore = memoryStore()): WatchedStore {
  const asked: WatchedStore['asked'] = [];
  const watched = { asked, before: () => undefined } as unknown as WatchedStore;
  for (const name of Object.keys(inner) as (keyof RelayStore)[]) {
    const operation = inner[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(watched, {
      [name]: async (...args: unknown[]) => {
        asked.push({ name, args });
        await watched.before(name, args);
        return operation(...args);
      },
    });
  }
  return watched;
}
