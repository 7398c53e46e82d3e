import { expect, test } from 'vitest';

import { waveformPaths } from './waveform-path.ts';

const halves = (paths: readonly string[]): number[] => paths.map((path) => Number(/V([\d.]+)$/.exec(path)?.[1]) - 1);

test('a bar shows the loudest moment of its share of the time, and none leaves its box', () => {
  // 0.4 s in steps of 0.05 s, as two bars
  const [quiet = 0, loud = 0] = halves(waveformPaths([0.1, 0, 0.2, 0.1, 0, 9, 0, 0.1], 0.4, 2));
  expect(quiet).toBeGreaterThan(0.2);
  expect(loud).toBeGreaterThan(quiet);
  expect(loud).toBeLessThan(1);
});

test('what has not arrived is a dot, and so is everything before anything is known', () => {
  expect(halves(waveformPaths([1], 0.4, 4))).toEqual([expect.closeTo(0.9), 0, 0, 0]);
  expect(halves(waveformPaths([], 0, 3))).toEqual([0, 0, 0]);
});

test('more bars than steps repeat the steps instead of losing them', () => {
  expect(halves(waveformPaths([0.5, 1], 0.1, 4)).every((half) => half > 0)).toBe(true);
});
