import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quantum, rampSamples, Rig, settings, speech } from '../tests/renderer-rig.ts';
import type { PcmStatus } from './pcm-messages.ts';
import { PcmRenderer } from './pcm-renderer.ts';

describe('PcmRenderer at another rate', () => {
  const rates = [0.5, 0.75, 1.25, 2];
  const wave = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, at) => 0.5 * Math.cos((2 * Math.PI * 200 * at) / settings.sampleRate));
  const stepsOf = (output: number[]): number[] => output.slice(1).map((sample, at) => Math.abs(sample - output[at]!));
  const waveStep = (0.5 * 2 * Math.PI * 200) / settings.sampleRate;

  it.each(rates)('plays the whole source at %f, and says so when its last sample was rendered', (rate) => {
    const rig = new Rig(0);
    rig.renderer.accept({ samples: wave(24_000), ended: true, rate });
    rig.run(Math.ceil(24_000 / rate / quantum) + 20);
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 24_000, played: 24_000, rate, underruns: 0 });
    const drained = rig.statuses.find(({ phase }) => phase === 'drained')!;
    expect(rig.output.slice(drained.frame - quantum).every((sample) => sample === 0)).toBe(true);
    expect(Math.abs(rig.sound.length - 24_000 / rate)).toBeLessThan(0.04 * 24_000);
  });

  it('takes a first rate from its settings, and says every change at once', () => {
    const statuses: PcmStatus[] = [];
    const renderer = new PcmRenderer({ ...settings, prebufferSamples: 0, rate: 2 }, (status) => statuses.push(status));
    const block = new Float32Array(quantum);
    renderer.render(block, 0);
    renderer.accept({ samples: wave(9000) });
    renderer.render(block, quantum);
    renderer.accept({ rate: 0.75 });
    renderer.render(block, 2 * quantum);
    expect(statuses.map(({ phase, rate, frame }) => [phase, rate, frame])).toEqual([
      ['buffering', 2, 0],
      ['playing', 2, quantum],
      ['playing', 0.75, 2 * quantum],
    ]);
  });

  it.each(rates)('makes no edge at %f at a pause, a resume, a seek, a starvation, a change of rate or a stop', (rate) => {
    const rig = new Rig(0);
    rig.renderer.accept({ samples: wave(20_040), rate });
    rig.run(7);
    const { renderer } = rig;
    for (const command of ['pause', 'resume'] as const) {
      renderer.accept({ command });
      rig.run(9);
    }
    renderer.accept({ command: 'seek', to: 12_345 });
    rig.run(9);
    renderer.accept({ rate: 1 });
    rig.run(9);
    renderer.accept({ rate });
    rig.run(200);
    expect(rig.last).toMatchObject({ phase: 'buffering', samples: 20_040 });
    renderer.accept({ samples: wave(20_040) });
    rig.run(9);
    expect(rig.last).toMatchObject({ phase: 'playing', underruns: 1 });
    renderer.accept({ command: 'stop' });
    rig.run(3);
    expect(rig.last.phase).toBe('stopped');
    const sounding = rig.output.slice(rig.output.findIndex((sample) => sample !== 0)); // a natural start has no ramp
    expect(Math.max(...stepsOf(sounding))).toBeLessThan(waveStep + (0.5 * Math.PI) / (2 * rampSamples));
  });

  it.each(rates)('loses no sample at %f when it ran dry or was paused in the last crossfade', (rate) => {
    for (let length = 1300; length < 3000; length += 37) {
      const rig = new Rig(0);
      rig.renderer.accept({ samples: wave(length), rate });
      rig.run(3);
      rig.renderer.accept({ command: 'pause' });
      rig.run(3);
      rig.renderer.accept({ command: 'resume' });
      rig.run(60);
      rig.renderer.accept({ samples: wave(3000), ended: true });
      rig.run(80);
      expect(rig.last).toMatchObject({ phase: 'drained', samples: length + 3000, played: length + 3000, underruns: 1 });
    }
  });

  it('keeps its place and its samples through any sequence of rates, pauses, seeks and arrivals', () => {
    const act = fc.oneof(
      fc.constantFrom('pause' as const, 'resume' as const),
      fc.record({ rate: fc.constantFrom(1, ...rates) }),
      fc.record({ to: fc.integer({ min: 0, max: 9000 }) }),
      fc.integer({ min: 1, max: 2000 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(act, fc.integer({ min: 0, max: 6 })), { maxLength: 40 }), (acts) => {
        const rig = new Rig(256);
        let pushed = 0;
        for (const [what, blocks] of acts) {
          if (typeof what === 'number') rig.renderer.accept({ samples: speech(what) });
          else if (typeof what === 'string') rig.renderer.accept({ command: what });
          else rig.renderer.accept('rate' in what ? what : { command: 'seek', to: what.to });
          pushed += typeof what === 'number' ? what : 0;
          rig.run(blocks);
          expect(rig.last.samples).toBeLessThanOrEqual(pushed);
          expect(rig.last.samples).toBeGreaterThanOrEqual(0);
        }
        rig.renderer.accept({ ended: true, command: 'resume' });
        rig.run(2 * Math.ceil(pushed / quantum) + 10);
        expect(rig.last).toMatchObject({ phase: 'drained', samples: pushed });
        expect(rig.output).not.toContain(7);
        expect(rig.output.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it.each([
    { speed: 1, chunk: 960 },
    { speed: 1, chunk: 2400 },
    { speed: 1.3, chunk: 960 },
    { speed: 1.6, chunk: 1920 },
  ])('does not run dry at rate 2 when chunks of $chunk come at $speed times real time', ({ speed, chunk }) => {
    const rig = new Rig(undefined);
    rig.renderer.accept({ rate: 2 });
    const source = wave(96_000);
    const blocks = source.length / speed / quantum;
    for (let block = 0, sent = 0; block < blocks; block++) {
      while (sent < block * quantum * speed) rig.renderer.accept({ samples: source.slice(sent, (sent += chunk)) });
      rig.run();
    }
    rig.renderer.accept({ ended: true });
    rig.run(100);
    expect(rig.last).toMatchObject({ phase: 'drained', underruns: 0, played: 96_000 });
  });

  it('waits at rate 2 for a delivery that is fast enough at rate 1', () => {
    const firstBlock = (rate: number): number => {
      const rig = new Rig(undefined);
      rig.renderer.accept({ rate });
      for (let block = 0; ; block++) {
        if (block % 4 === 0) rig.renderer.accept({ samples: speech(10 * quantum) }); // 2.5 × real time
        rig.run();
        if (rig.phases.includes('playing')) return block;
      }
    };
    expect(firstBlock(2)).toBeGreaterThan(firstBlock(1));
  });
});
