/** What can go wrong with a call, whatever the vendor. Those before the blank line happen before the vendor sees it. */
export type FaultName =
  | 'drop-request'
  | 'reset-request'
  | 'redirect'
  | 'redirect-away'

  | 'drop-answer'
  | 'reset-answer'
  | 'accepted-then'
  | 'slow-headers'
  | 'body-stall'
  | 'drip'
  | 'cut-body'
  | 'reset-body'
  | 'cut-chunked'
  | 'short-body'
  | 'truncated-json'
  | 'empty-200'
  | 'html-200'
  | 'wrong-type'
  | 'bom'
  | 'gzip-bomb'; // prettier-ignore

/** One of them, with its number or word where it has one. */
export interface HttpFault {
  readonly name: FaultName;
  /** Of `slow-headers`, and between the pieces of `drip`. */
  readonly ms?: number;
  /** Of `accepted-then` and `redirect`. */
  readonly status?: number;
  /** Of `wrong-type`. */
  readonly contentType?: string;
}

/** A status instead of an answer: the vendor has not accepted the call. */
export interface Refusal {
  readonly status: number;
  /** The body of another server than the vendor's; see `foreign-bodies`. */
  readonly foreign?: string;
  /** The Retry-After, unless the scenario sets one. */
  readonly retryAfter?: string;
}

/** What becomes of one call; empty when it goes well. */
export interface CallFate {
  readonly refusal?: Refusal;
  readonly fault?: HttpFault;
}

/** An answer with all of its headers but the length. */
export interface PreparedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
