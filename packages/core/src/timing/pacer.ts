import { sleep } from './sleep.ts';

/** Waits for one's turn; rejects with the signal's reason when it aborts. */
export type Pacer = (signal: AbortSignal) => Promise<void>;

/** Lets callers through one by one, with at least `gapMs` between two of them: a budget that all of them share. */
export function createPacer(gapMs: number, now: () => number = () => performance.now()): Pacer {
  let nextMs = 0;
  return (signal) => {
    const nowMs = now();
    const turnMs = Math.max(nowMs, nextMs);
    nextMs = turnMs + gapMs;
    return sleep(turnMs - nowMs, signal);
  };
}
