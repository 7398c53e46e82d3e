import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createEventParser } from './server-sent-events.ts';

function parse(...parts: string[]) {
  const parser = createEventParser();
  return [...parts.flatMap(parser.push), ...parser.end()];
}

const cases: readonly (readonly [what: string, text: string, events: (readonly [event: string, data: string])[]])[] = [
  ['one event', 'data: a\n\n', [['', 'a']]],
  ['several lines of data', 'data: a\ndata:b\ndata:  c\n\n', [['', 'a\nb\n c']]],
  [
    'line ends of three kinds',
    'data: a\r\n\r\ndata: b\r\rdata: c\n\n',
    [
      ['', 'a'],
      ['', 'b'],
      ['', 'c'],
    ],
  ],
  [
    'names, comments and unknown fields',
    ': hi\nevent: x\nid: 1\nretry: 5\nfoo: bar\ndata: a\n\ndata: b\n\n',
    [
      ['x', 'a'],
      ['', 'b'],
    ],
  ],
  ['events without data', 'event: x\n\n: ping\n\ndata\n\n', [['', '']]],
  ['a byte order mark', '\uFEFFdata: a\n\n', [['', 'a']]],
  ['a second byte order mark is no data', 'data: a\n\n\uFEFFdata: b\n\n', [['', 'a']]],
  [
    'an end without an empty line',
    'data: a\n\ndata: b',
    [
      ['', 'a'],
      ['', 'b'],
    ],
  ],
  ['colons in the data', 'data: {"a":"b: c"}\n\n', [['', '{"a":"b: c"}']]],
];

for (const [what, text, events] of cases) {
  const expected = events.map(([event, data]) => ({ event, data }));
  test(`parses ${what}`, () => {
    expect(parse(text)).toEqual(expected);
  });
  test(`parses ${what}, split between any two characters and into single ones`, () => {
    for (let at = 0; at <= text.length; at += 1) expect(parse(text.slice(0, at), text.slice(at))).toEqual(expected);
    expect(parse(...text)).toEqual(expected);
  });
}

test('gives the same events however the text is split', () => {
  const line = fc.constantFrom('data: a', 'data:b', 'event: x', ': c', '', 'data', 'id: 1');
  const end = fc.constantFrom('\n', '\r', '\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(line, end)), fc.array(fc.nat(20)), (lines, sizes) => {
      const text = lines.flat().join('');
      const parts: string[] = [];
      let at = 0;
      for (const size of sizes) parts.push(text.slice(at, (at += size)));
      expect(parse(...parts, text.slice(at))).toEqual(parse(text));
    }),
  );
});

test('reads a line of 4 MiB in parts of 16 characters in linear time', () => {
  const parser = createEventParser();
  const started = performance.now();
  parser.push('data: ');
  for (let part = 0; part < 262_144; part += 1) parser.push('0123456789abcdef');
  expect(parser.push('\n\n')[0]?.data).toHaveLength(4_194_304);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('refuses a line of more than 16 MiB', () => {
  const parser = createEventParser();
  const mebibyte = 'a'.repeat(1_048_576);
  for (let count = 0; count < 16; count += 1) parser.push(mebibyte);
  expect(() => parser.push('a')).toThrow(/more than 16777216 characters/);
});
