import type { SpeechError } from 'saystream';

/** What each kind of failure is called on a page. */
export const kindHeadlines: Readonly<Record<SpeechError['kind'], string>> = {
  'invalid-request': 'The request was refused',
  unauthorized: 'The key was refused',
  'insufficient-credits': 'The account has run out of credit',
  forbidden: 'The account may not do this',
  'not-found': 'What was asked for does not exist',
  'not-ready': 'The speech is not ready yet',
  busy: 'The account is busy with another request',
  conflict: 'The request conflicts with another one',
  'too-large': 'The text is too large',
  'rate-limited': 'Too many requests',
  'vendor-fault': 'The vendor failed',
  unavailable: 'The vendor is not available',
  'generation-failed': 'The vendor could not make this speech',
  truncated: 'The speech was cut short',
  'not-audio': 'What came was not audio',
  'bad-response': 'The vendor broke its own protocol',
  'connection-lost': 'The connection was lost',
  unreachable: 'The vendor could not be reached',
  timeout: 'The vendor went silent',
  aborted: 'Stopped',
  'playback-blocked': 'The browser would not play it',
  unknown: 'It failed for an unknown reason',
};
