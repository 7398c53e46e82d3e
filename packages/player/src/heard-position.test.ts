import { describe, expect, it } from 'vitest';

import { HeardPosition } from './heard-position.ts';
import type { PcmPhase, PcmStatus } from './pcm-messages.ts';

const status = (phase: PcmPhase, frame: number, samples: number, rate = 1): PcmStatus => ({
  phase,
  frame,
  samples,
  rate,
  played: samples,
  received: 100_000,
  seeks: 0,
  underruns: 0,
  concealedSamples: 0,
});

describe('HeardPosition', () => {
  it('is behind what was rendered by as much as the output is late', () => {
    const position = new HeardPosition();
    position.add(status('buffering', 1000, 0));
    position.add(status('playing', 2000, 0));
    position.add(status('playing', 3000, 1000));
    expect(position.at(500)).toBe(0);
    expect(position.at(1999)).toBe(0);
    expect(position.at(2400)).toBe(400);
    expect(position.at(3100)).toBe(1100);
  });

  it('stands still in a gap and in a pause, also when they lie in the past of the rendering', () => {
    const position = new HeardPosition();
    position.add(status('playing', 0, 0));
    position.add(status('starving', 500, 500));
    position.add(status('playing', 900, 500));
    position.add(status('paused', 1000, 600));
    expect(position.at(450)).toBe(450);
    expect(position.at(800)).toBe(500);
    expect(position.at(950)).toBe(550);
    expect(position.at(5000)).toBe(600);
  });

  it('never goes back when the output clock does', () => {
    const position = new HeardPosition();
    position.add(status('playing', 0, 0));
    expect(position.at(300)).toBe(300);
    expect(position.at(200)).toBe(300);
  });

  it('does not go beyond the last sample', () => {
    const position = new HeardPosition();
    position.add(status('playing', 0, 0));
    position.add(status('drained', 777, 777));
    expect(position.at(776)).toBe(776);
    expect(position.at(10_000)).toBe(777);
  });

  it('goes evenly from status to status at another rate, and beyond the newest one at that rate', () => {
    const position = new HeardPosition();
    position.add(status('playing', 0, 0, 2));
    expect(position.at(100)).toBe(200);
    position.add(status('playing', 500, 1240, 2));
    position.add(status('playing', 1000, 1960, 2));
    expect(position.at(250)).toBe(620);
    expect(position.at(750)).toBe(1600);
    expect(position.at(1100)).toBe(2160);
  });

  it('does not come to the last sample at another rate before the audio thread has said so', () => {
    const position = new HeardPosition();
    position.add({ ...status('playing', 0, 0, 2), received: 1000 });
    expect(position.at(700)).toBe(999);
    position.add({ ...status('drained', 720, 1000, 2), received: 1000 });
    expect(position.at(719)).toBeLessThan(1000);
    expect(position.at(720)).toBe(1000);
  });

  it('is exact at every frame at rate 1', () => {
    const position = new HeardPosition();
    position.add(status('playing', 128, 0));
    for (let frame = 128; frame < 5000; frame++) {
      if (frame % 512 === 128) position.add(status('playing', frame + 512, frame + 384));
      expect(position.at(frame)).toBe(frame - 128);
    }
  });

  it('keeps a bounded log while nobody asks: after an hour it answers at once, and right', () => {
    const position = new HeardPosition();
    const hourOfStatuses = 47 * 3600;
    for (let at = 0; at < hourOfStatuses; at += 1) position.add(status('playing', at * 512, at * 512));
    const startedAt = performance.now();
    // The output is half a second late.
    expect(position.at(hourOfStatuses * 512 - 12_000)).toBe(hourOfStatuses * 512 - 12_000);
    expect(performance.now() - startedAt).toBeLessThan(20);
  });

  it('forgets the position before a seek also when nobody asked between the seek and a long silence', () => {
    const position = new HeardPosition();
    for (let at = 0; at < 300; at += 1) position.add(status('playing', at * 512, 50_000 + at * 512));
    expect(position.at(300 * 512)).toBeGreaterThan(100_000);
    for (let at = 300; at < 900; at += 1) position.add({ ...status('playing', at * 512, (at - 300) * 512), seeks: 1 });
    expect(position.at(899 * 512)).toBe(599 * 512);
  });
});
