import { describe, expect, test } from 'vitest';

import { explainQuestion, readHeaderLines } from './explain-question.ts';
import { longest, type AnswerQuestion, type CloseQuestion } from './question.ts';

const answer = (parts: Partial<AnswerQuestion>): AnswerQuestion => ({
  of: 'audixa',
  status: '',
  headers: '',
  body: '',
  arrivedAt: '',
  ...parts,
});
const closing = (parts: Partial<CloseQuestion>): CloseQuestion => ({
  of: 'audixa-stream',
  code: '1011',
  reason: '',
  phase: 'streaming',
  wasClean: true,
  errorMessage: '',
  ...parts,
});

describe('what was typed is explained', () => {
  test('by the parser of the vendor that was chosen', () => {
    for (const of of ['audixa', 'sauti', 'moknah', 'http'] as const) {
      const error = explainQuestion(answer({ of, status: ' 429 ', headers: 'retry-after: 3' }), 0);
      expect(error).toMatchObject({ vendor: of, kind: 'rate-limited', status: 429, retryAfterMs: 3000 });
    }
  });

  test('without a status as an answer that never came', () => {
    for (const status of ['', 'abc', '42.9', '-1', '9'.repeat(12)]) {
      expect(explainQuestion(answer({ status, body: '{"detail":"x"}' }), 0)?.kind, status).toBe('unknown');
    }
  });

  test('as of when it arrived, and as of now when nobody knows', () => {
    const of = 'moknah';
    const headers = 'RateLimit-Reset: 1762300830';
    const nowMs = 1_762_300_820_000;
    const then = explainQuestion(answer({ of, status: '429', headers, arrivedAt: '2025-11-05T00:00:00Z' }), nowMs);
    expect(then?.retryAfterMs).toBe(30_000);
    expect(explainQuestion(answer({ of, status: '429', headers, arrivedAt: 'soon' }), nowMs)?.retryAfterMs).toBe(10_000);
  });

  test('for a close by its code, its phase and what the error frame said', () => {
    const error = explainQuestion(closing({ code: '1008', errorMessage: 'Invalid API key' }), 0);
    expect(error).toMatchObject({ kind: 'unauthorized', close: { code: 1008, phase: 'streaming', wasClean: true } });
    expect(explainQuestion(closing({ wasClean: false }), 0)?.close?.wasClean).toBe(false);
    expect(error?.message).toContain('Invalid API key');
    expect(explainQuestion(closing({ phase: 'completed' }), 0)).toBeUndefined();
    expect(explainQuestion(closing({ code: 'x', phase: 'connecting' }), 0)?.close?.code).toBe(1006);
  });

  test('in a moment, however hostile the longest body is', () => {
    const fill = (piece: string): string => piece.repeat(longest.body / piece.length);
    for (const body of ['[', '{"a":', '{"errors":[', '<title', '"', ' ', '\\"', 'a://?', '<', 'é', '&#', '{"detail":"<'].map(
      fill,
    )) {
      const began = performance.now();
      explainQuestion(answer({ status: '400', body }), 0);
      expect(performance.now() - began, body.slice(0, 20)).toBeLessThan(1000);
    }
  });
});

describe('header lines', () => {
  test('are read by lower-case name, and those that come twice have two values', () => {
    const headers = readHeaderLines('Retry-After: 3\n X-A : b:c \nnonsense\n: empty\nx-a: d\n__proto__: e');
    expect([...headers]).toEqual([
      ['retry-after', ['3']],
      ['x-a', ['b:c', 'd']],
      ['__proto__', ['e']],
    ]);
  });
});
