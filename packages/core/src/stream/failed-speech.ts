import { isSpeechError, SpeechError } from '@saystream/errors';

import { CallMistake } from '../http/call-mistake.ts';

/** Names whatever ended a stream. A caller's mistake is told in its own words: nothing was sent, and no other try would help. */
export function failedSpeech(vendor: string, thrown: unknown): SpeechError {
  if (isSpeechError(thrown)) return thrown;
  return thrown instanceof CallMistake
    ? new SpeechError({ kind: 'invalid-request', vendor, billed: 'no', message: thrown.message })
    : new SpeechError({ kind: 'unknown', vendor, message: 'The speech failed unexpectedly.' });
}
