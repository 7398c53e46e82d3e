/** Time that a test can move forward. */
export interface Clock {
  /** Epoch milliseconds with fractions. */
  now(): number;
  /** Moves time forward; what is due then happens. */
  advance(byMs: number): void;
  /** Resolves after so long, or as soon as the signal aborts. */
  wait(forMs: number, signal?: AbortSignal): Promise<void>;
}
