import { describe, expect, test } from 'vitest';

import type { FailedExchange, HeadersLike } from '../failed-exchange.ts';
import type { SpeechError } from '../speech-error.ts';
import { closeCases } from './close-cases.ts';
import { documentedFacts } from './documented-facts.ts';
import type { ErrorCase } from './error-case.ts';
import { errorCases } from './error-cases.ts';

/** The same answer as different libraries hand it over. */
function variantsOf({ exchange, asIs }: ErrorCase): readonly (readonly [string, FailedExchange])[] {
  const { body, headers } = exchange;
  const plain = headers as Readonly<Record<string, string>> | undefined;
  const withHeaders = (form: (pairs: [string, string][]) => HeadersLike): FailedExchange =>
    plain ? { ...exchange, headers: form(Object.entries(plain)) } : exchange;
  const text = typeof body === 'object' && body !== null ? JSON.stringify(body) : body;
  const variants: [string, FailedExchange][] = [['as it is', exchange]];
  if (plain) {
    variants.push(['Headers', withHeaders((pairs) => new Headers(pairs))]);
    variants.push(['a Map', withHeaders((pairs) => new Map(pairs))]);
    variants.push([
      'upper-case names',
      withHeaders((pairs) => Object.fromEntries(pairs.map(([name, value]) => [name.toUpperCase(), value]))),
    ]);
    variants.push([
      'lists of values',
      withHeaders((pairs) => Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), [value]]))),
    ]);
  }
  if (asIs || typeof text !== 'string') return variants;
  variants.push(['body as text', { ...exchange, body: text }]);
  variants.push(['body after a byte order mark', { ...exchange, body: `\ufeff${text}` }]);
  variants.push(['body as bytes', { ...exchange, body: new TextEncoder().encode(text) }]);
  variants.push(['body as a buffer', { ...exchange, body: new TextEncoder().encode(text).buffer }]);
  if (text !== body) variants.push(['body as indented text', { ...exchange, body: JSON.stringify(body, null, 4) }]);
  return variants;
}

const factsOf = (error: SpeechError): object => {
  const { kind, vendor, status, code, fields, credits, retryAfterMs, retryable, billed, generationId, limit, close } = error;
  return { kind, vendor, status, code, fields, credits, retryAfterMs, retryable, billed, generationId, limit, close };
};

const rows = errorCases.flatMap(({ vendor, parse, cases }) => cases.map((row) => ({ vendor, parse, row })));

test('the golden table has at least 150 rows, and more than 600 with their variants', () => {
  expect(rows.length).toBeGreaterThanOrEqual(150);
  expect(rows.flatMap(({ row }) => variantsOf(row)).length).toBeGreaterThan(600);
});

describe.each(errorCases)('$vendor', ({ vendor, parse, cases }) => {
  test.each(cases)('$title', (row) => {
    const { kind, retryable, billed, code, fields = [], credits, retryAfterMs, generationId } = row;
    const status =
      kind === 'unknown' && !(row.exchange.status >= 100 && row.exchange.status < 600) ? undefined : row.exchange.status;
    const expected = {
      kind,
      vendor,
      status,
      code,
      fields,
      credits,
      retryAfterMs,
      retryable,
      billed,
      generationId,
      limit: undefined,
      close: undefined,
    };
    for (const [form, exchange] of variantsOf(row)) {
      const error = parse(exchange);
      expect(factsOf(error), form).toStrictEqual({ ...expected, status: Number.isInteger(status) ? status : undefined });
      expect(error.message, form).toContain(row.says ?? '');
      expect(error.advice, form).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('every fact of the vendors’ pages is in the golden table:', () => {
  /** Whether a body has a member such as `errors[].field`. */
  function hasMember(body: unknown, [first, ...rest]: readonly string[]): boolean {
    if (first === undefined) return true;
    const name = first.replace('[]', '');
    const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    if (first !== name) return Array.isArray(value) && value.some((item) => hasMember(item, rest));
    return value !== undefined && !(Array.isArray(value) && !rest.length && name !== 'errors') && hasMember(value, rest);
  }
  const bodyOf = ({ exchange: { body } }: ErrorCase): unknown =>
    typeof body === 'string' && body.startsWith('{\n') ? JSON.parse(body.replace('False', 'false')) : body;

  test.each(Object.entries(documentedFacts))('%s', (vendor, facts) => {
    const cases = rows.filter((row) => row.vendor === vendor).map(({ row }) => row);
    const documented = cases.filter(({ title }) => title.startsWith('documented'));
    const missing = [
      ...facts.statuses.filter((status) => !documented.some(({ exchange }) => exchange.status === status)),
      ...facts.codes.filter((code) => !documented.some((row) => row.code === code)),
      ...facts.closeCodes.filter((code) => !closeCases.some((row) => row.code === code)),
      ...facts.headers.filter((name) => !documented.some(({ exchange }) => exchange.headers && name in exchange.headers)),
      ...facts.members.filter((path) => !documented.some((row) => hasMember(bodyOf(row), path.split('.')))),
      ...facts.examples.filter(
        ([status, body]) =>
          !documented.some((row) => row.exchange.status === status && JSON.stringify(bodyOf(row)) === JSON.stringify(body)),
      ),
    ];
    expect(missing).toEqual([]);
  });
});
