import { describe, expect, it } from 'vitest';

import { across, depthTop, secondsShown, startWait, stateSpans, timeWindow } from './debug-geometry.ts';
import type { Reading } from './debug-history.ts';

const reading = (atMs: number, state: Reading['state'], bufferedMs = 0): Reading => ({
  atMs,
  state,
  bufferedMs,
  latencyMs: 20,
  underruns: 0,
});

describe('the picture of a playback', () => {
  it('shows everything while it can, at a scale that changes seldom, and then the last 40 seconds', () => {
    expect([0, 4999, 5001, 12_000, 39_000, 61_000].map(timeWindow)).toEqual([
      { fromMs: 0, toMs: 5000 },
      { fromMs: 0, toMs: 5000 },
      { fromMs: 0, toMs: 10_000 },
      { fromMs: 0, toMs: 20_000 },
      { fromMs: 0, toMs: 40_000 },
      { fromMs: 21_000, toMs: 61_000 },
    ]);
    expect(across(2500, timeWindow(1000), 300)).toBe(150);
  });

  it('has room above the deepest buffer', () => {
    expect(
      [[], [100], [190], [1900], [2900], [190_000]].map((depths) => depthTop(depths.map((ms) => reading(0, 'playing', ms)))),
    ).toEqual([200, 200, 500, 3000, 5000, 200_000]);
  });

  it('writes no more seconds than there is room for', () => {
    expect(secondsShown({ fromMs: 0, toMs: 5000 }, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(secondsShown({ fromMs: 0, toMs: 20_000 }, 5)).toEqual([0, 5, 10, 15, 20]);
    expect(secondsShown({ fromMs: 21_300, toMs: 61_300 }, 5)).toEqual([30, 40, 50, 60]);
  });

  it('calls a wait a gap when sound had begun before it, and only then', () => {
    const readings = [
      reading(0, 'waiting'),
      reading(100, 'buffering'),
      reading(180, 'playing'),
      reading(200, 'playing'),
      reading(900, 'buffering'),
      reading(950, 'buffering'),
      reading(1200, 'playing'),
      reading(1500, 'paused'),
      reading(1600, 'ended'),
    ];
    expect(stateSpans({ readings, firstSoundMs: 180 })).toEqual([
      { shown: 'waiting', fromMs: 0, toMs: 100 },
      { shown: 'buffering', fromMs: 100, toMs: 180 },
      { shown: 'playing', fromMs: 180, toMs: 900 },
      { shown: 'gap', fromMs: 900, toMs: 1200 },
      { shown: 'playing', fromMs: 1200, toMs: 1500 },
      { shown: 'paused', fromMs: 1500, toMs: 1600 },
      { shown: 'ended', fromMs: 1600, toMs: 1600 },
    ]);
    expect(stateSpans({ readings: readings.slice(0, 2), firstSoundMs: undefined }).map(({ shown }) => shown)).toEqual([
      'waiting',
      'buffering',
    ]);
  });

  it('knows what the start cost once there was sound', () => {
    expect(startWait({ firstAudioMs: 120, firstSoundMs: undefined })).toBeUndefined();
    expect(startWait({ firstAudioMs: 120, firstSoundMs: 204 })).toEqual({ fromMs: 120, toMs: 204 });
  });
});
