import { afterEach, describe, expect, it } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches } from '../tests/test-player.ts';
import { sampleRate, sleep, testSignal, testSource } from '../tests/test-source.ts';
import { voicedSignal } from '../tests/voiced-signal.ts';

afterEach(closePlayers);

/** Seconds by which a jump may be longer or shorter than what is due, and what is read as it is at the end. */
const windowSeconds = 0.04;

describe('playbackRate', () => {
  it('changes the speed of what plays, while all times stay those of the source', async () => {
    const player = makePlayer();
    const tap = await tapOutput(player);
    const voice = voicedSignal(120, sampleRate, 5);
    const begin = voice.findIndex((sample) => sample !== 0);
    const signal = voice.slice(begin, begin + 4 * sampleRate);
    const playback = player.play(testSource(signal));
    await reaches(playback, 'playing');
    await sleep(300);
    player.playbackRate = 1.5;
    const before = playback.currentTime;
    await sleep(100); // the change is heard after the output's latency
    const [from, at] = [playback.currentTime, performance.now()];
    await sleep(1000);
    const speed = (playback.currentTime - from) / ((performance.now() - at) / 1000);
    expect(playback.currentTime * 1000 + playback.bufferedMs).toBeCloseTo(4000, 0);
    expect(speed).toBeGreaterThan(1.3);
    expect(speed).toBeLessThan(1.7);
    const report = await playback.done;
    expect(report).toMatchObject({ verdict: 'completed', heardMs: 4000, underruns: 0 });
    expect(playback.currentTime).toBe(4);
    const sound = await tap.sound();
    // Up to the change, and a little beyond, every sample is the source's own; from there on each is worth one and a half.
    const changed = sound.findIndex((sample, index) => sample !== signal[index]);
    expect(changed / sampleRate).toBeGreaterThanOrEqual(before - windowSeconds);
    expect(Math.abs(sound.length - changed - (signal.length - changed) / 1.5) / sampleRate).toBeLessThan(windowSeconds);
    expect(sound.at(-1)).toBe(signal.at(-1)); // a crossfade may end just before it
  });

  it.each([0.5, 2])(
    'is %f from the first sample when a player is made with it, and ends when the last one was heard',
    async (rate) => {
      const player = makePlayer({ playbackRate: rate });
      const tap = await tapOutput(player);
      const startedAt = performance.now();
      const report = await player.play(testSource(voicedSignal(180, sampleRate, 1.5))).done;
      const tookMs = performance.now() - startedAt;
      const seconds = (await tap.sound()).length / sampleRate;
      expect(report).toMatchObject({ verdict: 'completed', heardMs: 1500, underruns: 0, concealedMs: 0 });
      expect(Math.abs(seconds - 1.5 / rate)).toBeLessThan(windowSeconds);
      expect(tookMs).toBeGreaterThanOrEqual(seconds * 1000 + report.timeToSoundMs! - 10);
    },
  );

  it('holds for what plays next, and is 1 again bit by bit', async () => {
    const player = makePlayer();
    player.playbackRate = 1.5;
    const source = voicedSignal(150, sampleRate, 0.6);
    const tap = await tapOutput(player);
    await player.play(testSource(source)).done;
    expect(Math.abs((await tap.sound()).length / sampleRate - 0.4)).toBeLessThan(windowSeconds);
    player.playbackRate = 1;
    const signal = testSignal(9_001);
    await player.play(testSource(signal)).done;
    expect((await tap.sound()).slice(-9_001)).toEqual(signal);
  });

  it('pauses, goes on and seeks as at rate 1', async () => {
    const player = makePlayer({ playbackRate: 2 });
    const playback = player.play(testSource(voicedSignal(120, sampleRate, 3)));
    await reaches(playback, 'playing');
    await sleep(200);
    playback.pause();
    await sleep(300);
    const held = playback.currentTime;
    await sleep(100);
    expect(playback.currentTime).toBe(held);
    expect(playback.seek(2)).toBe(2);
    playback.resume();
    const report = await playback.done;
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
    expect(report.heardMs).toBeCloseTo(held * 1000 + 1000, -1);
    expect(playback.currentTime).toBe(3);
  });
});
