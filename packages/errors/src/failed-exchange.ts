/**
 * Response headers in whatever form a library has them: a `Headers`, an iterable of pairs (a `Map`, an array), or a plain
 * object in any case, whose values may be lists as in `node:http`.
 */
export type HeadersLike = Iterable<readonly [string, string | readonly string[]]> | Readonly<Record<string, unknown>>;

/** An HTTP exchange that failed, reduced to what an explanation needs. Every HTTP library's error holds these. */
export interface FailedExchange {
  /** HTTP status. 0, `NaN` or a number that is no HTTP status: no answer arrived. */
  readonly status: number;
  /** Response headers; without them there are no wait hints from headers. */
  readonly headers?: HeadersLike | undefined;
  /** The body as text, bytes or parsed JSON, whatever the Content-Type says. Of text and bytes the first 64 KiB count. */
  readonly body?: unknown;
  /** The address that answered. Never shown: it may hold a key. */
  readonly url?: string | undefined;
  /** The text that was to be spoken. A server that gives it back is not quoted: it never appears in the error. */
  readonly sentText?: string | undefined;
  /** Not there: the body of a whole `Response` cannot be read at once. Pass `await readFailedExchange(response)`. */
  readonly bodyUsed?: never;
  /** When the answer arrived, in milliseconds since 1970, for servers that send no `Date`; default now. */
  readonly nowMs?: number | undefined;
}

/** As got and `node:http` name the status. */
export interface NodeExchange extends Omit<FailedExchange, 'status'> {
  /** HTTP status. */
  readonly statusCode?: number | undefined;
}

/** What axios and got throw: an error with the answer in it, or without one when none came. */
export interface ThrownExchange {
  /** The answer; a `Response`, as in ky's errors, is no such one: pass `await readFailedExchange(thrown.response)`. */
  readonly response?: FailedExchange | NodeExchange | undefined;
  /** Names a thrown error. */
  readonly message: string;
}

/** Whatever a parser reads; `undefined` is no answer at all. */
export type ExchangeLike = FailedExchange | NodeExchange | ThrownExchange | undefined;

/** As much of a header as is ever looked at, in UTF-16 units. */
const headerLimit = 4096;

/** The headers by lower-case name; lists are joined by commas, as HTTP joins them. */
export function headersByName(headers: unknown): ReadonlyMap<string, string> {
  const byName = new Map<string, string>();
  const given = Object(headers) as object;
  let left = 500; // more than any server sends: stops an endless iterable
  for (const [name, value] of (Symbol.iterator in given ? given : Object.entries(given)) as Iterable<[string, unknown]>) {
    if (!left--) break;
    byName.set(name.toLowerCase(), [value].join().slice(0, headerLimit).trim());
  }
  return byName;
}
