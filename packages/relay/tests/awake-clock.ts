const tickMs = 10;
/** A tick that comes later than this, though the process did not work meanwhile, was waited for by the process, not the other way round. */
const longestTickMs = 2 * tickMs;

/**
 * A clock that stands still while the machine gives this process no processor: it tells how late the process itself is, and not
 * how busy the machine. What the process spends on work of its own counts in full, so that one that blocks itself is not excused.
 * On a quiet machine it is `performance.now()`.
 */
export function startAwakeClock() {
  const turns: number[] = [];
  let awakeMs = 0;
  let lastMs = performance.now();
  let worked = process.cpuUsage();
  const advance = (): number => {
    const nowMs = performance.now();
    const { user, system } = process.cpuUsage(worked);
    const turnMs = Math.min(nowMs - lastMs, Math.max(longestTickMs, (user + system) / 1_000));
    awakeMs += turnMs;
    lastMs = nowMs;
    worked = process.cpuUsage();
    return turnMs;
  };
  const timer = setInterval(() => turns.push(advance()), tickMs);
  timer.unref();
  return {
    /** Milliseconds awake since the start. */
    now: () => (advance(), awakeMs),
    /** Milliseconds awake between two looks 10 ms apart, of which 99 in 100 are fewer: what anything may wait for the process. */
    longTurnMs: () => turns.toSorted((a, b) => a - b)[Math.floor(turns.length * 0.99)] ?? Infinity,
    stop: () => clearInterval(timer),
  };
}
