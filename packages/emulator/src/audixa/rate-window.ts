/** Where a key stands in its minute. */
export interface RateWindow {
  readonly limit: number;
  readonly remaining: number;
  /** In this minute. */
  readonly requests: number;
  /** Unix seconds. */
  readonly resetAtSeconds: number;
}

/** A paid plan's, in the docs of early 2026; the newest docs name no number. It is shown and counted; only scenarios enforce one. */
const requestsPerMinute = 240;
const windowMs = 60_000;

/** Counts requests per key and minute of the clock. `weight` 0 looks without counting. */
export function createRateWindows(): (apiKey: string, nowMs: number, limit?: number, weight?: 0 | 1) => RateWindow {
  const counts = new Map<string, { window: number; requests: number }>();
  return (apiKey, nowMs, limit = requestsPerMinute, weight = 1) => {
    const window = Math.floor(nowMs / windowMs);
    const known = counts.get(apiKey);
    const requests = (known?.window === window ? known.requests : 0) + weight;
    counts.set(apiKey, { window, requests });
    return {
      limit,
      requests,
      remaining: Math.max(0, limit - requests),
      resetAtSeconds: ((window + 1) * windowMs) / 1_000,
    };
  };
}
