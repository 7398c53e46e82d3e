import { describe, expect, it } from 'vitest';

import { testSignal, testSource } from '../tests/test-source.ts';
import { createPlayer } from './create-player.ts';

describe('createPlayer where there is no Web Audio', () => {
  it('can be made and closed, so that pages rendered on a server work', async () => {
    const player = createPlayer();
    expect(player.volume).toBe(1);
    await player.close();
  });

  it('reports playback-blocked, and cancels the source', async () => {
    const source = testSource(testSignal(100), { endless: true });
    const playback = createPlayer().play(source);
    const report = await playback.done;
    expect(report).toMatchObject({ verdict: 'failed', heardMs: 0, underruns: 0, error: { kind: 'playback-blocked' } });
    expect(playback.state).toBe('failed');
    expect(source.cancelled).toBe(1);
  });

  it('rejects unlock and refuses the analyser with the same error', async () => {
    const blocked: Error = expect.objectContaining({ kind: 'playback-blocked' }) as Error;
    await expect(createPlayer().unlock()).rejects.toEqual(blocked);
    expect(() => createPlayer().analyser).toThrow(blocked);
  });

  it.each([-0.1, 1.1, NaN])('refuses a volume of %d', (volume) => {
    expect(() => createPlayer({ volume })).toThrow(RangeError);
    const player = createPlayer();
    expect(() => (player.volume = volume)).toThrow(RangeError);
    expect(player.volume).toBe(1);
  });

  it.each([0.49, 2.01, NaN])('refuses a playback rate of %d, and keeps the one it has', (playbackRate) => {
    expect(() => createPlayer({ playbackRate })).toThrow(RangeError);
    const player = createPlayer({ playbackRate: 0.5 });
    expect(() => (player.playbackRate = playbackRate)).toThrow(RangeError);
    expect(player.playbackRate).toBe(0.5);
    player.playbackRate = 2;
    expect([player.playbackRate, createPlayer().playbackRate]).toEqual([2, 1]);
  });

  it.each([-1, NaN])('refuses a prebuffer of %d ms, which would never fill', (prebufferMs) => {
    expect(() => createPlayer({ prebufferMs })).toThrow(RangeError);
  });
});
