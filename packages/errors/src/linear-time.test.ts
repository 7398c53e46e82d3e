import { expect, test } from 'vitest';

import { explainAudixaClose } from './audixa-close-codes.ts';
import { parseAudixaError } from './parse-audixa-error.ts';
import { parseMoknahError } from './parse-moknah-error.ts';
import { parseProblemDetails } from './parse-problem-details.ts';
import { parseSautiError } from './parse-sauti-error.ts';
import { SpeechError } from './speech-error.ts';
import { parametersIn } from './structured-field.ts';

const parsers = { parseAudixaError, parseSautiError, parseMoknahError, parseProblemDetails };

/** The least of up to ten tries, in milliseconds: other processes on the machine only ever add to it. One of a second is enough. */
function leastMs(work: () => void, enoughMs: number): number {
  let least = Infinity;
  for (let tries = 0; tries < 10 && least > enoughMs && !(least > 1000 && least < Infinity); tries += 1) {
    const startedAt = performance.now();
    work();
    least = Math.min(least, performance.now() - startedAt);
  }
  return least;
}

const pieces =
  '{ [ " \\ \\" "\\ < <a <title <title> ? # ?= :// ://@ a@ key key= token= a- a1- a 1 é / // a/ ; ;a , r=0 t= ;r=0;t=1 "a", :a :a: : :False False'.split(
    ' ',
  );
const spaced = [
  ' ',
  '\n',
  'key ',
  'key a ',
  'key a a a ',
  ': ',
  '": False',
  'bearer ',
  'a ',
  'retry after 1',
  'retry after 123456 ',
];
const odd = [
  '{"a":',
  '[{"loc":["body","a"],"msg":"m"},',
  '{"detail":"',
  '\u202e',
  '\ud800',
  '<Message>',
  '<Error>',
  'about:',
  'urn:',
  'body/a must ',
];

const size = 65_536;
const long = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Strings of 64 KiB that make careless expressions slow: repeated pieces, alone, begun and ended so that a match fails late. */
const strings: readonly string[] = [...pieces, ...spaced, ...odd].flatMap((piece) => [
  long(piece),
  `https://x/${long(piece)}/x `,
  `"${long(piece)}\u0000`,
  `<title${long(piece)}`,
]);

/** Wherever an answer can hold a text. */
const placesOf = (text: string): readonly unknown[] => [
  text,
  JSON.stringify({ detail: text, type: text, code: text }),
  {
    type: text,
    status: text,
    detail: text,
    message: [text],
    errors: [{ field: text, message: text }, { loc: [text], msg: text }, text],
    [text]: [text],
  },
  { error: { code: text, message: text, details: { [text]: text, reset_after: text } } },
];

/** 20 ms, or what a plain scan of as many characters takes a hundred times over, where the machine is slower than that. */
const limitMs = Math.max(20, 100 * leastMs(() => void long('ab').replace(/b/g, 'c'), 0));

test('no string of 64 KiB in a body or in headers takes a parser more than 20 ms', () => {
  const tooSlow: string[] = [];
  for (const text of strings) {
    if (tooSlow.length > 0) break;
    const headers = Object.fromEntries(
      ['Retry-After', 'RateLimit', 'RateLimit-Reset', 'Date', 'X-Request-Id', 'Moknah-Credits-Remaining'].map((name) => [
        name,
        text,
      ]),
    );
    for (const body of placesOf(text)) {
      for (const [name, parse] of Object.entries(parsers)) {
        const ms = leastMs(() => void parse({ status: 429, headers, body }), limitMs);
        if (ms > limitMs) tooSlow.push(`${name}: ${text.slice(0, 20)}… in ${JSON.stringify(body).slice(0, 20)}: ${ms} ms`);
      }
    }
  }
  expect(tooSlow).toEqual([]);
});

test('no string of 64 KiB takes the explanation of a close, an error’s making or a structured field more than 20 ms', () => {
  const tooSlow: string[] = [];
  for (const text of strings) {
    if (tooSlow.length > 0) break;
    const work = {
      close: () => explainAudixaClose({ code: 4429, reason: text, errorMessage: text, phase: 'waiting' }),
      reason: () => explainAudixaClose({ code: 4429, reason: `{${text}`, phase: 'waiting' }),
      error: () =>
        new SpeechError({ kind: 'unknown', vendor: 'http', message: text, code: text, fields: [{ path: text, message: text }] }),
      field: () => parametersIn(text),
    };
    for (const [name, run] of Object.entries(work)) {
      const ms = leastMs(() => void run(), limitMs);
      if (ms > limitMs) tooSlow.push(`${name}: ${text.slice(0, 20)}…: ${ms} ms`);
    }
  }
  expect(tooSlow).toEqual([]);
});
