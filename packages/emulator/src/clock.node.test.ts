import { expect, test } from 'vitest';

import { createClock } from './clock.ts';

test('it is real time until it is moved, and moves by what is added', () => {
  const clock = createClock();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
  clock.advance(7 * 86_400_000);
  expect(clock.now() - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
});

test('a wait ends by itself, and the shorter one first', async () => {
  const clock = createClock();
  const ended: string[] = [];
  await Promise.all([clock.wait(30).then(() => ended.push('30')), clock.wait(1).then(() => ended.push('1'))]);
  expect(ended).toEqual(['1', '30']);
});

test('what is due when time has moved happens at once, and nothing else', async () => {
  const clock = createClock();
  const ended: string[] = [];
  const hour = clock.wait(3_600_000).then(() => ended.push('hour'));
  void clock.wait(86_400_000).then(() => ended.push('day'));
  clock.advance(3_600_000);
  await hour;
  expect(ended).toEqual(['hour']);
});

test('time that was added counts for waits that are under way', async () => {
  const clock = createClock();
  const wait = clock.wait(60_000);
  clock.advance(59_990);
  await expect(wait).resolves.toBeUndefined();
});

test('an aborted signal ends a wait, and is not waited with', async () => {
  const clock = createClock();
  const controller = new AbortController();
  const wait = clock.wait(Infinity, controller.signal);
  controller.abort();
  await expect(wait).resolves.toBeUndefined();
  await expect(clock.wait(60_000, controller.signal)).resolves.toBeUndefined();
});

test('time does not move backward', () => {
  expect(() => createClock().advance(-1)).toThrow(RangeError);
  expect(() => createClock().advance(Number.NaN)).toThrow(RangeError);
});

test('time does not move beyond what a date can hold', () => {
  const clock = createClock();
  for (const ms of [Infinity, 8.64e15]) expect(() => clock.advance(ms)).toThrow(RangeError);
  expect(new Date(clock.now()).toISOString()).toMatch(/^20/);
});
