import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quantum, rampSamples, Rig, settings, speech } from '../tests/renderer-rig.ts';
import type { PcmStatus } from './pcm-messages.ts';
import { PcmRenderer } from './pcm-renderer.ts';

describe('PcmRenderer', () => {
  it('renders exactly the samples of the source, however they are split, tail included', () => {
    const splits = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(splits, fc.integer({ min: 0, max: 3000 }), (sizes, prebuffer) => {
        const source = speech(sizes.reduce((sum, size) => sum + size, 0));
        const rig = new Rig(prebuffer);
        let at = 0;
        for (const size of sizes) rig.renderer.accept({ samples: source.slice(at, (at += size)) });
        rig.renderer.accept({ ended: true });
        rig.run(Math.ceil(source.length / quantum) + 2);
        expect(rig.sound).toEqual([...source]);
        expect(rig.last).toMatchObject({ phase: 'drained', samples: source.length, underruns: 0, concealedSamples: 0 });
      }),
    );
  });

  it('renders exactly the samples of the source when they arrive while it plays, in time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: quantum, max: 3 * quantum }), { minLength: 5, maxLength: 30 }), (sizes) => {
        const source = speech(sizes.reduce((sum, size) => sum + size, 0));
        const rig = new Rig(quantum);
        let at = 0;
        for (const size of sizes) {
          rig.renderer.accept({ samples: source.slice(at, (at += size)), ended: at === source.length });
          rig.run();
        }
        rig.run(Math.ceil(source.length / quantum));
        expect(rig.sound).toEqual([...source]);
        expect(rig.last.underruns).toBe(0);
      }),
    );
  });

  it('says at which frame the first sample sounded and at which the last one ended', () => {
    const rig = new Rig(300).run(3);
    rig.renderer.accept({ samples: speech(301), ended: true });
    rig.run(5);
    expect(rig.statuses).toMatchObject([
      { phase: 'buffering', frame: 0, samples: 0 },
      { phase: 'playing', frame: 4 * quantum, samples: 0 },
      { phase: 'drained', frame: 4 * quantum + 301, samples: 301 },
    ]);
  });

  it('waits for the prebuffer when audio comes no faster than it plays', () => {
    const rig = new Rig(10 * quantum);
    const heardAfter = () => rig.phases.includes('playing');
    for (let count = 1; count < 10; count++) {
      rig.renderer.accept({ samples: speech(quantum) });
      rig.run();
      expect(heardAfter()).toBe(false);
    }
    rig.renderer.accept({ samples: speech(quantum) });
    rig.run();
    expect(heardAfter()).toBe(true);
  });

  it('starts at half the prebuffer when audio comes at twice the speed of playback', () => {
    const rig = new Rig(10 * quantum);
    rig.renderer.accept({ samples: speech(quantum) });
    rig.run();
    rig.renderer.accept({ samples: speech(2 * quantum) });
    rig.run();
    expect(rig.phases).toEqual(['buffering']);
    rig.renderer.accept({ samples: speech(2 * quantum) });
    rig.run();
    expect(rig.phases).toEqual(['buffering', 'playing']);
  });

  it('starts at once when the source ended before the prebuffer was full', () => {
    const rig = new Rig(Infinity);
    rig.renderer.accept({ samples: speech(10), ended: true });
    rig.run();
    expect(rig.sound).toHaveLength(10);
  });

  it('drains at once when the source was empty', () => {
    const rig = new Rig(100);
    rig.renderer.accept({ ended: true });
    rig.run();
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 0 });
  });

  it('counts an underrun and its silence when more audio follows, and loses no sample', () => {
    const source = speech(5000);
    const rig = new Rig(1000);
    rig.renderer.accept({ samples: source.slice(0, 2000) });
    rig.run(30);
    expect(rig.last).toMatchObject({ phase: 'buffering', samples: 2000, underruns: 0 });
    rig.renderer.accept({ samples: source.slice(2000), ended: true });
    rig.run(30);
    const silence = 30 * quantum - 2000;
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 5000, underruns: 1, concealedSamples: silence });
    expect(rig.output.slice(0, 2000)).toEqual([...source.slice(0, 2000)]);
    const back = rig.output.slice(30 * quantum, 30 * quantum + 3000);
    expect(back.slice(rampSamples)).toEqual([...source.slice(2000 + rampSamples)]);
    expect(rig.output.length).toBe(60 * quantum);
  });

  it('counts no underrun when only the end came late', () => {
    const rig = new Rig(100);
    rig.renderer.accept({ samples: speech(1000) });
    rig.run(20);
    rig.renderer.accept({ ended: true });
    rig.run(2);
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 1000, underruns: 0, concealedSamples: 0 });
  });

  it('makes no edge at a starvation, a return, a pause, a resume or a stop', () => {
    const steady = (length: number) => new Float32Array(length).fill(1);
    const rig = new Rig(500);
    rig.renderer.accept({ samples: steady(1100) });
    rig.run(15);
    rig.renderer.accept({ samples: steady(9000) });
    rig.run(5);
    rig.renderer.accept({ command: 'pause' });
    rig.run(5);
    rig.renderer.accept({ command: 'resume' });
    rig.run(5);
    rig.renderer.accept({ command: 'stop' });
    rig.run(5);
    const sounding = rig.output.slice(rig.output.findIndex((sample) => sample !== 0)); // a natural start has no ramp
    const steps = sounding.slice(1).map((sample, at) => Math.abs(sample - sounding[at]!));
    expect(Math.max(...steps)).toBeLessThan(Math.PI / rampSamples);
    expect(sounding.at(-1)).toBe(0);
    expect(rig.phases.filter((phase) => phase === 'playing')).toHaveLength(3);
    expect(rig.last.phase).toBe('stopped');
  });

  it('does not start before the clock runs evenly, as Chromium leaves out blocks after the very first', () => {
    const statuses: PcmStatus[] = [];
    const renderer = new PcmRenderer({ ...settings, prebufferSamples: 100 }, (status) => statuses.push(status));
    renderer.accept({ samples: speech(5000) });
    for (const frame of [0, 640, 768]) renderer.render(new Float32Array(quantum), frame);
    expect(statuses).toMatchObject([
      { phase: 'buffering', frame: 0 },
      { phase: 'playing', frame: 768, underruns: 0 },
    ]);
  });

  it('is not misled when the browser is late in counting a frame', () => {
    const rig = new Rig(100);
    rig.renderer.accept({ samples: speech(5000) });
    for (const frame of [1, 2, 2, 4]) rig.renderer.render(new Float32Array(quantum), frame * quantum);
    rig.renderer.report();
    expect(rig.last).toMatchObject({ phase: 'playing', frame: 5 * quantum, samples: 4 * quantum, underruns: 0 });
  });

  it('counts frames that the browser left out while it played as concealed', () => {
    const rig = new Rig(100);
    rig.renderer.accept({ samples: speech(5000) });
    rig.run(2);
    rig.renderer.render(new Float32Array(quantum), 3 * quantum + 512);
    rig.renderer.report();
    expect(rig.last).toMatchObject({ phase: 'playing', samples: 3 * quantum, underruns: 1, concealedSamples: 512 });
  });

  it('goes on with the very next sample after a pause', () => {
    const source = speech(4000);
    const rig = new Rig(100);
    rig.renderer.accept({ samples: source.slice(), ended: true });
    rig.run(10);
    rig.renderer.accept({ command: 'pause' });
    rig.run(10);
    const held = rig.last.samples;
    expect(rig.last.phase).toBe('paused');
    expect(held).toBe(10 * quantum + rampSamples);
    rig.renderer.accept({ command: 'resume' });
    const resumedAt = rig.output.length;
    rig.run(30);
    const after = rig.output.slice(resumedAt, resumedAt + 4000 - held);
    expect(after.slice(rampSamples)).toEqual([...source.slice(held + rampSamples)]);
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 4000, underruns: 0 });
  });

  it('starts without a ramp when it was paused before the first sample', () => {
    const source = speech(500);
    const rig = new Rig(100);
    rig.renderer.accept({ command: 'pause', samples: source.slice(), ended: true });
    rig.run(5);
    expect(rig.sound).toEqual([]);
    rig.renderer.accept({ command: 'resume' });
    rig.run(5);
    expect(rig.sound).toEqual([...source]);
  });

  it('keeps its place and its samples through any sequence of pauses, resumes and arrivals', () => {
    const act = fc.oneof(fc.constantFrom('pause' as const, 'resume' as const), fc.integer({ min: 1, max: 900 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(act, fc.integer({ min: 0, max: 4 })), { maxLength: 40 }), (acts) => {
        const rig = new Rig(256);
        let pushed = 0;
        for (const [what, blocks] of acts) {
          if (typeof what === 'number') rig.renderer.accept({ samples: speech(what) });
          else rig.renderer.accept({ command: what });
          pushed += typeof what === 'number' ? what : 0;
          rig.run(blocks);
        }
        rig.renderer.accept({ ended: true, command: 'resume' });
        rig.run(Math.ceil(pushed / quantum) + 4);
        expect(rig.last).toMatchObject({ phase: 'drained', samples: pushed });
        expect(rig.output).not.toContain(7);
        expect(rig.output.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('is at ease while it plays with more than a second waiting, at its own rate, and only then', () => {
    const { renderer } = new Rig(0);
    const run = (): void => void renderer.render(new Float32Array(quantum), 0);
    expect(renderer.isAtEase).toBe(false);
    renderer.accept({ samples: speech(24_000 + 3 * quantum) });
    expect(renderer.isAtEase).toBe(false);
    run();
    run();
    expect(renderer.isAtEase).toBe(true);
    run();
    expect(renderer.isAtEase).toBe(false);
    renderer.accept({ samples: speech(24_000) });
    expect(renderer.isAtEase).toBe(true);
    renderer.accept({ rate: 1.5 });
    expect(renderer.isAtEase).toBe(false);
    renderer.accept({ rate: 1, command: 'pause' });
    expect(renderer.isAtEase).toBe(false);
  });

  it('is finished for good after a stop, at once when nothing sounds and after a fade when something does', () => {
    const silent = new Rig(100);
    silent.renderer.accept({ command: 'stop' });
    expect(silent.run().alive).toBe(false);

    const sounding = new Rig(100);
    sounding.renderer.accept({ samples: speech(5000) });
    sounding.run(3);
    sounding.renderer.accept({ command: 'stop' });
    sounding.run(2);
    expect(sounding.alive).toBe(false);
    expect(sounding.last).toMatchObject({ phase: 'stopped', samples: 3 * quantum + rampSamples });
  });

  it('starts at once when everything came at once, and waits when it comes in real time', () => {
    const burst = new Rig(undefined);
    burst.renderer.accept({ samples: speech(12_000) });
    expect(burst.run().phases).toEqual(['buffering', 'playing']);

    const paced = new Rig(undefined);
    for (let block = 0; block < 14; block++) {
      if (block % 7 === 0) paced.renderer.accept({ samples: speech(7 * quantum) });
      paced.run();
    }
    expect(paced.phases).toEqual(['buffering']);
    paced.renderer.accept({ samples: speech(7 * quantum) });
    expect(paced.run(3).phases).toEqual(['buffering', 'playing']);
  });

  it('judges a delivery by when its samples came to who sends them, not by when it saw them', () => {
    const blocksUntilHeard = (cameMs: readonly number[]): number => {
      const rig = new Rig(undefined);
      for (const ms of cameMs) rig.run(6).renderer.accept({ samples: speech(9 * quantum), cameMs: ms });
      let blocks = 0;
      while (!rig.phases.includes('playing')) blocks += rig.run() ? 1 : 0;
      return blocks;
    };
    expect(blocksUntilHeard([1000, 1042, 1083])).toBeGreaterThan(10 + blocksUntilHeard([1000, 1025, 1070]));
  });

  it('hears what two senders deliver once', () => {
    const source = speech(3000);
    const rig = new Rig(undefined);
    rig.renderer.accept({ samples: source.slice(0, 1000), at: 0 });
    rig.renderer.accept({ samples: source.slice(0, 400), at: 0 });
    rig.renderer.accept({ samples: source.slice(400, 1700), at: 400 });
    rig.renderer.accept({ samples: source.slice(1000, 3000), at: 1000 });
    rig.renderer.accept({ samples: source.slice(1700), at: 1700, ended: true });
    rig.run(30);
    expect(rig.sound).toEqual([...source]);
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 3000, received: 3000 });
  });

  it('fades out, seeks and fades in, and goes on from there to the end', () => {
    const source = speech(9000);
    const rig = new Rig(undefined);
    rig.renderer.accept({ samples: source.slice(), ended: true });
    rig.run(20);
    rig.renderer.accept({ command: 'seek', to: 500 });
    const at = rig.output.length;
    rig.run(80);
    expect(rig.output.slice(at + 2 * rampSamples, at + 4000)).toEqual([...source.slice(500 + rampSamples, 4500 - rampSamples)]);
    expect(rig.last).toMatchObject({ phase: 'drained', samples: 9000, seeks: 1, underruns: 0 });
    expect(rig.last.played).toBe(20 * quantum + rampSamples + 8500);
  });

  it('seeks while it is paused without sounding', () => {
    const source = speech(5000);
    const rig = new Rig(undefined);
    rig.renderer.accept({ samples: source.slice(), ended: true, command: 'pause' });
    rig.run(3);
    rig.renderer.accept({ command: 'seek', to: 4000 });
    rig.run(3);
    expect(rig.sound).toEqual([]);
    rig.renderer.accept({ command: 'resume' });
    rig.run(12);
    expect(rig.sound).toEqual([...source.slice(4000)]);
  });
});
