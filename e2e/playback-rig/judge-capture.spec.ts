import { expect, test } from '@playwright/test';

import { judgeCapture } from './judge-capture.ts';
import { knownSignal } from './known-signal.ts';

const source = knownSignal(24_000);
const silence = (samples: number): Float32Array => new Float32Array(samples);

function join(...parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const gainAt = (at: number, length: number): number => 0.5 - 0.5 * Math.cos((Math.PI * (at + 0.5)) / length);
const risen = (part: Float32Array, length = 120): Float32Array =>
  part.map((sample, at) => (at < length ? sample * gainAt(at, length) : sample));
const fallen = (part: Float32Array, length = 120): Float32Array => risen(part.toReversed(), length).toReversed();
/** The last sample of a part, held and let down. */
const decay = (part: Float32Array, length = 120): Float32Array =>
  Float32Array.from({ length }, (_, at) => part.at(-1)! * gainAt(length - 1 - at, length));

const intact = { gaps: [], clicks: 0, lost: 0, doubled: 0, fidelityDb: 'exact', recognised: 1 };

test('an exact copy is exact, however late it comes', () => {
  expect(judgeCapture(source, source)).toEqual({ ...intact, firstSound: 0 });
  expect(judgeCapture(join(silence(777), source, silence(99)), source)).toEqual({ ...intact, firstSound: 777 });
});

test('a fade in at the start and a fade out at the end are part of the copy', () => {
  const capture = join(silence(300), fallen(risen(source)), silence(300));
  expect(judgeCapture(capture, source)).toMatchObject({ gaps: [], clicks: 0, doubled: 0, fidelityDb: 'exact' });
  expect(judgeCapture(capture, source).lost).toBeLessThanOrEqual(4);
});

for (const samples of [1, 5, 128, 6000]) {
  test(`a hard gap of ${samples} samples is one gap and two clicks`, () => {
    const judged = judgeCapture(join(source.slice(0, 9_000), silence(samples), source.slice(9_000)), source);
    expect(judged).toMatchObject({ gaps: [{ at: 9_000, samples, isRamped: false }], lost: 0, doubled: 0 });
    expect(judged.clicks).toBe(2);
  });

  test(`${samples} lost samples are counted and heard as a click`, () => {
    const judged = judgeCapture(join(source.slice(0, 9_000), source.slice(9_000 + samples)), source);
    expect(judged).toMatchObject({ gaps: [], clicks: 1, lost: samples, doubled: 0 });
  });

  test(`${samples} doubled samples are counted and heard as a click`, () => {
    const judged = judgeCapture(join(source.slice(0, 9_000), source.slice(9_000 - samples)), source);
    expect(judged).toMatchObject({ gaps: [], clicks: 1, lost: 0, doubled: samples });
  });

  test(`${samples} samples that are missing at the end are lost`, () => {
    expect(judgeCapture(source.slice(0, source.length - samples), source)).toMatchObject({ lost: samples, doubled: 0 });
    expect(judgeCapture(source.slice(samples), source)).toMatchObject({ lost: samples, clicks: 1 });
  });
}

test('samples that are lost between two fades are counted', () => {
  const judged = judgeCapture(join(fallen(source.slice(0, 9_000)), silence(2_000), risen(source.slice(9_050))), source);
  expect(judged.lost).toBeGreaterThanOrEqual(50);
});

test('a gap between a decay and a fade in is a gap without a click', () => {
  const before = source.slice(0, 9_000);
  const judged = judgeCapture(join(before, decay(before), silence(2_000), risen(source.slice(9_000))), source);
  expect(judged).toMatchObject({ clicks: 0, doubled: 0, fidelityDb: 'exact' });
  expect(judged.gaps).toHaveLength(1);
  expect(judged.gaps[0]).toMatchObject({ isRamped: true });
  expect(judged.lost).toBeLessThanOrEqual(4);
});

test('a gap between two fades of the source itself is a gap without a click', () => {
  const judged = judgeCapture(join(fallen(source.slice(0, 9_000)), silence(2_000), risen(source.slice(9_000))), source);
  expect(judged).toMatchObject({ clicks: 0, doubled: 0 });
  expect(judged.gaps).toHaveLength(1);
  expect(judged.lost).toBeLessThanOrEqual(8);
});

test('a fade whose samples come again in full is seen as doubled', () => {
  const judged = judgeCapture(join(fallen(source.slice(0, 9_000)), silence(2_000), risen(source.slice(8_880))), source);
  expect(judged.doubled).toBeGreaterThan(110);
});

test('a dip of the volume between two stretches is no click, and nothing is lost in it', () => {
  const judged = judgeCapture(join(fallen(source.slice(0, 9_000)), risen(source.slice(9_000))), source);
  expect(judged).toMatchObject({ gaps: [], clicks: 0, lost: 0, doubled: 0 });
});

test('one wrong sample is a click and a lost sample', () => {
  const capture = source.slice();
  capture[12_345]! += 0.3;
  expect(judgeCapture(capture, source)).toMatchObject({ gaps: [], clicks: 1, lost: 1, doubled: 0 });
});

test('what came through 16 bits is whole, and its fidelity is that of 16 bits', () => {
  const capture = source.map((sample) => Math.round(sample * 32_767) / 32_767);
  const { fidelityDb, ...judged } = judgeCapture(capture, source);
  expect(judged).toMatchObject({ gaps: [], clicks: 0, lost: 0, doubled: 0 });
  expect(fidelityDb).toBeGreaterThan(80);
  expect(fidelityDb).toBeLessThan(100);
});

test('pieces in the wrong order are not whole', () => {
  const judged = judgeCapture(join(source.slice(8_000, 16_000), source.slice(0, 8_000), source.slice(16_000)), source);
  expect(judged.clicks).toBeGreaterThan(0);
  expect(judged.doubled).toBeGreaterThan(0);
});

test('silence and another signal are not recognised', () => {
  expect(judgeCapture(silence(9_000), source)).toMatchObject({ firstSound: -1, lost: source.length, recognised: 0 });
  expect(judgeCapture(knownSignal(24_000, 2), source).recognised).toBe(0);
});

test('a stopped player may leave the end out, and a hard stop is a click', () => {
  const soft = judgeCapture(fallen(source.slice(0, 9_000)), source, { isStopped: true });
  expect(soft).toMatchObject({ clicks: 0, lost: 0, gaps: [] });
  const hard = judgeCapture(join(source.slice(0, 9_000), silence(500)), source, { isStopped: true });
  expect(hard).toMatchObject({ clicks: 1, lost: 0 });
});
