import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { StartTime } from './start-time.ts';

const sampleRate = 24_000;
const samplesPerMs = sampleRate / 1000;
const quantum = 128;
/** Where the clock of who receives the audio stands. */
const epochMs = 1_700_000_000_000;

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

/** How a delivery is seen. */
interface View {
  /** Blocks rendered in one go. What comes meanwhile is seen only before the next such step. */
  readonly blocks: number;
  /** The first frame may be late, as while everything is starting. */
  readonly firstLateMs: number;
  /** The clock of who receives goes on in such steps. */
  readonly clockMs: number;
}

/** Six seconds played block by block, each frame up to 4 ms later than planned, as on a real machine. */
function simulate(
  { speed, frameMs: [least, most], lateMs }: Delivery,
  seed: number,
  { blocks, firstLateMs, clockMs }: View = { blocks: 1, firstLateMs: 0, clockMs: 1 },
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
    for (; frame % (blocks * quantum) === 0 && next < frames.length && frames[next]!.atMs <= now; next++) {
      const { atMs, samples } = frames[next]!;
      if (!isPlaying) start.arrive(frame, samples, epochMs + Math.floor(atMs / clockMs) * clockMs);
      waiting += samples;
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
const upTo = (ms: number) => (random: () => number) => random() * ms;
const heavyTail = (random: () => number): number => (random() < 0.1 ? random() * 180 : 0);
const seeds = 2000;

/** The figures are what this rule reaches: a change that starts later or gaps more shows here. */
describe('StartTime over thousands of deliveries', () => {
  it.each([
    { title: 'all at once', speed: Infinity, frameMs: [20, 80], lateMs: never, medianMs: 6, most95Ms: 6, gapShare: 0 },
    { title: 'three times real time', speed: 3, frameMs: [20, 100], lateMs: upTo(60), medianMs: 80, most95Ms: 86, gapShare: 0.001 },
    { title: '2×, jitter to 60 ms', speed: 2, frameMs: [20, 100], lateMs: upTo(60), medianMs: 82, most95Ms: 98, gapShare: 0.001 },
    { title: '1.5×, even', speed: 1.5, frameMs: [20, 80], lateMs: never, medianMs: 82, most95Ms: 97, gapShare: 0 },
    { title: '1.5×, jitter to 60 ms', speed: 1.5, frameMs: [20, 100], lateMs: upTo(60), medianMs: 83, most95Ms: 110, gapShare: 0.002 },
    { title: '1.5×, one in ten up to 180 ms late', speed: 1.5, frameMs: [20, 60], lateMs: heavyTail, medianMs: 82, most95Ms: 178, gapShare: 0.115 },
    { title: '1.3×, jitter to 40 ms', speed: 1.3, frameMs: [20, 80], lateMs: upTo(40), medianMs: 83, most95Ms: 122, gapShare: 0 },
    { title: '1.3×, one in ten up to 180 ms late', speed: 1.3, frameMs: [20, 60], lateMs: heavyTail, medianMs: 175, most95Ms: 182, gapShare: 0.05 },
    { title: '1.2×, even, equal frames', speed: 1.2, frameMs: [40, 40], lateMs: never, medianMs: 170, most95Ms: 176, gapShare: 0 },
    { title: '1.2×, jitter to 30 ms', speed: 1.2, frameMs: [20, 60], lateMs: upTo(30), medianMs: 82, most95Ms: 136, gapShare: 0 },
    { title: '1.2×, one in ten up to 180 ms late', speed: 1.2, frameMs: [20, 60], lateMs: heavyTail, medianMs: 178, most95Ms: 182, gapShare: 0.067 },
    { title: '1.05×, one in ten up to 180 ms late', speed: 1.05, frameMs: [20, 60], lateMs: heavyTail, medianMs: 178, most95Ms: 182, gapShare: 0.285 },
    { title: 'real time', speed: 1, frameMs: [40, 40], lateMs: never, medianMs: 83, most95Ms: 89, gapShare: 0 },
    { title: 'real time, jitter to 20 ms', speed: 1, frameMs: [40, 40], lateMs: upTo(20), medianMs: 82, most95Ms: 91, gapShare: 0 },
    { title: 'real time, short frames, jitter to 40 ms', speed: 1, frameMs: [20, 20], lateMs: upTo(40), medianMs: 82, most95Ms: 86, gapShare: 0 },
  ] as const)('$title', ({ medianMs, most95Ms, gapShare, ...delivery }) => {
    const runs = Array.from({ length: seeds }, (_, seed) => simulate(delivery, seed + 1));
    const firsts = runs.map(({ firstMs }) => firstMs).toSorted((a, b) => a - b);
    expect(firsts[seeds / 2]).toBeLessThanOrEqual(medianMs);
    expect(firsts[seeds * 0.95]).toBeLessThanOrEqual(most95Ms);
    expect(runs.filter(({ gaps }) => gaps > 0).length / seeds).toBeLessThanOrEqual(gapShare);
  }); // prettier-ignore
});

/** Held-out seeds: the rule was chosen with others. The shares are what it reaches: what is missing are starts that looked like another delivery. */
describe('StartTime keeps its aims in most deliveries, however coarsely the audio thread sees them', () => {
  it.each([
    { title: '1.5×, jitter to 60 ms, starts within 100 ms', speed: 1.5, frameMs: [20, 100], lateMs: upTo(60), aimMs: 100, share: 0.84, roughShare: 0.84 },
    { title: 'real time starts within 120 ms', speed: 1, frameMs: [40, 40], lateMs: never, aimMs: 120, share: 0.99, roughShare: 0.99 },
    { title: '1.2×, one in ten up to 180 ms late, starts within 200 ms', speed: 1.2, frameMs: [20, 60], lateMs: heavyTail, aimMs: 200, share: 0.91, roughShare: 0.83 },
  ] as const)('$title, without a gap', ({ aimMs, share, roughShare, ...delivery }) => {
    // The clock of a browser that resists fingerprinting goes on in steps of a sixtieth of a second.
    for (const [clockMs, least] of [[1, share], [1000 / 60, roughShare]] as const) {
      for (const firstLateMs of [0, 6]) {
        for (const blocks of [1, 2, 4]) {
          const view = { blocks, firstLateMs, clockMs };
          const runs = Array.from({ length: 500 }, (_, seed) => simulate(delivery, 5000 + seed, view));
          const good = runs.filter(({ firstMs, gaps }) => firstMs <= aimMs && gaps === 0).length / runs.length;
          expect(good, JSON.stringify(view)).toBeGreaterThanOrEqual(least);
        }
      }
    }
  }); // prettier-ignore
});

describe('StartTime', () => {
  it('always starts in the end when something is there, whatever the clock of who receives it does', () => {
    const arrivals = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: -2000, max: 2000 })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 8 }), (list, starvations) => {
        const start = new StartTime(sampleRate);
        for (let count = 0; count < starvations; count++) start.starve();
        let frame = 0;
        let waiting = 0;
        let cameMs = epochMs;
        for (const [after, samples, ms] of list) {
          start.arrive((frame += after * quantum), samples, (cameMs += ms));
          waiting += samples;
        }
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

  it('counts the wait from when early audio came, as far as the last of it tells', () => {
    const start = new StartTime(sampleRate);
    for (const ms of [0, 30, 95]) start.arrive(-1, 60 * samplesPerMs, epochMs + ms);
    start.begin(10 * sampleRate);
    expect(start.isReady(10 * sampleRate, 180 * samplesPerMs)).toBe(true);
  });

  it('is hurried by a clock that jumps no more than by a coarse audio thread', () => {
    const start = new StartTime(sampleRate);
    start.arrive(0, 60 * samplesPerMs, epochMs);
    start.arrive(40 * samplesPerMs, 60 * samplesPerMs, epochMs + 5000);
    expect(start.isReady(50 * samplesPerMs, 120 * samplesPerMs)).toBe(false);
    expect(start.isReady(60 * samplesPerMs, 120 * samplesPerMs)).toBe(true);
  });

  it('does not take frames that come several at a time for a fast source', () => {
    const start = new StartTime(sampleRate);
    for (const ms of [0, 1, 2, 3]) start.arrive(0, 40 * samplesPerMs, epochMs + ms);
    expect(start.isReady(20 * samplesPerMs, 160 * samplesPerMs)).toBe(false);
    expect(start.isReady(80 * samplesPerMs, 160 * samplesPerMs)).toBe(true);
  });

  it('tells a slow, even source from a fast, uneven one by its clock when the audio thread saw both alike', () => {
    const startsAt = (cameMs: readonly number[]): number => {
      const start = new StartTime(sampleRate);
      for (const [index, ms] of cameMs.entries()) start.arrive(index * 40 * samplesPerMs, 50 * samplesPerMs, epochMs + ms);
      let ms = 80;
      while (!start.isReady(ms * samplesPerMs, 150 * samplesPerMs)) ms++;
      return ms;
    };
    expect(startsAt([0, 41, 83])).toBeGreaterThan(150);
    expect(startsAt([0, 28, 75])).toBe(80);
  });
});
