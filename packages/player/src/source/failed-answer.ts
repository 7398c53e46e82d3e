import type { HttpKind, PlaybackError } from '../player-error.ts';
import { playerError } from '../player-error.ts';

/**
 * The kinds of HTTP statuses, then those of their classes. The player imports no other package at run time, so this
 * repeats the table of `@saystream/errors`; `tests/player-status-kinds.test.ts` compares the two for every status.
 */
const kindPerStatus: Readonly<Record<string, HttpKind>> = {
  401: 'unauthorized',
  402: 'insufficient-credits',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'rate-limited',
  4: 'invalid-request',
  5: 'vendor-fault',
};

/** A gateway's and Cloudflare's words for a service that cannot be used now; 408 and 425 ask to try again. */
const unavailable = /^(408|425|50[234]|52[0-7]|530)$/;

const retryableKinds: readonly HttpKind[] = ['rate-limited', 'vendor-fault', 'unavailable'];

/** The error of an HTTP answer that is no success: kind, `retryable` and `status` as the parsers of `@saystream/errors` say. */
export function failedAnswer(status: number): PlaybackError {
  if (status === 0) {
    return playerError(
      'unknown',
      'The answer is hidden from this page (an opaque response).',
      "Fetch it without mode 'no-cors', from a server that allows this origin.",
    );
  }
  const text = String(status);
  const kind = unavailable.test(text) ? 'unavailable' : (kindPerStatus[text] ?? kindPerStatus[text.charAt(0)] ?? 'bad-response');
  return playerError(
    kind,
    `The server answered ${status} instead of audio.`,
    'Check the request that was made for the audio.',
    undefined,
    { status, retryable: retryableKinds.includes(kind), billed: text.startsWith('4') ? 'no' : 'unknown' },
  );
}
