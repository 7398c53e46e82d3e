import { expect, test } from 'vitest';

import { parametersIn } from './structured-field.ts';

const read = (field: string | undefined): object[] => [...parametersIn(field)];

test.each<[field: string | undefined, members: object[]]>([
  [undefined, []],
  ['', []],
  ['token', [{}]],
  ['"a";r=0', [{ r: '0' }]],
  [
    '"a";r=0;t=5,"b" ; r=1\t;  t=-6.125',
    [
      { r: '0', t: '5' },
      { r: '1', t: '-6.125' },
    ],
  ],
  ['*token/x:y;a', [{ a: '?1' }]],
  [
    'a;b=?0;c=:aGk=:;d="\\"\\\\;, ";e=@1659578233;*f=x',
    [{ b: '?0', c: ':aGk=:', d: '"\\"\\\\;, "', e: '@1659578233', '*f': 'x' }],
  ],
  ['a;r=1;r=0', [{ r: '0' }]],
  ['12, -3.5, ?1, ::', [{}, {}, {}, {}]],
  ['limit=60, remaining=0;w=1, reset=30', [{ limit: '60', remaining: '0', w: '1', reset: '30' }]],
])('%s has its parameters', (field, members) => {
  expect(read(field)).toEqual(members);
});

test.each([
  ',a',
  ';a=1',
  'a,',
  'a;',
  'a,,b',
  'a b',
  'a;b=',
  'a;=1',
  '"a',
  '"a\\n"',
  '"\u0001"',
  '"é"',
  '1.2345',
  '1.',
  '1234567890123456',
  '?2',
  ':a b:',
  'a)',
])('a malformed field is ignored whole: %s', (field) => {
  expect(read(field)).toEqual([]);
});
