import type { Refusal, RelayContext, Upstream } from '../relay-context.ts';
import { refuse } from './fields/refuse.ts';
import { provesNeverSent } from './never-sent.ts';
import { readPieces } from './read-pieces.ts';
import { redactPieces } from './redact-pieces.ts';

/** One request to a vendor. */
export interface VendorCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly wire?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Until the end of the body, in milliseconds; at most, and by default, the relay's `lifeMs`. */
  readonly lifeMs?: number;
  /** Aborting it leaves the vendor. A paid call has none: it is read to its end. */
  readonly signal?: AbortSignal;
}

/** Headers have come. */
export interface VendorAnswer {
  readonly response: Response;
  /** The body without the key, watched. */
  readonly pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** Lets go of the connection. */
  readonly stop: () => void;
}

/** What came is no HTTP answer to take. */
const malformed = /^(UND_ERR_HEADERS_OVERFLOW|HPE_)/;

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
};

const vendorRefused = (detail: string) => refuse(502, 'vendor_answer_refused', detail);
/** Codes whose refusal proves that the vendor has not taken the request. */
export const isUnreached = (refusal: Refusal): boolean => refusal.code === 'vendor_unreachable' && refusal.status === 503;

function explain(error: unknown, isSilent: boolean): Refusal {
  if (isSilent) return refuse(504, 'vendor_silent', 'The vendor did not answer in time.');
  const code = codeOf(error);
  if (malformed.test(code)) return vendorRefused('The answer of the vendor is no HTTP that can be passed on.');
  if (provesNeverSent(error)) return refuse(503, 'vendor_unreachable', 'The vendor cannot be reached.');
  return refuse(502, 'vendor_unreachable', 'The connection to the vendor broke.');
}

/** Sends one request, with the key, and follows no redirect with it. 502, 503, 504 when no answer comes that can pass. */
export async function callVendor(context: RelayContext, upstream: Upstream, call: VendorCall): Promise<VendorAnswer | Refusal> {
  const { idleMs } = context.limits;
  const lifeMs = Math.min(call.lifeMs ?? Infinity, context.limits.lifeMs);
  const leaving = new AbortController();
  const leave = () => leaving.abort(call.signal?.reason);
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    leaving.abort();
  }, idleMs);
  const life = setTimeout(() => {
    isSilent = true;
    leaving.abort();
  }, lifeMs);
  call.signal?.addEventListener('abort', leave);
  if (call.signal?.aborted) leave();
  const stop = () => {
    clearTimeout(life);
    call.signal?.removeEventListener('abort', leave);
    leaving.abort();
  };
  try {
    const query = call.query?.size ? `?${call.query}` : '';
    const response = await fetch(`${upstream.http}${call.path}${query}`, {
      method: call.method,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        ...call.headers,
        ...(call.wire !== undefined && { 'content-type': 'application/json' }),
        ...upstream.headers,
      },
      ...(call.wire !== undefined && { body: call.wire }),
      redirect: 'manual',
      signal: leaving.signal,
    });
    if (response.status < 200 || (response.status >= 300 && response.status < 400) || response.status > 599) {
      stop();
      return vendorRefused(`The vendor answered with status ${response.status}.`);
    }
    return { response, stop, pieces: untilStopped() };

    async function* untilStopped(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      try {
        const watched = readPieces(response.body, { idleMs, signal: leaving.signal });
        yield* redactPieces(watched, response, upstream);
        clearTimeout(life);
      } finally {
        stop();
      }
    }
  } catch (error) {
    stop();
    return explain(error, isSilent);
  } finally {
    clearTimeout(silence);
  }
}
