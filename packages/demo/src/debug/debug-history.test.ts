import { describe, expect, it } from 'vitest';

import { DebugHistory } from './debug-history.ts';

const stats = { bufferedMs: 300, receivedMs: 500, latencyMs: 20, underruns: 0, concealedMs: 0, rebufferMs: 0 };

describe('DebugHistory', () => {
  it('counts from when it was made, and knows when audio first came and when it first sounded', () => {
    let now = 1000;
    const history = new DebugHistory(() => now);
    history.note('waiting', stats);
    now = 1100;
    history.arrive(40);
    now = 1180;
    history.note('playing', stats);
    now = 1200;
    history.arrive(40);
    history.note('playing', stats);
    expect(history).toMatchObject({ firstAudioMs: 100, firstSoundMs: 180 });
    expect(history.readings.map(({ atMs }) => atMs)).toEqual([0, 180, 200]);
    expect(history.arrivals).toEqual([
      { atMs: 100, audioMs: 40 },
      { atMs: 200, audioMs: 40 },
    ]);
  });

  it('does not grow for ever, and keeps the newest and how it began', () => {
    let now = 0;
    const history = new DebugHistory(() => now);
    for (; now < 20_000; now++) {
      history.arrive(1);
      history.note('playing', stats);
    }
    expect(history.readings.length).toBeLessThanOrEqual(4096);
    expect(history.arrivals.length).toBeLessThanOrEqual(4096);
    expect(history.readings.length).toBeGreaterThan(3000);
    expect(history.readings.at(-1)?.atMs).toBe(19_999);
    expect(history).toMatchObject({ firstAudioMs: 0, firstSoundMs: 0 });
  });
});
