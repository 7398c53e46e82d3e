import { onAbort } from './on-abort.ts';
import { startTimer } from './start-timer.ts';

/** Waits; rejects with the signal's reason as soon as it aborts. */
export function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopTimer = startTimer(delayMs, () => {
      unlisten();
      resolve();
    });
    const unlisten = onAbort(signal, (reason) => {
      stopTimer();
      reject(reason);
    });
  });
}
