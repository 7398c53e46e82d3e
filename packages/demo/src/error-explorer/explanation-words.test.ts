import { SpeechError } from 'saystream';
import { describe, expect, test } from 'vitest';

import { explainedError } from './explanation-words.ts';

const factsOf = (error: SpeechError): Record<string, string> =>
  Object.fromEntries(explainedError(error).facts.map(([, member, value]) => [member, value]));

describe('an explanation in words', () => {
  test('has the headline of the kind, the message as a sentence, and the advice', () => {
    const error = new SpeechError({ kind: 'unauthorized', vendor: 'sauti', message: 'SAUTI answered: no key', advice: 'Ask.' });
    expect(explainedError(error)).toMatchObject({
      tone: 'bad',
      headline: 'The key was refused',
      sentence: 'SAUTI answered: no key.',
      advice: 'Ask.',
      fields: [],
    });
  });

  test('names each fact as it is named in the error, and none that is not known', () => {
    const bare = new SpeechError({ kind: 'conflict', vendor: 'http', message: 'x' });
    expect(factsOf(bare)).toEqual({ kind: 'conflict', retryable: 'no', billed: 'unknown' });
    const full = new SpeechError({
      kind: 'timeout',
      vendor: 'audixa',
      message: 'x',
      status: 402,
      code: 'INSUFFICIENT_CREDITS',
      retryAfterMs: 0,
      credits: { remaining: 0, required: 1500 },
      close: { code: 4408, reason: '', wasClean: true, phase: 'waiting' },
      limit: 'stall',
      billed: 'no',
      retryable: true,
      requestId: 'r1',
      generationId: 'gen_1',
      fields: [{ path: 'text', message: 'Empty' }],
    });
    expect(factsOf(full)).toEqual({
      kind: 'timeout',
      retryable: 'yes',
      retryAfterMs: '0 ms',
      billed: 'no',
      status: '402',
      code: 'INSUFFICIENT_CREDITS',
      'credits.remaining': '0',
      'credits.required': '1,500',
      'close.code': '4408',
      'close.phase': 'waiting',
      'close.wasClean': 'yes',
      limit: 'stall',
      requestId: 'r1',
      generationId: 'gen_1',
    });
    expect(explainedError(full).fields).toEqual([{ path: 'text', message: 'Empty' }]);
  });
});
