import { keyOfScenario } from './scenario-key.ts';
import { scenarioTable } from './scenario-table.ts';

/** A scenario, as people and pages are shown it. */
export interface Scenario {
  /** Its name, or the pattern of its names: `<…>` stands for a number or a word, `[…]` for what may be left out. */
  readonly name: string;
  /** What happens. */
  readonly description: string;
  /** The API key of the scenario, or of one out of its family. */
  readonly apiKey: string;
}

/** Every scenario. */
export const scenarioList: readonly Scenario[] = scenarioTable.map(({ name, description, example }) => ({
  name,
  description,
  apiKey: keyOfScenario(example),
}));
