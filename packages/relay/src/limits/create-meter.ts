import type { RelayLimits } from '../relay-options.ts';
import type { RelayStore } from '../store/relay-store.ts';
import type { Meter } from './meter.ts';

/** Makes the shared limits. */
export function createMeter(_limits: RelayLimits, _store: RelayStore): Meter {
  throw new Error('Not built yet.');
}
