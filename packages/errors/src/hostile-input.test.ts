import fc from 'fast-check';
import { expect, test } from 'vitest';

import { explainAudixaClose } from './audixa-close-codes.ts';
import type { FailedExchange } from './failed-exchange.ts';
import { parseAudixaError } from './parse-audixa-error.ts';
import { parseMoknahError } from './parse-moknah-error.ts';
import { parseProblemDetails } from './parse-problem-details.ts';
import { parseSautiError } from './parse-sauti-error.ts';
import { speechErrorKinds } from './speech-error-kind.ts';
import type { SpeechError, StreamPhase } from './speech-error.ts';
import { waitHint } from './wait-hint.ts';

const parsers = [parseAudixaError, parseSautiError, parseMoknahError, parseProblemDetails];
const kinds: ReadonlySet<string> = new Set(speechErrorKinds);

/** Browsers share the machine with others; there the same property runs on fewer cases. */
const numRuns = 'document' in globalThis ? 3000 : 25_000;

const names = [
  'detail',
  'details',
  'error',
  'errors',
  'message',
  'code',
  'type',
  'title',
  'status',
  'success',
  'loc',
  'msg',
  'field',
  'pointer',
  'text',
  'voice_id',
  'reset_after',
  'credits_remaining',
  'credits_required',
  'generation_id',
  'job_id',
  '__proto__',
  'constructor',
  'toString',
  'non_field_errors',
  '0',
];
const headerNames = [
  'Retry-After',
  'retry-after',
  'RateLimit',
  'RateLimit-Reset',
  'X-RateLimit-Reset',
  'Date',
  'Moknah-Credits-Remaining',
  'Moknah-Credits-Used',
  'X-Request-Id',
  'Content-Type',
];
const telling = [
  'FAILED',
  'CONCURRENT_REQUEST',
  'job_not_complete',
  'about:blank',
  'https://a/b/c',
  'retry after 5 s',
  'False',
  '<title>x</title>',
  '\ufeff{',
  '1e999',
  '-0',
  '1762300842',
  '"default";r=0;t=5',
  'Wed, 05 Nov 2025 00:00:00 GMT',
  '\u202e\u0000',
  '{"success": False',
  '[{"loc":["body"',
  'key: abcdefgh1',
  '://a?b#c=d',
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...telling) },
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 300 }),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.string({ maxLength: 8 })), tie('value')), {
        maxLength: 5,
      })
      .map(
        // JSON.parse makes `__proto__` an own member; so does this.
        (members) =>
          members.reduce<object>(
            (object, [name, value]) => Object.defineProperty(object, name, { value, enumerable: true, configurable: true }),
            {},
          ),
      ),
  ),
})).value;
const stringified = fc.tuple(json, fc.nat(), fc.boolean()).map(([value, cut, isCut]) => {
  const whole = JSON.stringify(value);
  return isCut ? whole.slice(0, cut % (whole.length + 1)) : whole;
});
const body = fc.oneof(json, stringified, text, fc.uint8Array({ maxLength: 60 }), fc.constant(undefined));
const headerValue = fc.oneof(
  text,
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
);
const pairs = fc.array(fc.tuple(fc.constantFrom(...headerNames), headerValue), { maxLength: 5 });
const headers = fc.oneof(
  pairs,
  pairs.map((list) => Object.fromEntries(list)),
  pairs.map((list) => Object.fromEntries(list.map(([name, value]) => [name, [value, value]]))),
  fc.constant(undefined),
  json,
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(200, 400, 402, 409, 422, 429, 500, 503) },
  fc.integer({ min: -1, max: 700 }),
  fc.double(),
);
const exchange = fc.record({
  status,
  headers,
  body,
  nowMs: fc.option(fc.double(), { nil: undefined }),
}) as fc.Arbitrary<FailedExchange>;

/** What is wrong with an error; one list, as a million single expectations would take most of the time. */
function faultsOf(error: SpeechError): string[] {
  const { kind, message, fields, retryAfterMs: waitMs = 1, status = 100 } = error;
  const texts = message + fields.map((field) => field.path + field.message).join('');
  const faults = {
    kind: !kinds.has(kind),
    message: !message || message.length > 2000,
    characters: /[\p{Cc}\p{Bidi_C}\p{Cs}]/u.test(texts),
    fields: fields.length > 50 || fields.some(({ path }) => /__proto__|constructor/.test(path)),
    retryAfterMs: !(waitMs > 0 && waitMs <= 86_400_000),
    status: !(status >= 100 && status < 600),
    json: JSON.stringify(error).length > 65_536,
  };
  return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [`${fault} of ${JSON.stringify(error)}`] : []));
}

// Printed by fast-check when a property fails, together with the counterexample.
const seed = Date.now() ^ (Math.random() * 0x1_0000_0000);

test(
  'no answer makes a parser throw, loop, invent a kind, or touch a prototype: 100,000 parsed in Node',
  { timeout: 120_000 },
  () => {
    const prototype = Reflect.ownKeys(Object.prototype).length;
    fc.assert(
      fc.property(exchange, (given) => {
        expect(parsers.flatMap((parse) => faultsOf(parse(given)))).toEqual([]);
        const hint = waitHint(given, 'moknah');
        expect(hint === undefined || (hint > 0 && hint <= 86_400_000)).toBe(true);
        expect(Reflect.ownKeys(Object.prototype).length).toBe(prototype);
      }),
      { numRuns, seed },
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  },
);

test('no close makes its explanation throw or invent a kind', () => {
  const phase = fc.constantFrom<StreamPhase>('connecting', 'waiting', 'streaming', 'completed');
  const close = fc.record({
    code: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.double()),
    reason: text,
    wasClean: fc.boolean(),
    phase,
    errorMessage: fc.option(text, { nil: undefined }),
  });
  fc.assert(
    fc.property(close, (given) => {
      const error = explainAudixaClose(given);
      expect(error === undefined).toBe(given.phase === 'completed');
      if (error) expect(faultsOf(error)).toEqual([]);
    }),
    { numRuns: numRuns / 5, seed },
  );
});
