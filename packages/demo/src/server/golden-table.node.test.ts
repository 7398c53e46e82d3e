import { describe, expect, test } from 'vitest';

import { explainQuestion } from '../error-explorer/explain-question.ts';
import { indexOfQuestion, listQuestions } from '../error-explorer/listed-failures.ts';
import { readDocumentedFailures } from './golden-table.ts';

const { answers, closes } = await readDocumentedFailures();

describe('the failures that the error explorer lists', () => {
  test('are those that each vendor documents, and many more', () => {
    for (const [vendor, name] of [
      ['audixa', 'Audixa'],
      ['sauti', 'SAUTI'],
      ['moknah', 'Moknah'],
    ] as const) {
      const documented = answers[vendor].filter(({ group }) => group === `Documented by ${name}`);
      expect(documented.length, name).toBeGreaterThanOrEqual(8);
      expect(documented.map(({ status }) => status)).toEqual(expect.arrayContaining([400, 401, 429, 500]));
      expect(answers[vendor].length).toBeGreaterThan(documented.length);
    }
    expect(answers.http.map(({ status }) => status)).toEqual(expect.arrayContaining([404, 502, 503]));
    expect(closes.filter(({ group }) => group === 'Documented by Audixa').map(({ code }) => code)).toEqual([1003, 1008, 1011]);
  });

  test('are explained, written as text into the fields, as the golden table says', () => {
    for (const of of ['audixa', 'sauti', 'moknah', 'http', 'audixa-stream'] as const) {
      const kinds = (of === 'audixa-stream' ? closes : answers[of]).map(({ kind }) => kind);
      const listed = listQuestions({ answers, closes }, of);
      expect(listed.map(({ question }) => explainQuestion(question, Date.now())?.kind)).toEqual(kinds);
    }
  });

  test('can be told from each other, so that the page knows which of them it shows', () => {
    for (const of of ['audixa', 'sauti', 'moknah', 'http', 'audixa-stream'] as const) {
      const listed = listQuestions({ answers, closes }, of);
      for (const [index, { label, question }] of listed.entries()) expect(indexOfQuestion(listed, question), label).toBe(index);
    }
  });

  test('begin with the documented ones, and go by number', () => {
    for (const rows of [...Object.values(answers).map((some) => some.map((row) => ({ ...row, code: row.status }))), closes]) {
      const order = rows.map(({ group, code }) => code + (group.startsWith('Documented') ? 0 : 10_000));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
  });

  test('are short enough to be shared in a link', () => {
    for (const { body } of Object.values(answers).flat()) expect(body.length).toBeLessThanOrEqual(2000);
  });
});
