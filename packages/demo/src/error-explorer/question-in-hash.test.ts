import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { questionFromHash, questionToHash } from './question-in-hash.ts';
import { answeringVendors, streamPhases, type Question } from './question.ts';

const wellFormed = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', maxLength });
const questions: fc.Arbitrary<Question> = fc.oneof(
  fc.record({
    of: fc.constantFrom(...answeringVendors),
    status: fc.string({ maxLength: 5 }),
    headers: wellFormed(200),
    body: wellFormed(400),
    arrivedAt: fc.string({ maxLength: 30 }),
  }),
  fc.record({
    of: fc.constant('audixa-stream' as const),
    code: fc.string({ maxLength: 5 }),
    reason: wellFormed(200),
    phase: fc.constantFrom(...streamPhases),
    wasClean: fc.boolean(),
    errorMessage: wellFormed(200),
  }),
);

describe('a question in an address', () => {
  test('comes back as it was, through a real URL', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const hash = questionToHash(question);
        expect(hash).toBeDefined();
        expect(questionFromHash(new URL(`http://localhost/errors#${hash}`).hash)).toEqual(question);
      }),
    );
  });

  test('can be read by people', () => {
    const hash = questionToHash({ of: 'moknah', status: '429', headers: 'Retry-After: 3', body: '', arrivedAt: '' });
    expect(hash).toBe('of=moknah&status=429&headers=Retry-After%3A+3');
  });

  test('is not made when it would be too long to share', () => {
    const body = 'x'.repeat(20_000);
    expect(questionToHash({ of: 'http', status: '500', headers: '', body, arrivedAt: '' })).toBeUndefined();
  });

  test('is none in an address that somebody else made up', () => {
    for (const hash of ['', '#', '#section', '#of=constructor', '#of=', '#%', '#status=429']) {
      expect(questionFromHash(hash), hash).toBeUndefined();
    }
  });

  test('is cut to what the fields hold, and an unknown phase becomes the usual one', () => {
    const question = questionFromHash(`#of=audixa-stream&code=${'1'.repeat(99)}&phase=__proto__&reason=${'r'.repeat(5000)}`);
    expect(question).toEqual({
      of: 'audixa-stream',
      code: '1'.repeat(12),
      reason: 'r'.repeat(1000),
      phase: 'streaming',
      wasClean: false,
      errorMessage: '',
    });
  });

  test('of megabytes is read in a moment', () => {
    const began = performance.now();
    questionFromHash(`#of=http&body=${'%41'.repeat(3_000_000)}`);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
