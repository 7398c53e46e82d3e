import { expect, test } from 'vitest';

import { presentable, printable } from './redaction.ts';

test.each([
  ['the query of an address', 'See https://a.example/f?sig=abcdef for it', 'See https://a.example/f?*** for it'],
  ['a fragment', 'See /f#token-1234 for it', 'See /f#*** for it'],
  ['user and password in an address', 'wss://me:pass@a.example/x', 'wss://***@a.example/x'],
  ['a header', 'x-api-key: abcdef9 is wrong', 'x-api-key: *** is wrong'],
  ['a setting with blanks', 'api_key = abcdefgh is wrong', 'api_key = *** is wrong'],
  ['what follows a key in quotes and brackets', 'The key ("ab-cd") is wrong', 'The key ("***") is wrong'],
  ['a setting', "token='abcdef', then", "token='***', then"],
  ['what follows a key by up to three words', 'Key  you gave  us   abcd-ef, sorry', 'Key you gave us ***, sorry'],
  ['long ids that mix letters and digits', 'as a1b2c3d4e5f6a1b2c3d4e5f6 said', 'as *** said'],
])('of %s only the place is left', (_what, text, expected) => {
  expect(presentable(text, 200)).toBe(expected);
});

test.each([
  'Ask at a.example//x or me@a.example',
  'gen_a1b2c3d4e5f6a1b2c3d4e5f6 was not found',
  'gen_123e4567-e89b-12d3-a456-426614174000 was not found',
  'An ordinaryandverylongwordofmanyletters without digits',
  'Speed < 2 and pitch > 1',
])('kept whole: %s', (text) => {
  expect(presentable(text, 200)).toBe(text);
});

test('each run of markup and white space becomes one space, also when a tag has no end', () => {
  expect(presentable('Bad<br/>text\r\n\t here <img src=x onerror=', 200)).toBe('Bad text here');
  expect(presentable(' \u2028Bad\u00a0 ', 200)).toBe('Bad');
});

test('what is no text is empty, and a limit is kept', () => {
  for (const thrown of [undefined, null, 7, {}, ['a']]) expect(printable(thrown, 9)).toBe('');
  expect(presentable('abc '.repeat(9), 5)).toBe('abc a');
});
