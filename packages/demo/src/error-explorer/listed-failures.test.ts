import { describe, expect, test } from 'vitest';

import type { DocumentedFailures, ListedAnswer } from '../documented-failures.ts';
import { indexOfQuestion, listQuestions } from './listed-failures.ts';
import type { CloseQuestion } from './question.ts';

const row = (parts: Partial<ListedAnswer>): ListedAnswer => ({
  title: 'documented 401',
  group: 'Documented by SAUTI',
  kind: 'unauthorized',
  status: 401,
  headers: '',
  body: '',
  ...parts,
});
const failures = (...sauti: ListedAnswer[]): DocumentedFailures => ({
  answers: { audixa: [], sauti, moknah: [], http: [] },
  closes: [
    { code: 1003, kind: 'invalid-request', group: 'Documented by Audixa' },
    { code: 1006, kind: 'connection-lost', group: 'Of the WebSocket standard' },
  ],
});
const labelOf = (parts: Partial<ListedAnswer>): string | undefined => listQuestions(failures(row(parts)), 'sauti')[0]?.label;

describe('the list of failures', () => {
  test('names each by its status, by what it is, and by what is special about it', () => {
    expect(labelOf({})).toBe('401 · The key was refused');
    expect(labelOf({ title: 'status 401 alone' })).toBe('401 · The key was refused');
    expect(labelOf({ title: 'documented 401, of which the page has no example' })).toBe(
      '401 · The key was refused (of which the page has no example)',
    );
    expect(labelOf({ title: 'a relative type' })).toBe('401 · The key was refused (a relative type)');
    expect(labelOf({ kind: 'constructor' })).toBe('401 · constructor');
  });

  test('knows a question again that came out of the fields, whatever its line ends were', () => {
    const listed = listQuestions(failures(row({}), row({ body: 'a\r\nb', nowMs: 1_762_300_800_000 })), 'sauti');
    const question = {
      of: 'sauti',
      status: '401',
      headers: '',
      body: 'a\nb',
      arrivedAt: '2025-11-05T00:00:00.000Z',
    } as const;
    expect(listed[1]?.question).toEqual(question);
    expect(indexOfQuestion(listed, question)).toBe(1);
    expect(indexOfQuestion(listed, { ...question, body: 'a' })).toBe(-1);
    expect(indexOfQuestion(listed, { ...question, of: 'moknah' })).toBe(-1);
  });

  test('knows a close in every phase, but not with another reason', () => {
    const listed = listQuestions(failures(), 'audixa-stream');
    const question: CloseQuestion = {
      of: 'audixa-stream',
      code: '1006',
      reason: '',
      phase: 'connecting',
      wasClean: false,
      errorMessage: '',
    };
    expect(indexOfQuestion(listed, question)).toBe(1);
    expect(indexOfQuestion(listed, { ...question, reason: 'bye' })).toBe(-1);
  });
});
