import type { Playback } from '@saystream/player';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches } from '../tests/test-player.ts';
import { sampleRate, sleep, stallingSource, testSignal, testSource } from '../tests/test-source.ts';

afterEach(closePlayers);

describe('muted', () => {
  it('silences without losing the place or the volume, and makes no edge', async () => {
    const player = makePlayer({ volume: 0.5 });
    const tap = await tapOutput(player);
    const playback = player.play(testSource(new Float32Array(24_000).fill(0.5)));
    await reaches(playback, 'playing');
    await sleep(200);
    player.muted = true;
    await sleep(200);
    expect(player.volume).toBe(0.5);
    player.muted = false;
    expect(await playback.done).toMatchObject({ verdict: 'completed', heardMs: 1000 });
    const sound = await tap.sound();
    expect(sound.includes(0)).toBe(true);
    expect(sound.at(-1)).toBe(0.25);
    const steps = sound.slice(1).map((sample, at) => Math.abs(sample - sound[at]!));
    expect(Math.max(...steps)).toBeLessThan(0.01);
  });

  it('holds for a context that is made later', async () => {
    const player = makePlayer();
    player.muted = true;
    const tap = await tapOutput(player);
    await player.play(testSource(testSignal(2000))).done;
    expect(await tap.sound()).toHaveLength(0);
  });
});

describe('seek', () => {
  it('goes back to what was heard and forward to what has come, and no further', async () => {
    const signal = testSignal(2 * sampleRate);
    const player = makePlayer();
    const tap = await tapOutput(player);
    const playback = player.play(testSource(signal));
    await reaches(playback, 'playing');
    await sleep(300);
    expect(playback.seek(99)).toBe(2);
    expect(playback.seek(-1)).toBe(0);
    expect(playback.seek(1.5)).toBe(1.5);
    expect(playback.seek(NaN)).not.toBeNaN();
    const report = await playback.done;
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
    expect(playback.currentTime).toBe(2); // where it ended, although less of it was heard
    expect(report.heardMs).toBeLessThan(1500);
    const sound = await tap.sound();
    expect(sound.slice(-11_000)).toEqual(signal.slice(-11_000));
    expect(sound.length).toBeLessThan(1.5 * sampleRate);
  });
});

describe('interrupt', () => {
  it('stops, and says how far the listener had heard', async () => {
    const playback = makePlayer().play(testSource(testSignal(3 * sampleRate), { endless: true }));
    await reaches(playback, 'playing');
    await sleep(300);
    const { heardMs } = playback.interrupt();
    expect(heardMs).toBeGreaterThan(100);
    expect(playback.state).toBe('stopped');
    expect((await playback.done).heardMs).toBeGreaterThanOrEqual(heardMs - 1);
  });
});

describe('stats', () => {
  it('count an underrun, announce it, and stand still after the end', async () => {
    const signal = testSignal(12_000);
    const playback: Playback = makePlayer().play(
      stallingSource(signal, { atSample: 6_000, stallMs: 600, untilPlaying: () => reaches(playback, 'playing') }),
    );
    const onUnderrun = vi.fn();
    playback.addEventListener('underrun', onUnderrun);
    const report = await playback.done;
    expect(onUnderrun).toHaveBeenCalledOnce();
    expect(playback.stats).toMatchObject({ underruns: 1, bufferedMs: 0, receivedMs: 500 });
    expect(report.rebufferMs).toBeGreaterThanOrEqual(report.concealedMs - 20);
    expect(playback.stats).toBe(playback.stats);
  });
});

describe('setOutputDevice', () => {
  it('takes the default device where the browser can choose, and refuses an unknown one with a typed error', async () => {
    const player = makePlayer();
    if ('setSinkId' in AudioContext.prototype) await player.setOutputDevice('');
    await expect(player.setOutputDevice('no such device')).rejects.toMatchObject({ kind: 'playback-blocked' });
  });
});
