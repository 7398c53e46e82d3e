import type { ScenarioRow } from '../scenario-row.ts';

/** What can be set of the emulated Moknah alone. */
export interface MoknahKnobs {
  readonly placeholder?: never;
}

/** Scenarios of Moknah alone. Their names begin with `moknah-`. */
export const moknahScenarios: readonly ScenarioRow[] = [];
