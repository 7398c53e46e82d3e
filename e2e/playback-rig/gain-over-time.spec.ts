import { expect, test } from '@playwright/test';

import { gainOverTime } from './gain-over-time.ts';
import { knownSignal } from './known-signal.ts';

const source = knownSignal(24_000);
const at = (gain: (i: number) => number): Float32Array => source.map((sample, i) => sample * gain(i));

test('a constant gain has no step and is settled from the start', () => {
  const { steepest, settledAt } = gainOverTime(
    at(() => 0.5),
    source,
    0,
  );
  expect(steepest).toBeLessThan(1e-5);
  expect(settledAt(0.5, 0)).toBeLessThan(10);
  expect(settledAt(1, 0)).toBe(-1);
});

test('a step of the gain is seen, and so is when it settled', () => {
  const { steepest, settledAt } = gainOverTime(
    at((i) => (i < 12_000 ? 1 : 0)),
    source,
    0,
  );
  expect(steepest).toBeGreaterThan(0.2);
  expect(settledAt(0, 12_000)).toBeLessThan(12_010);
});

test('a ramp is no step', () => {
  const { steepest, settledAt } = gainOverTime(
    at((i) => Math.max(0.5, Math.min(1, 1 - (i - 12_000) / 960))),
    source,
    0,
  );
  expect(steepest).toBeLessThan(0.002);
  expect(settledAt(0.5, 12_000)).toBeGreaterThan(12_460);
});
