import type { RelayStore } from './relay-store.ts';

/** Keeps everything in this process: right for one process, and lost with it. */
export function memoryStore(): RelayStore {
  throw new Error('Not built yet.');
}
