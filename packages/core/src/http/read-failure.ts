import type { FailedExchange } from '@saystream/errors';

import { readBody } from './read-body.ts';

/** More than any vendor's error; the parsers look no further. */
const maxErrorBytes = 65_536;
const longestReadMs = 15_000;

/** What a parser needs of a failed response. Never rejects: of a body that breaks off, stalls or never ends, what came first. */
export async function readFailure(response: Response, idleMs: number): Promise<FailedExchange> {
  const { status, headers } = response;
  const nowMs = Date.now();
  const decoder = new TextDecoder();
  let body = '';
  try {
    const signal = AbortSignal.timeout(longestReadMs);
    for await (const piece of readBody(response, { idleMs, maxBytes: Infinity, signal })) {
      body += decoder.decode(piece.subarray(0, maxErrorBytes), { stream: true });
      if (body.length >= maxErrorBytes) break;
    }
  } catch {
    // What is there must do.
  }
  return { status, headers, body, nowMs };
}
