import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { voicedSignal } from '../tests/voiced-signal.ts';
import { PcmQueue } from './pcm-queue.ts';
import { TimeStretch } from './time-stretch.ts';

const quantum = 128;
const rates = [0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2];
/** The longest piece that is compared: 30 ms to look in, 10 ms to fade over. */
const windowMs = 40;

const sine = (hertz: number, sampleRate: number, seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * sampleRate }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / sampleRate));

const noise = (length: number): Float32Array => {
  let seed = 1;
  return Float32Array.from({ length }, () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 - 0.5);
};

function stretchOf(source: Float32Array, sampleRate = 24_000, chunk = 960): TimeStretch {
  const queue = new PcmQueue(sampleRate);
  for (let at = 0; at < source.length; at += chunk) queue.push(source.slice(at, at + chunk));
  return new TimeStretch(queue, sampleRate);
}

/** Reads block by block to the end; `onBlock` may change the rate. */
function readAll(stretch: TimeStretch, onBlock: (count: number) => void = () => {}): Float32Array {
  const output: number[] = [];
  const block = new Float32Array(quantum);
  for (let read = quantum, count = 0; read === quantum; count++) {
    onBlock(count);
    read = stretch.read(block, 0, quantum);
    output.push(...block.subarray(0, read));
  }
  return Float32Array.from(output);
}

function stretched(source: Float32Array, rate: number, sampleRate = 24_000): Float32Array {
  const stretch = stretchOf(source, sampleRate);
  stretch.rate = rate;
  return readAll(stretch);
}

/** How strong `hertz` is in `samples`, seen through a Hann window. */
function strength(samples: Float32Array, hertz: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / samples.length));
    const angle = (2 * Math.PI * hertz * at) / sampleRate;
    re += sample * Math.cos(angle);
    im += sample * Math.sin(angle);
  }
  return Math.hypot(re, im);
}

/** The strongest frequency within 8 % of `near`, to 0.2 %. */
function frequencyOf(samples: Float32Array, near: number, sampleRate: number): number {
  const steps = Array.from({ length: 81 }, (_, step) => near * (0.92 + step / 500));
  const strengths = steps.map((hertz) => strength(samples, hertz, sampleRate));
  return steps[strengths.indexOf(Math.max(...strengths))]!;
}

/** The period by which `samples` resemble themselves most, between 40 and 500 Hz, as a median over pieces of 60 ms. */
function pitchOf(samples: Float32Array, sampleRate: number): number {
  const pitches: number[] = [];
  const length = Math.round(0.06 * sampleRate);
  const [least, most] = [Math.floor(sampleRate / 500), Math.ceil(sampleRate / 40)];
  for (let from = 0; from + length + most < samples.length; from += length) {
    const likeness = (lag: number): number => {
      let [product, here, there] = [0, 0, 1e-12];
      for (let at = from; at < from + length; at++) {
        product += samples[at]! * samples[at + lag]!;
        here += samples[at]! ** 2;
        there += samples[at + lag]! ** 2;
      }
      return product / Math.sqrt(here * there);
    };
    const all = Array.from({ length: most - least + 1 }, (_, index) => likeness(least + index));
    const best = Math.max(...all);
    // The first peak that is nearly as good: two periods resemble each other as much as one.
    const first = all.findIndex((value, at) => value > 0.9 * best && value >= (all[at - 1] ?? 1) && value >= (all[at + 1] ?? 1));
    const [left, peak, right] = [all[first - 1] ?? 0, all[first] ?? 0, all[first + 1] ?? 0];
    pitches.push(sampleRate / (least + first + (left - right) / (2 * (left - 2 * peak + right))));
  }
  return pitches.toSorted((a, b) => a - b)[pitches.length >> 1]!;
}

const levelOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
const decibels = (samples: Float32Array, source: Float32Array): number => 20 * Math.log10(levelOf(samples) / levelOf(source));
const largestStep = (samples: Float32Array): number =>
  samples.reduce((most, sample, at) => Math.max(most, at > 0 ? Math.abs(sample - samples[at - 1]!) : 0), 0);

describe('TimeStretch at rate 1', () => {
  it('gives back exactly what is in the queue, however it is split', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 2000 }), (length, chunk) => {
        const source = noise(length);
        expect(readAll(stretchOf(source, 24_000, chunk))).toEqual(source);
      }),
    );
  });

  it('gives back exactly the source again from the crossfade on in which the rate became 1', () => {
    const source = voicedSignal(120, 24_000, 2);
    const stretch = stretchOf(source);
    const output = readAll(stretch, (block) => {
      stretch.rate = block >= 50 && block < 100 ? 1.5 : 1;
    });
    expect(output.slice(0, 50 * quantum)).toEqual(source.slice(0, 50 * quantum));
    const rest = output.length - 100 * quantum - 240;
    expect(output.slice(-rest)).toEqual(source.slice(-rest));
    expect(source.length - output.length).toBeGreaterThan(25 * quantum - 0.02 * 24_000);
  });
});

describe.each([
  { sampleRate: 24_000, rates },
  { sampleRate: 48_000, rates: [0.5, 1.5] },
])('TimeStretch of $sampleRate Hz', ({ sampleRate, rates }) => {
  const signals = {
    voice: voicedSignal(120, sampleRate, 3),
    noise: noise(3 * sampleRate),
    silence: new Float32Array(3 * sampleRate),
  };

  it.each(rates)('at rate %f lasts as long as it should, within one window', (rate) => {
    for (const source of Object.values(signals)) {
      const lastsMs = (stretched(source, rate, sampleRate).length / sampleRate) * 1000;
      expect(Math.abs(lastsMs - 3000 / rate)).toBeLessThan(windowMs);
    }
  });

  it.each(rates)(
    'at rate %f keeps the frequency of a tone within a hundredth, its level within 1 dB, and makes no edge',
    (rate) => {
      for (const hertz of [100, 155, 233, 440, 667, 1000]) {
        const source = sine(hertz, sampleRate, 0.5);
        const output = stretched(source, rate, sampleRate);
        expect(Math.abs(frequencyOf(output, hertz, sampleRate) / hertz - 1), `${hertz} Hz`).toBeLessThan(0.01);
        expect(Math.abs(decibels(output, source)), `${hertz} Hz`).toBeLessThan(1);
        expect(largestStep(output), `${hertz} Hz`).toBeLessThan(1.1 * largestStep(source));
      }
    },
  );

  it.each(rates)('at rate %f keeps the pitch of a voice within a hundredth, its level within 1 dB, and makes no edge', (rate) => {
    for (const hertz of [70, 120, 210, 330]) {
      const source = voicedSignal(hertz, sampleRate, 1);
      const output = stretched(source, rate, sampleRate);
      expect(Math.abs(pitchOf(output, sampleRate) / hertz - 1), `${hertz} Hz`).toBeLessThan(0.01);
      expect(Math.abs(decibels(output, source)), `${hertz} Hz`).toBeLessThan(1);
      expect(largestStep(output), `${hertz} Hz`).toBeLessThan(1.2 * largestStep(source));
    }
  });

  it.each(rates)('at rate %f keeps the level of what has no pitch within 1 dB', (rate) => {
    expect(Math.abs(decibels(stretched(signals.noise, rate, sampleRate), signals.noise))).toBeLessThan(1);
  });
});

describe('TimeStretch', () => {
  it.each(rates)('at rate %f reaches the last sample, and its end is that of the source', (rate) => {
    for (const length of [1, 100, 240, 241, 960, 5000, 24_001]) {
      const source = noise(length);
      const stretch = stretchOf(source);
      stretch.rate = rate;
      const output = readAll(stretch);
      expect([stretch.position, stretch.length, output.at(-1)]).toEqual([length, 0, source.at(-1)]);
    }
  });

  it('makes no edge at any change of rate, and is never louder than the source', () => {
    const source = voicedSignal(140, 24_000, 4);
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(1, ...rates)), {
      minLength: 1,
      maxLength: 20,
    });
    const most = source.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
    fc.assert(
      fc.property(changes, (list) => {
        const stretch = stretchOf(source);
        let next = 0;
        const output = readAll(stretch, (block) => {
          if (block < next) return;
          const [blocks, rate] = list.shift() ?? [Infinity, stretch.rate];
          next = block + blocks;
          stretch.rate = rate;
        });
        expect(largestStep(output)).toBeLessThan(1.2 * largestStep(source));
        expect(output.every((sample) => Math.abs(sample) <= most)).toBe(true);
        expect(stretch.position).toBe(source.length);
      }),
      { numRuns: 50 },
    );
  });

  it('reads on as at rate 1 where too little has come to jump ahead, and is not in a hurry afterwards', () => {
    const source = voicedSignal(120, 24_000, 3);
    const queue = new PcmQueue(24_000);
    const stretch = new TimeStretch(queue, 24_000);
    stretch.rate = 2;
    const block = new Float32Array(quantum);
    for (let at = 0; at < 24_000; at += quantum) {
      queue.push(source.slice(at, at + quantum));
      expect(stretch.read(block, 0, quantum)).toBe(quantum);
      expect(block).toEqual(source.slice(at, at + quantum));
    }
    queue.push(source.slice(queue.received));
    const rest = readAll(stretch);
    expect(Math.abs(rest.length - 24_000)).toBeLessThan((windowMs / 1000) * 24_000);
  });

  it('goes on without a loss when the queue ran dry in a crossfade', () => {
    const source = voicedSignal(120, 24_000, 1);
    const queue = new PcmQueue(24_000);
    const stretch = new TimeStretch(queue, 24_000);
    stretch.rate = 1.5;
    const output: number[] = [];
    const block = new Float32Array(quantum);
    for (let at = 0, piece = 0; at < source.length; piece++) {
      const samples = source.slice(at, (at += 300 + 77 * (piece % 9)));
      queue.push(samples);
      for (let read = quantum; read === quantum;) output.push(...block.subarray(0, (read = stretch.read(block, 0, quantum))));
      expect([stretch.position, stretch.length]).toEqual([queue.received, 0]);
    }
    expect(largestStep(Float32Array.from(output))).toBeLessThan(1.2 * largestStep(source));
  });

  it('seeks out of a crossfade to exactly the sample', () => {
    const source = noise(24_000);
    const stretch = stretchOf(source);
    stretch.rate = 2;
    const block = new Float32Array(500);
    stretch.read(block, 0, 500); // 20 ms are due after 480 samples, so it is in its first crossfade
    expect(stretch.position + stretch.length).toBe(24_000);
    stretch.seek(7000);
    stretch.rate = 1;
    expect(stretch.position).toBe(7000);
    stretch.read(block, 0, 500);
    expect(block).toEqual(source.slice(7000, 7500));
  });
});
