/** The emulator's time: real time, and what was added to it. */
export interface EmulatorClock {
  /** Epoch milliseconds with fractions. */
  now(): number;
  /** Moves time forward by so many milliseconds; what is due then happens at once. Never backward. */
  advance(byMs: number): void;
}

/** Time that a test can move forward. */
export interface Clock extends EmulatorClock {
  /** Resolves after so long, or as soon as the signal aborts. It holds no process up. */
  wait(forMs: number, signal?: AbortSignal): Promise<void>;
}

interface Waiting {
  readonly dueMs: number;
  readonly arm: () => void;
  readonly resolve: () => void;
}

/** Beyond this a timer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The last moment that a `Date` can hold is a little later (ECMA-262 §21.4.1.1). */
const lastMs = 8.64e15 - 1e12;

/** Real time and what was added to it. */
export function createClock(): Clock {
  let addedMs = 0;
  const waits = new Set<Waiting>();
  const now = (): number => performance.timeOrigin + performance.now() + addedMs;

  function startWait(forMs: number, signal: AbortSignal | undefined, done: () => void): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waiting: Waiting = {
      dueMs: now() + forMs,
      arm() {
        clearTimeout(timer);
        const leftMs = waiting.dueMs - now();
        if (leftMs <= 0) return waiting.resolve();
        timer = setTimeout(waiting.arm, Math.min(leftMs, longestTimerMs)).unref();
      },
      resolve() {
        clearTimeout(timer);
        waits.delete(waiting);
        signal?.removeEventListener('abort', waiting.resolve);
        done();
      },
    };
    signal?.addEventListener('abort', waiting.resolve, { once: true });
    waits.add(waiting);
    waiting.arm();
  }

  return {
    now,
    advance(byMs) {
      if (!(byMs >= 0) || now() + byMs > lastMs) {
        throw new RangeError(`Time moves forward by 0 ms or more, and not beyond what a date can hold: not by ${byMs}`);
      }
      addedMs += byMs;
      for (const waiting of [...waits]) waiting.arm();
    },
    wait: (forMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || !(forMs > 0)) resolve();
        else startWait(forMs, signal, resolve);
      }),
  };
}
