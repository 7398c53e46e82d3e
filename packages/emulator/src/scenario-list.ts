import { keyOfScenario } from './scenario-key.ts';
import { scenarioGroups } from './scenario-table.ts';

/** A scenario, as people and pages are shown it. */
export interface Scenario {
  /** Its name, or the pattern of its names: `<…>` stands for a number or a word, `[…]` for what may be left out. */
  readonly name: string;
  /** Which kind it is of, for people. */
  readonly group: string;
  /** What happens. */
  readonly description: string;
  /** The API key of the scenario, or of one out of its family. */
  readonly apiKey: string;
}

/** Every scenario. */
export const scenarioList: readonly Scenario[] = scenarioGroups.flatMap(({ title, rows }) =>
  rows.map(({ name, description, example }) => ({ name, group: title, description, apiKey: keyOfScenario(example) })),
);
