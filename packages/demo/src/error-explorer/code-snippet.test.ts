import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { reproducingSnippet, usingSnippet } from './code-snippet.ts';
import type { AnswerQuestion, CloseQuestion } from './question.ts';

const asked: AnswerQuestion = {
  of: 'moknah',
  status: '429',
  headers: 'Retry-After: 3',
  body: '{"error":{"code":"RATE_LIMIT_EXCEEDED"}}',
  arrivedAt: '',
};
const closed: CloseQuestion = {
  of: 'audixa-stream',
  code: '1008',
  reason: '',
  phase: 'waiting',
  wasClean: true,
  errorMessage: '',
};

/** The argument of the call, as a program would see it. */
function argumentOf(snippet: string | undefined): unknown {
  let given: unknown;
  const take = (argument: unknown): unknown => (given = argument);
  const run = Reflect.construct(Function, ['parseMoknahError', snippet ?? '']) as (parse: typeof take) => void;
  run(take);
  return given;
}

describe('the code that a page of a reader would need', () => {
  test('names the vendor’s parser', () => {
    expect(usingSnippet(asked)).toContain('throw parseMoknahError(await readFailedExchange(response))');
    expect(usingSnippet({ ...asked, of: 'http' })).toContain(
      "import { parseProblemDetails, readFailedExchange } from '@saystream/errors'",
    );
    expect(usingSnippet({ ...closed, code: '' })).toContain(
      'const close = { code, reason, wasClean, phase, errorMessage };\n  const error = explainAudixaClose(close);',
    );
  });

  test('can be this very failure', () => {
    expect(reproducingSnippet(asked)).toBe(`parseMoknahError({
  status: 429,
  headers: { 'retry-after': '3' },
  body: '{"error":{"code":"RATE_LIMIT_EXCEEDED"}}',
});
`);
    expect(reproducingSnippet({ ...closed, errorMessage: 'No' })).toBe(
      "explainAudixaClose({\n  code: 1008,\n  wasClean: true,\n  phase: 'waiting',\n  errorMessage: 'No',\n});\n",
    );
    expect(reproducingSnippet({ ...closed, wasClean: false })).toBe(
      "explainAudixaClose({\n  code: 1008,\n  phase: 'waiting',\n});\n",
    );
  });

  test('quotes any text so that the program sees just that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (body) => {
        expect(argumentOf(reproducingSnippet({ ...asked, body }))).toEqual({
          status: 429,
          headers: { 'retry-after': '3' },
          body,
        });
      }),
    );
    for (const body of ['\'"', '\\', "\\'", '"\\"', '\u2028', '${x}`', '</script>']) {
      expect(argumentOf(reproducingSnippet({ ...asked, body }))).toMatchObject({ body });
    }
  });

  test('is left out where the body is too long to be read', () => {
    expect(reproducingSnippet({ ...asked, body: 'x'.repeat(5000) })).toBeUndefined();
  });
});
