import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { StartTime } from './start-time.ts';

const sampleRate = 24_000;
const samplesPerMs = sampleRate / 1000;
const quantum = 128;

interface Delivery {
  readonly speed: number;
  readonly frameMs: readonly [number, number];
  /** Milliseconds a frame is late; those behind it wait. */
  readonly lateMs: (random: () => number) => number;
}

interface Start {
  readonly firstMs: number;
  readonly gaps: number;
}

const uniform = (seed: number) => (): number => {
  seed = (seed + 0x6d_2b_79_f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/**
 * Six seconds played block by block, each frame up to 4 ms later than planned, as on a real machine. An audio thread that
 * renders several blocks at a time sees what has arrived only before the first of them: `step` frames apart. The first frame
 * may be `firstLateMs` late, as while everything is starting.
 */
function simulate(
  { speed, frameMs: [least, most], lateMs }: Delivery,
  seed: number,
  { step = quantum, firstLateMs = 0 } = {},
): Start {
  const random = uniform(Math.imul(seed, 2_654_435_761));
  const frames: { atMs: number; samples: number }[] = [];
  for (let media = 0, last = 0; media < 6000;) {
    const length = Math.round(least + random() * (most - least));
    media += length;
    last = Math.max(last, media / speed + (frames.length > 0 ? lateMs(random) : firstLateMs) + 4 * random());
    frames.push({ atMs: last, samples: length * samplesPerMs });
  }
  const start = new StartTime(sampleRate);
  const firstAt = frames[0]!.atMs;
  let result: Start = { firstMs: NaN, gaps: 0 };
  let next = 0;
  let waiting = 0;
  let isPlaying = false;
  for (let frame = 0; next < frames.length || waiting >= quantum; frame += quantum) {
    const now = frame / samplesPerMs;
    for (; frame % step === 0 && next < frames.length && frames[next]!.atMs <= now; next++) {
      if (!isPlaying) start.arrive(frame, frames[next]!.samples);
      waiting += frames[next]!.samples;
    }
    if (!isPlaying && waiting > 0 && (next === frames.length || start.isReady(frame, waiting))) {
      isPlaying = true;
      if (Number.isNaN(result.firstMs)) result = { ...result, firstMs: now - firstAt };
    }
    if (!isPlaying) continue;
    if (waiting >= quantum) {
      waiting -= quantum;
    } else if (next < frames.length) {
      result = { ...result, gaps: result.gaps + 1 };
      isPlaying = false;
      waiting = 0;
      start.starve();
    }
  }
  return result;
}

const never = (): number => 0;
const seeds = 2000;

/** The figures are what this rule reaches: a change that starts later or gaps more shows here. */
describe('StartTime over thousands of deliveries', () => {
  it.each([
    { title: 'all at once', speed: Infinity, frameMs: [20, 80], lateMs: never, medianMs: 8, most95Ms: 12, gapShare: 0 },
    { title: 'three times real time', speed: 3, frameMs: [20, 100], lateMs: (r: () => number) => r() * 60, medianMs: 86, most95Ms: 110, gapShare: 0.001 },
    { title: '1.5×, jitter to 60 ms', speed: 1.5, frameMs: [20, 100], lateMs: (r: () => number) => r() * 60, medianMs: 92, most95Ms: 130, gapShare: 0.005 },
    { title: 'real time', speed: 1, frameMs: [40, 40], lateMs: never, medianMs: 92, most95Ms: 95, gapShare: 0 },
    { title: '1.2×, one in ten up to 180 ms late', speed: 1.2, frameMs: [20, 60], lateMs: (r: () => number) => (r() < 0.1 ? r() * 180 : 0), medianMs: 185, most95Ms: 195, gapShare: 0.085 },
  ] as const)('$title', ({ medianMs, most95Ms, gapShare, ...delivery }) => {
    const runs = Array.from({ length: seeds }, (_, seed) => simulate(delivery, seed + 1));
    const firsts = runs.map(({ firstMs }) => firstMs).toSorted((a, b) => a - b);
    expect(firsts[seeds / 2]).toBeLessThanOrEqual(medianMs);
    expect(firsts[seeds * 0.95]).toBeLessThanOrEqual(most95Ms);
    expect(runs.filter(({ gaps }) => gaps > 0).length / seeds).toBeLessThanOrEqual(gapShare);
  }); // prettier-ignore
});

/** Held-out seeds: the rule was chosen with others. The shares are what it reaches: what is missing are starts that looked like another delivery. */
describe('StartTime keeps its aims in most deliveries, however coarsely it sees them', () => {
  const jitter = (random: () => number): number => random() * 60;
  const heavyTail = (random: () => number): number => (random() < 0.1 ? random() * 180 : 0);
  it.each([
    { title: '1.5×, jitter to 60 ms, starts within 100 ms', speed: 1.5, frameMs: [20, 100], lateMs: jitter, aimMs: 100, share: 0.8 },
    { title: 'real time starts within 120 ms', speed: 1, frameMs: [40, 40], lateMs: never, aimMs: 120, share: 0.99 },
    { title: '1.2×, one in ten up to 180 ms late, starts within 200 ms', speed: 1.2, frameMs: [20, 60], lateMs: heavyTail, aimMs: 200, share: 0.82 },
  ] as const)('$title, without a gap', ({ aimMs, share, ...delivery }) => {
    for (const firstLateMs of [0, 6]) {
      for (const blocks of [1, 2, 4]) {
        const seen = { step: blocks * quantum, firstLateMs };
        const runs = Array.from({ length: 500 }, (_, seed) => simulate(delivery, 5000 + seed, seen));
        const good = runs.filter(({ firstMs, gaps }) => firstMs <= aimMs && gaps === 0).length / runs.length;
        expect(good, JSON.stringify(seen)).toBeGreaterThanOrEqual(share);
      }
    }
  }); // prettier-ignore
});

describe('StartTime', () => {
  it('always starts in the end when something is there', () => {
    const arrivals = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 5000 })), { minLength: 1 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 8 }), (list, starvations) => {
        const start = new StartTime(sampleRate);
        for (let count = 0; count < starvations; count++) start.starve();
        let frame = 0;
        let waiting = 0;
        for (const [after, samples] of list) start.arrive((frame += after * quantum), ((waiting += samples), samples));
        fc.pre(waiting >= 300 * samplesPerMs);
        expect(start.isReady(frame + 2 * sampleRate, waiting)).toBe(true);
      }),
    );
  });

  it('waits longer after each time the sound ran dry, up to a limit, and relaxes when it flows', () => {
    const start = new StartTime(sampleRate);
    start.starve();
    start.starve();
    expect(start.cushion).toBe(2.25);
    for (let count = 0; count < 10; count++) start.starve();
    expect(start.cushion).toBe(4);
    start.played(9 * sampleRate);
    expect(start.cushion).toBe(4);
    for (let second = 0; second < 60; second++) start.played(sampleRate);
    expect(start.cushion).toBe(1);
  });

  it('waits as long when the first audio came before rendering began, however far the clock was', () => {
    const start = new StartTime(sampleRate);
    start.arrive(-1, 60 * samplesPerMs);
    start.begin(10 * sampleRate);
    expect(start.isReady(10 * sampleRate + quantum, 60 * samplesPerMs)).toBe(false);
    expect(start.isReady(10 * sampleRate + 80 * samplesPerMs, 60 * samplesPerMs)).toBe(true);
  });
});
