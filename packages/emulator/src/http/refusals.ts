import type { Knobs } from '../scenario-knobs.ts';

/** The status that the scenario of a key refuses this request with; undefined when it does not. Counts by key. */
export type Refusals = (apiKey: string, knobs: Knobs) => number | undefined;

/** Nothing is counted yet. Calls and handshakes of a key count together. */
export function createRefusals(): Refusals {
  const requests = new Map<string, number>();
  return (apiKey, { refuse }) => {
    if (!refuse) return undefined;
    const count = (requests.get(apiKey) ?? 0) + 1;
    requests.set(apiKey, count);
    return count <= refuse.times ? refuse.status : undefined;
  };
}
