/** Whose answer it is; `http` is any other server. */
export type AnsweringVendor = 'audixa' | 'sauti' | 'moknah' | 'http';

/** One failed answer of the golden table, with what the parsers make of it. */
export interface ListedAnswer {
  readonly title: string;
  /** The heading it is listed under. */
  readonly group: string;
  readonly kind: string;
  readonly status: number;
  /** As `Name: value` lines. */
  readonly headers: string;
  readonly body: string;
  /** When it arrived, in milliseconds since 1970, where that matters. */
  readonly nowMs?: number | undefined;
}

/** One close code of the golden table. */
export interface ListedClose {
  readonly group: string;
  readonly code: number;
  readonly kind: string;
}

/** What `/documented-failures.json` holds. */
export interface DocumentedFailures {
  readonly answers: Readonly<Record<AnsweringVendor, readonly ListedAnswer[]>>;
  readonly closes: readonly ListedClose[];
}
