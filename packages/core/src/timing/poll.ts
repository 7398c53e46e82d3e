import { sleep } from './sleep.ts';

const firstDelayMs = 1_000;
const longestDelayMs = 5_000;

/**
 * Asks at once, after 1 s, and then ever more seldom up to every 5 s, until there is an answer. No vendor wants to be
 * polled faster than once a second.
 *
 * @throws whatever `ask` throws, and the signal's reason when it aborts
 */
export async function poll<T>(ask: () => Promise<T | undefined>, signal: AbortSignal): Promise<T> {
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(longestDelayMs, delayMs * 1.5)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(delayMs, signal);
  }
}
