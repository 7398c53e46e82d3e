import { epochMs } from '../ledger.ts';
import { knobsOfKey } from '../scenario-key.ts';
import { answerOf } from './audixa-bodies.ts';
import type { Admission } from './audixa-context.ts';
import { createRateWindows } from './rate-window.ts';

/** Decides about a key: what it stands for, and whether its scenario refuses this request. Counts by key. */
export function createAdmission(): (apiKey: string) => Admission {
  const requests = new Map<string, number>();
  const rateOf = createRateWindows();
  return (apiKey) => {
    const knobs = knobsOfKey(apiKey);
    const rate = rateOf(apiKey, epochMs());
    const { refuse } = knobs ?? {};
    if (!refuse) return { apiKey, knobs, refusal: undefined, rate };
    const count = (requests.get(apiKey) ?? 0) + 1;
    requests.set(apiKey, count);
    return { apiKey, knobs, refusal: count <= refuse.times ? answerOf(refuse.status) : undefined, rate };
  };
}
