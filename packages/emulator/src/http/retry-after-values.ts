/** What the Retry-After of a refusal says. */
export type RetryAfter =
  /** Word for word. */
  | { readonly type: 'text'; readonly text: string }
  /** A date so many seconds from now. */
  | { readonly type: 'date'; readonly inSeconds: number }
  | { readonly type: 'absent' };

/** What a server may send and nobody can use, by number. */
export const retryAfterGarbage: readonly string[] = [
  '',
  'soon',
  '-1',
  '1.5',
  '1e3',
  '5, 10',
  '99999999999',
  'Infinity',
  'Wed, 99 Foo 2026 25:61:61 GMT',
  '0x10',
];

/** The headers of a refusal with its own Retry-After replaced. */
export function withRetryAfter(
  headers: Readonly<Record<string, string>>,
  retryAfter: RetryAfter | undefined,
  nowMs: number,
): Record<string, string> {
  const { 'retry-after': _own, ...others } = headers;
  switch (retryAfter?.type) {
    case undefined:
      return { ...headers };
    case 'text':
      return { ...others, 'retry-after': retryAfter.text };
    case 'date':
      // A date has whole seconds; it is rounded up, so that nobody comes too early.
      return { ...others, 'retry-after': new Date(Math.ceil(nowMs / 1_000 + retryAfter.inSeconds) * 1_000).toUTCString() };
    case 'absent':
      return others;
  }
}
