import type { RelayLimits, RelayOptions } from '../relay-options.ts';
import type { RelayStore } from '../store/relay-store.ts';
import type { Access } from './access.ts';

/** Makes what judges requests. */
export function createAccess(_options: RelayOptions, _limits: RelayLimits, _store: RelayStore): Access {
  throw new Error('Not built yet.');
}
