import type { Spent } from './relay-store.ts';

/** What was taken from a window, oldest first: a sixtieth of the window in one, counted from its end. */
interface Window {
  takings: { amount: number; readonly untilMs: number }[];
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
    if (amount < 0) this.#lessen(window, -amount);
    else if (amount > 0) this.#add(window, amount);
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
    window.takings = window.takings.filter(({ untilMs }) => untilMs + window.windowMs > this.#now());
  }

  #add({ takings, windowMs }: Window, amount: number): void {
    const last = takings.at(-1);
    if (last && last.untilMs > this.#now()) last.amount += amount;
    else takings.push({ amount, untilMs: this.#now() + windowMs / 60 });
  }

  /** The oldest is given back: what is left counts for as long as it may, never for less. */
  #lessen(window: Window, amount: number): void {
    let back = amount;
    for (const taking of window.takings) {
      const part = Math.min(back, taking.amount);
      taking.amount -= part;
      back -= part;
    }
    window.takings = window.takings.filter((taking) => taking.amount > 0);
  }

  #untilFree({ takings, windowMs }: Window, wanted: number): number {
    let freed = 0;
    for (const { amount, untilMs } of takings) {
      freed += amount;
      if (freed >= wanted) return Math.max(1, Math.ceil(untilMs + windowMs - this.#now()));
    }
    return windowMs;
  }
}
