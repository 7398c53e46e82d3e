import { expect, expectTypeOf, test } from 'vitest';

import { isSpeechError, SpeechError, type SpeechErrorKind, type SpeechErrorOf, type SpeechTimeLimit } from './index.ts';

/** Compiles only if the switch names every kind. */
function wordFor(kind: SpeechErrorKind): string {
  switch (kind) {
    case 'invalid-request':
    case 'too-large':
    case 'conflict':
    case 'not-found':
      return 'request';
    case 'unauthorized':
    case 'insufficient-credits':
    case 'forbidden':
      return 'account';
    case 'not-ready':
    case 'busy':
    case 'rate-limited':
    case 'vendor-fault':
    case 'unavailable':
    case 'generation-failed':
    case 'truncated':
    case 'not-audio':
    case 'bad-response':
      return 'vendor';
    case 'connection-lost':
    case 'unreachable':
    case 'timeout':
      return 'network';
    case 'aborted':
    case 'playback-blocked':
      return 'page';
    case 'unknown':
      return 'nobody';
    default: {
      const never: never = kind;
      return never;
    }
  }
}

test('a switch over kinds can be exhaustive', () => {
  expect(wordFor(new SpeechError({ kind: 'busy', vendor: 'moknah', message: 'x' }).kind)).toBe('vendor');
});

test('narrowing to timeout gives its limit', () => {
  const thrown: unknown = new SpeechError({ kind: 'timeout', vendor: 'audixa', message: 'x', limit: 'stall' });
  if (!isSpeechError(thrown)) throw thrown;
  if (thrown.kind !== 'timeout') {
    expectTypeOf(thrown.limit).toEqualTypeOf<SpeechTimeLimit | undefined>();
    throw thrown;
  }
  expectTypeOf(thrown.limit).toEqualTypeOf<SpeechTimeLimit>();
  expect(thrown.limit).toBe('stall');
});

test('a narrowed error is still a SpeechError', () => {
  expectTypeOf<SpeechErrorOf<'timeout'>>().toExtend<SpeechError>();
  expectTypeOf<SpeechErrorOf<'busy'>['kind']>().toEqualTypeOf<'busy'>();
});
