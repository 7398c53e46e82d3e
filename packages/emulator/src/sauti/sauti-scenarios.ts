import type { ScenarioRow } from '../scenario-row.ts';

/** What can be set of the emulated SAUTI alone. */
export interface SautiKnobs {
  readonly placeholder?: never;
}

/** Scenarios of SAUTI alone. Their names begin with `sauti-`. */
export const sautiScenarios: readonly ScenarioRow[] = [];
