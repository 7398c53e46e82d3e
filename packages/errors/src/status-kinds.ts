import type { SpeechErrorKind } from './speech-error-kind.ts';

/** What each class of statuses means, by its first digit, and the statuses that mean something of their own. */
export const statusKinds: Readonly<Record<string, SpeechErrorKind>> = {
  // An interim answer or a redirect reaches a parser only when a vendor breaks its own protocol.
  1: 'bad-response',
  2: 'not-audio',
  3: 'bad-response',
  4: 'invalid-request',
  401: 'unauthorized',
  402: 'insufficient-credits',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'rate-limited',
  5: 'vendor-fault',
};

/** A gateway's and Cloudflare's (52x, 530) words for a service that cannot be used now; 408 and 425 ask to try again. */
const unavailable = /^(408|425|50[234]|52[0-7]|530)$/;

/** Total: every status has a kind, and what is no status is `unknown`. */
export function kindOfStatus(status: number | undefined): SpeechErrorKind {
  const digits = `${status}`;
  if (unavailable.test(digits)) return 'unavailable';
  return /^[1-5]\d\d$/.test(digits) ? (statusKinds[digits] ?? statusKinds[digits[0]!]!) : 'unknown';
}
