import type { FailedExchange, KeyRedactor } from '@saystream/errors';

import { parsedJson } from '../json-fields.ts';

/** A JSON value without the key; undefined when nothing readable is left of it. */
export const redactJson = (value: unknown, redact: KeyRedactor): unknown => parsedJson(redact(JSON.stringify(value) ?? ''));

const pairsOf = (headers: object): Iterable<readonly [string, unknown]> =>
  Symbol.iterator in headers ? (headers as Headers) : Object.entries(headers);

/** The same exchange without the key. The body may have been cut anywhere. */
export function redactExchange({ body, headers, ...rest }: FailedExchange, redact: KeyRedactor): FailedExchange {
  return {
    ...rest,
    body: typeof body === 'string' ? redact(body, true) : redactJson(body, redact),
    headers: Array.from(pairsOf(headers ?? {}), ([name, value]) => [name, redact(String(value))] as const),
  };
}
