import { onAbort } from '../timing/on-abort.ts';
import { startTimer } from '../timing/start-timer.ts';
import type { SlotHolder } from '../http/http-call.ts';

/** Options of `createSlotQueue`. */
export interface SlotQueueOptions {
  /** After an abort the vendor may still be at work: the slot counts as taken for so long, in milliseconds. */
  readonly holdMs: number;
  /** Told when somebody has to wait. */
  readonly onHeld: () => void;
}

/**
 * One slot, given in the order of asking. Whoever aborts while waiting leaves the queue at once.
 */
export function createSlotQueue({ holdMs, onHeld }: SlotQueueOptions): SlotHolder {
  const waiting = new Set<() => void>();
  let taken = false;

  function next(): void {
    taken = false;
    const [first] = waiting;
    first?.();
  }

  /** Gives the slot back, once, whatever it is called. */
  function take(): (how: { readonly settled: boolean }) => void {
    taken = true;
    let held = true;
    return ({ settled }) => {
      if (!held) return;
      held = false;
      if (settled) next();
      else startTimer(holdMs, next);
    };
  }

  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (!taken) return resolve(take());
        onHeld();
        const enter = () => {
          waiting.delete(enter);
          unlisten();
          resolve(take());
        };
        waiting.add(enter);
        const unlisten = onAbort(signal, (reason) => {
          waiting.delete(enter);
          reject(reason);
        });
      }),
  };
}
