/** Response headers as any HTTP library or framework holds them. Names in any case; the first of several values counts. */
export type HeadersLike =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | number | readonly string[] | null | undefined>>
  /** A `Headers` object. */
  | { forEach(callback: (value: string, name: string) => void): void };

/** A response that is not the audio or the answer that was asked for. */
export interface FailedExchange {
  /** HTTP status; 0 or NaN when there was none. */
  readonly status: number;
  /** Response headers. */
  readonly headers?: HeadersLike | undefined;
  /** The body, as text, bytes or parsed JSON. */
  readonly body?: unknown;
  /** The request's URL; used to resolve relative problem types. */
  readonly url?: string | undefined;
  /** The local clock in epoch milliseconds. Default now. */
  readonly nowMs?: number | undefined;
}

/** Reads one header; undefined when it is absent or no text. */
export function headerOf(headers: HeadersLike | undefined, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const pairs = Symbol.iterator in headers ? (headers as Iterable<readonly unknown[]>) : Object.entries(headers);
  for (const [key, value] of pairs) {
    if (typeof key !== 'string' || key.toLowerCase() !== name) continue;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' || typeof first === 'number' ? String(first).trim() : undefined;
  }
  return undefined;
}
