import { expect, test } from 'vitest';

import { beganByServer, isMadeSince } from './server-clock.ts';

const beganAtMs = Date.parse('2026-05-01T12:00:10.400Z');

test.each<[unknown, boolean]>([
  ['2026-05-01T12:00:10Z', true],
  ['2026-05-01T12:00:09.400Z', true],
  ['2026-05-01T12:00:09Z', false],
  ['2026-05-01T12:00:11', true],
  ['2026-05-01T12:00:11.000123', true],
  ['2026-05-01 12:00:05', false],
  ['2026-05-01T14:00:11+02:00', true],
  ['2026-05-01T14:00:05+0200', false],
  ['2026-05-01T12:00:11-01:00', true],
  ['soon', false],
  ['', false],
  [undefined, false],
  [null, false],
  [1_900_000_000_000, false],
])('what was made at %j is of a call that began at 12:00:10.4: %s', (madeAt, is) => {
  expect(isMadeSince(madeAt, beganAtMs)).toBe(is);
});

test('a call’s beginning is told by the server’s clock, and by the caller’s only where the server names no time', () => {
  const secondsAgo = performance.now() - 3_000;
  const date = 'Fri, 01 May 2026 12:00:13 GMT';
  expect(Math.abs(beganByServer(new Headers({ date }), secondsAgo) - (Date.parse(date) - 3_000))).toBeLessThan(100);
  for (const headers of [new Headers(), new Headers({ date: 'yesterday' })]) {
    expect(Math.abs(beganByServer(headers, secondsAgo) - (Date.now() - 3_000))).toBeLessThan(100);
  }
});
