import { expect, test } from 'vitest';

import * as clients from '../packages/core/src/timing/server-clock.ts';
import * as relay from '../packages/relay/src/http/server-clock.ts';

/** Clients and relay share no code. Their rule must be one. */
const copies = [clients, relay] as const;
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
  expect(copies.map(({ isMadeSince }) => isMadeSince(madeAt, beganAtMs))).toEqual([is, is]);
});

test('a call’s beginning is told by the server’s clock, and by the caller’s only where the server names no time', () => {
  const secondsAgo = performance.now() - 3_000;
  const by = (headers: Headers) => copies.map(({ beganByServer }) => beganByServer(headers, secondsAgo));
  const date = 'Fri, 01 May 2026 12:00:13 GMT';
  for (const atMs of by(new Headers({ date }))) expect(Math.abs(atMs - (Date.parse(date) - 3_000))).toBeLessThan(100);
  for (const headers of [new Headers(), new Headers({ date: 'yesterday' })]) {
    for (const atMs of by(headers)) expect(Math.abs(atMs - (Date.now() - 3_000))).toBeLessThan(100);
  }
});
