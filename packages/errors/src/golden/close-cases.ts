import type { SpeechErrorKind } from '../speech-error-kind.ts';

/** One close code, what it means between the opening and `completed`, and while connecting if that differs. */
export interface CloseCase {
  readonly code: number;
  readonly kind: SpeechErrorKind;
  readonly whileConnecting?: SpeechErrorKind;
}

const lost = { kind: 'connection-lost', whileConnecting: 'unreachable' } as const;

export const closeCases: readonly CloseCase[] = [
  // Documented by Audixa.
  { code: 1003, kind: 'invalid-request' },
  { code: 1008, kind: 'unauthorized' },
  { code: 1011, kind: 'vendor-fault' },
  // The standard's.
  { code: 1000, kind: 'truncated' },
  { code: 1005, kind: 'truncated' },
  ...[1001, 1004, 1006, 1012, 1013, 1014, 1015, 1016, 2999, 0, -1, Number.NaN].map((code) => ({ code, ...lost })),
  ...[1002, 1007, 1010, 3000, 3999, 4000, 4399, 4600, 4999].map((code) => ({ code, kind: 'bad-response' }) as const),
  { code: 1009, kind: 'too-large' },
  // The relay's.
  { code: 4400, kind: 'invalid-request' },
  { code: 4401, kind: 'unauthorized' },
  { code: 4402, kind: 'insufficient-credits' },
  { code: 4403, kind: 'forbidden' },
  { code: 4404, kind: 'not-found' },
  { code: 4408, kind: 'timeout' },
  { code: 4409, kind: 'conflict' },
  { code: 4413, kind: 'too-large' },
  { code: 4415, kind: 'invalid-request' },
  { code: 4429, kind: 'rate-limited' },
  { code: 4500, kind: 'vendor-fault' },
  { code: 4502, kind: 'vendor-fault' },
  { code: 4503, kind: 'unavailable' },
  { code: 4504, kind: 'timeout' },
];
