import { mergeKnobs, type Knobs } from './scenario-knobs.ts';
import { scenarioTable } from './scenario-table.ts';

/** The key that behaves. */
export const plainKey = 'emulated';
const prefix = `${plainKey}-`;

function knobsOfPart(part: string): Knobs | undefined {
  for (const { pattern, knobs } of scenarioTable) {
    const match = pattern.exec(part);
    const found = match && knobs(match);
    if (found) return found;
  }
  return undefined;
}

/** The knobs of a name such as `frames-3~drop-midway`; undefined when a part of it is unknown. */
function knobsOfName(name: string): Knobs | undefined {
  let merged: Knobs = {};
  for (const part of name.split('~')) {
    const knobs = knobsOfPart(part);
    if (!knobs) return undefined;
    merged = mergeKnobs(merged, knobs);
  }
  return merged;
}

/** The knobs that a key stands for; undefined for a wrong key. */
export function knobsOfKey(key: string): Knobs | undefined {
  if (key === plainKey) return {};
  return key.startsWith(prefix) ? knobsOfName(key.slice(prefix.length)) : undefined;
}

/**
 * The API key that misbehaves as named.
 *
 * @throws RangeError for an unknown name; it lists the known ones
 */
export function keyOfScenario(name: string): string {
  if (knobsOfName(name)) return prefix + name;
  const known = scenarioTable.map((row) => row.name).join(', ');
  throw new RangeError(`There is no scenario ${JSON.stringify(name)}. Known, and joined with ~: ${known}`);
}
