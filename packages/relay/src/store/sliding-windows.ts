import type { Spent } from './relay-store.ts';

/** What was taken from a window, oldest first. */
interface Window {
  takings: { readonly amount: number; readonly atMs: number }[];
  readonly windowMs: number;
}

/** Amounts per sliding window, in this process. */
export class SlidingWindows {
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** As `RelayStore.spend`. */
  spend(key: string, amount: number, limit: number, windowMs: number): Spent {
    const window = this.#windows.get(key) ?? { takings: [], windowMs };
    this.#windows.set(key, window);
    this.#forgetOld(window);
    const spent = window.takings.reduce((sum, taking) => sum + taking.amount, 0);
    if (amount > 0 && spent + amount > limit) {
      return { taken: false, left: Math.max(0, limit - spent), retryAfterMs: this.#untilFree(window, spent + amount - limit) };
    }
    window.takings.push({ amount: Math.max(amount, -spent), atMs: this.#now() });
    return { taken: true, left: limit - Math.max(0, spent + amount), retryAfterMs: 0 };
  }

  /** Forgets windows in which nothing is left. */
  sweep(): void {
    for (const [key, window] of this.#windows) {
      this.#forgetOld(window);
      if (window.takings.length === 0) this.#windows.delete(key);
    }
  }

  #forgetOld(window: Window): void {
    window.takings = window.takings.filter(({ atMs }) => atMs > this.#now() - window.windowMs);
  }

  #untilFree({ takings, windowMs }: Window, wanted: number): number {
    let freed = 0;
    for (const { amount, atMs } of takings) {
      freed += amount;
      if (freed >= wanted) return Math.max(1, Math.ceil(atMs + windowMs - this.#now()));
    }
    return windowMs;
  }
}
