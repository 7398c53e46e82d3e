/** The largest delay that `setTimeout` keeps, in milliseconds. A larger one fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Calls back after a delay, and returns what stops the timer. A negative delay counts as 0, which Node would warn about;
 * one above `longestTimerMs` counts as that.
 */
export function startTimer(delayMs: number, passed: () => void): () => void {
  const timer = setTimeout(passed, Math.min(Math.max(0, Math.ceil(delayMs)), longestTimerMs));
  return () => clearTimeout(timer);
}
