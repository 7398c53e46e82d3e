import { expect, test } from 'vitest';

import { createKeyRedactor } from './key-redactor.ts';

const key = 'ax_L1ve/k+y="9\\Zq~7-p2';
const redact = createKeyRedactor(key);

test.each([
  ['as it is', key],
  ['in capitals', key.toUpperCase()],
  ['URL-encoded', encodeURIComponent(key)],
  ['URL-encoded in small letters', encodeURIComponent(key).toLowerCase()],
  ['escaped in JSON', JSON.stringify(key).slice(1, -1)],
  ['with line breaks', key.replace(/(.{4})/g, '$1\r\n')],
  ['in base64', btoa(key).slice(0, -3)],
])('a key %s becomes stars, as many as it had characters', (_, said) => {
  expect(redact(`<${said}>`)).toBe(`<${'*'.repeat(said.length)}>`);
});

test.each([0, 1, 2])('a key in base64 after %i bytes is found, in either alphabet', (offset) => {
  const base64 = btoa(`${'a'.repeat(offset)}${key}zz`);
  for (const said of [base64, base64.replaceAll('+', '-').replaceAll('/', '_')]) {
    const left = redact(said).replaceAll('*', '');
    // The characters that remain share bits with the bytes beside the key.
    expect(left.length).toBeLessThanOrEqual(8);
  }
});

test('a key that a text ends within is struck from its fourth character on, where the text was cut', () => {
  expect(redact('key ax_L1v', true)).toBe('key ******');
  expect(redact('key ax_', true)).toBe('key ax_');
  expect(redact('key ax_L1v')).toBe('key ax_L1v');
  expect(redact('key ax_L1v and more', true)).toBe('key ax_L1v and more');
});

test('a key of 8 characters is struck, a shorter one is not searched for', () => {
  expect(createKeyRedactor('keystone')('my keystone')).toBe('my ********');
  expect(createKeyRedactor('keyston')('my keyston')).toBe('my keyston');
  expect(createKeyRedactor(undefined)('my keystone')).toBe('my keystone');
  expect(createKeyRedactor('ключ-ключ')('ключ-ключ')).toBe('ключ-ключ');
});

test('nothing is searched for longer than its length deserves', () => {
  const hostile = ['a', 'ax', '\\', ' ', '%25', 'ax \\ ', btoa(key).slice(0, 20)].map((part) =>
    part.repeat(300_000 / part.length),
  );
  const startMs = performance.now();
  for (const text of hostile) redact(text, true);
  // 2.1 MB; measured 0.1 s.
  expect(performance.now() - startMs).toBeLessThan(3_000);
});
