/** The classes of endpoints that are counted apart (vendor docs, rate limits). */
export type SautiBucket = 'synthesis' | 'polling' | 'other';

/** Requests in a sliding minute (vendor docs, rate limits). */
export const bucketLimits: Readonly<Record<SautiBucket, number>> = { synthesis: 10, polling: 60, other: 30 };

const windowMs = 60_000;

/** Where a key stands in one bucket. */
export interface BucketState {
  readonly bucket: SautiBucket;
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the oldest request leaves the window, in whole seconds, at least 1. */
  readonly waitSeconds: number;
}

/** Counts requests per key and bucket; one that is refused does not count (inferred). */
export function createSautiWindows(): (apiKey: string, bucket: SautiBucket, nowMs: number) => BucketState {
  const logs = new Map<string, number[]>();
  return (apiKey, bucket, nowMs) => {
    const name = `${bucket} ${apiKey}`;
    const log = (logs.get(name) ?? []).filter((atMs) => atMs > nowMs - windowMs);
    const allowed = log.length < bucketLimits[bucket];
    if (allowed) log.push(nowMs);
    logs.set(name, log);
    const oldestMs = log[0] ?? nowMs;
    return {
      bucket,
      allowed,
      remaining: bucketLimits[bucket] - log.length,
      waitSeconds: Math.max(1, Math.ceil((oldestMs + windowMs - nowMs) / 1_000)),
    };
  };
}

/** Which bucket a call empties. */
export function bucketOf(method: string, pathname: string): SautiBucket {
  if (method === 'GET' && pathname.startsWith('/v1/tts/jobs/')) return 'polling';
  return method === 'POST' && /^\/v1\/(text-to-speech\/|tts\/jobs$)/.test(pathname) ? 'synthesis' : 'other';
}
