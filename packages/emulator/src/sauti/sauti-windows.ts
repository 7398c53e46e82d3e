/** The classes of endpoints that are counted apart (vendor docs, rate limits). */
export type SautiBucket = 'synthesis' | 'polling' | 'other';

/** Requests in a sliding minute (vendor docs, rate limits). */
export const bucketLimits: Readonly<Record<SautiBucket, number>> = { synthesis: 10, polling: 60, other: 30 };

const windowMs = 60_000;

/** Where a key stands in one bucket. */
interface BucketState {
  readonly bucket: SautiBucket;
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the oldest request leaves the window, in whole seconds, at least 1. */
  readonly waitSeconds: number;
}

type AskWindow = (apiKey: string, bucket: SautiBucket, nowMs: number) => BucketState;

/** Counts requests per key and bucket. `take` counts one, unless it is refused (inferred); `look` counts none. */
export function createSautiWindows(): { readonly take: AskWindow; readonly look: AskWindow } {
  const logs = new Map<string, number[]>();
  const logOf = (apiKey: string, bucket: SautiBucket, nowMs: number): number[] => {
    const name = `${bucket} ${apiKey}`;
    const log = (logs.get(name) ?? []).filter((atMs) => atMs > nowMs - windowMs);
    logs.set(name, log);
    return log;
  };
  const stateOf = (log: readonly number[], bucket: SautiBucket, nowMs: number) => ({
    bucket,
    remaining: bucketLimits[bucket] - log.length,
    waitSeconds: Math.max(1, Math.ceil(((log[0] ?? nowMs) + windowMs - nowMs) / 1_000)),
  });
  return {
    take(apiKey, bucket, nowMs) {
      const log = logOf(apiKey, bucket, nowMs);
      const allowed = log.length < bucketLimits[bucket];
      if (allowed) log.push(nowMs);
      return { ...stateOf(log, bucket, nowMs), allowed };
    },
    look(apiKey, bucket, nowMs) {
      const log = logOf(apiKey, bucket, nowMs);
      return { ...stateOf(log, bucket, nowMs), allowed: log.length < bucketLimits[bucket] };
    },
  };
}

/** Which bucket a call empties. */
export function bucketOf(method: string, pathname: string): SautiBucket {
  if (method === 'GET' && pathname.startsWith('/v1/tts/jobs/')) return 'polling';
  return method === 'POST' && /^\/v1\/(text-to-speech\/|tts\/jobs$)/.test(pathname) ? 'synthesis' : 'other';
}
