import type { FailedExchange } from './failed-exchange.ts';
import { bodyLimit } from './response-body.ts';

/** How long `readFailedExchange` may take. */
export interface ReadLimits {
  /** Longest silence between two pieces of the body, in milliseconds; default 5,000. */
  readonly idleMs?: number | undefined;
  /** Longest time for the whole body, in milliseconds; default 15,000. */
  readonly totalMs?: number | undefined;
}

/** Settles with `undefined` when `afterMs` have passed first. */
async function within<T>(promise: Promise<T>, afterMs: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, afterMs, undefined)));
  try {
    return await Promise.race([promise, passed]);
  } finally {
    clearTimeout(timer);
  }
}

async function readText(body: ReadableStream<Uint8Array>, { idleMs = 5000, totalMs = 15_000 }: ReadLimits): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const endsAt = performance.now() + totalMs;
  let bytesLeft = bodyLimit;
  let text = '';
  try {
    while (bytesLeft > 0) {
      const read = await within(reader.read(), Math.min(idleMs, endsAt - performance.now()));
      if (!read?.value) break;
      const piece = read.value.subarray(0, bytesLeft);
      bytesLeft -= piece.length || 1; // so that a source of endless nothing ends too
      text += decoder.decode(piece, { stream: true });
    }
  } catch {
    // The body broke off: what arrived may still explain the failure.
  }
  // Not awaited: a source that hangs may hang here too.
  reader.cancel().catch(() => {});
  return text;
}

/**
 * Reads what a parser needs from a `Response`, and consumes it: at most 64 KiB of the body, after which the rest is
 * cancelled. Never rejects: a body that breaks off, stalls or was already read gives what arrived of it.
 */
export async function readFailedExchange(response: Response, limits: ReadLimits = {}): Promise<FailedExchange> {
  const nowMs = Date.now();
  const { status, headers, url, body } = response;
  const text = body ? await readText(body, limits).catch(() => '') : '';
  return { status, headers, url, body: text, nowMs };
}
