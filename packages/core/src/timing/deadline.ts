import { startTimer } from './start-timer.ts';

/** A time limit that activity can push back. */
export interface Deadline {
  /** Something happened: the limit counts again from now. */
  touch(): void;
  /** The limit no longer matters. */
  cancel(): void;
}

/** A timer this late was held back by a blocked, hidden or sleeping page, and so were the events it waits for. */
const lateMs = 250;
const longestGraceMs = 1_000;

/**
 * Calls `onPassed` once `afterMs` has gone by without a touch. `Infinity` never passes.
 *
 * A touch costs one clock reading: the timer is re-armed only when it fires. When it fires late, whatever it waits for
 * may be queued behind it, so it grants one short grace before it judges.
 */
export function startDeadline(afterMs: number, onPassed: () => void, now: () => number = () => performance.now()): Deadline {
  let sinceMs = now();
  let graced = false;
  let stopTimer: (() => void) | undefined;

  const arm = (delayMs: number) => {
    stopTimer = startTimer(delayMs, check);
  };
  function check(): void {
    const overdueMs = now() - (sinceMs + afterMs);
    if (overdueMs < 0) return arm(-overdueMs);
    if (overdueMs > lateMs && !graced) {
      graced = true;
      return arm(Math.min(afterMs, longestGraceMs));
    }
    onPassed();
  }
  if (Number.isFinite(afterMs)) arm(afterMs);

  return {
    touch() {
      sinceMs = now();
      graced = false;
    },
    cancel() {
      stopTimer?.();
    },
  };
}
