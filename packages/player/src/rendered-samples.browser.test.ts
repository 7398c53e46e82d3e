import type { Playback } from '@saystream/player';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches, statesOf } from '../tests/test-player.ts';
import { sampleRate, sleep, stallingSource, testSignal, testSource } from '../tests/test-source.ts';

afterEach(closePlayers);

describe('playing to the end', () => {
  it.each([1, 3, 127, 128, 129, 480, 1000, 4096, 16_384])(
    'renders every sample of the source bit by bit, with chunks of %d samples and a tail that fills no block',
    async (chunk) => {
      const signal = testSignal(12_077);
      const player = makePlayer();
      const tap = await tapOutput(player);
      const report = await player.play(testSource(signal, { chunk })).done;
      expect(await tap.sound()).toEqual(signal);
      expect(report).toMatchObject({ verdict: 'completed', underruns: 0, concealedMs: 0 });
      expect(report.heardMs).toBeCloseTo((12_077 / sampleRate) * 1000);
      expect(report.error).toBeUndefined();
    },
  );

  it('renders every sample when they arrive while it plays', async () => {
    const signal = testSignal(sampleRate + 55);
    const player = makePlayer({ prebufferMs: 300 });
    const tap = await tapOutput(player);
    const playback = player.play(testSource(signal, { chunk: 2400, everyMs: 60 }));
    const states = statesOf(playback);
    const report = await playback.done;
    expect(await tap.sound()).toEqual(signal);
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
    expect(states).toEqual(['waiting', 'buffering', 'playing', 'ended']);
  });

  it('reports the end not before the last sample was rendered, and the time to the first sound', async () => {
    const signal = testSignal(7_000);
    const player = makePlayer();
    const tap = await tapOutput(player);
    const startedAt = performance.now();
    const playback = player.play(testSource(signal));
    const report = await playback.done;
    const tookMs = performance.now() - startedAt;
    const heard = await tap.sound();
    expect([heard.length, signal.indexOf(heard[0]!), signal.indexOf(heard.at(-1)!)]).toEqual([7_000, 0, 6_999]);
    expect(report.timeToSoundMs).toBeGreaterThan(0);
    expect(tookMs).toBeGreaterThanOrEqual((7_000 / sampleRate) * 1000 + report.timeToSoundMs! - 10);
    expect(playback.currentTime).toBeCloseTo(7_000 / sampleRate);
    expect(playback.bufferedMs).toBe(0);
  });

  it('counts up the time that was heard and down the audio that waits', async () => {
    const playback = makePlayer().play(testSource(testSignal(sampleRate)));
    expect(playback.currentTime).toBe(0);
    await reaches(playback, 'playing');
    await sleep(300);
    const { currentTime, bufferedMs } = playback;
    expect(currentTime).toBeGreaterThan(0.1);
    expect(currentTime).toBeLessThan(1);
    expect(currentTime * 1000 + bufferedMs).toBeCloseTo(1000, -1);
  });

  it('makes a context at the rate of the stream when that is another one, and renders bit by bit there too', async () => {
    const signal = testSignal(9_001);
    const player = makePlayer();
    const guess = player.analyser.context;
    const first = player.play(testSource(signal, { rate: 44_100, endless: true }));
    await reaches(first, 'playing');
    expect(player.analyser.context.sampleRate).toBe(44_100);
    first.stop();
    await first.done;
    await vi.waitFor(() => expect(guess.state).toBe('closed'));
    const tap = await tapOutput(player);
    await player.play({ ...testSource(signal), format: { sampleRate: 44_100 } }).done;
    expect(await tap.sound()).toEqual(signal);
  });

  it('turns NaN and infinities into silence and limits what is too loud', async () => {
    const player = makePlayer();
    const tap = await tapOutput(player);
    await player.play(testSource(Float32Array.of(0.5, NaN, Infinity, 2, -3, 0.25))).done;
    expect([...(await tap.sound())]).toEqual([0.5, 0, 0, 1, -1, 0.25]);
  });

  it('ends at once as completed when the source has no audio at all', async () => {
    const report = await makePlayer().play(testSource(new Float32Array(0))).done;
    expect(report).toMatchObject({ verdict: 'completed', heardMs: 0 });
    expect(report.timeToSoundMs).toBeUndefined();
  });

  it('counts an underrun, loses nothing over it, and plays on', async () => {
    const signal = testSignal(12_000);
    const player = makePlayer({ prebufferMs: 50 });
    const tap = await tapOutput(player);
    const playback: Playback = player.play(
      stallingSource(signal, { atSample: 6_000, stallMs: 600, untilPlaying: () => reaches(playback, 'playing') }),
    );
    const states = statesOf(playback);
    const report = await playback.done;
    const sound = await tap.sound();
    expect(report).toMatchObject({ verdict: 'completed', underruns: 1 });
    expect(report.concealedMs).toBeGreaterThan(50);
    expect(report.concealedMs).toBeCloseTo(((sound.length - 12_000) / sampleRate) * 1000, 3);
    expect(report.heardMs).toBeCloseTo(500);
    expect(sound.slice(0, 6_000)).toEqual(signal.slice(0, 6_000));
    expect(sound.slice(-5_880)).toEqual(signal.slice(-5_880)); // all but the 5 ms that fade in
    expect(states).toEqual(['waiting', 'buffering', 'playing', 'buffering', 'playing', 'ended']);
  });
});

describe('volume', () => {
  it('scales what is played and can be changed while it plays', async () => {
    const player = makePlayer({ volume: 0.5 });
    const tap = await tapOutput(player);
    const playback = player.play(testSource(new Float32Array(24_000).fill(0.5)));
    await reaches(playback, 'playing');
    await sleep(200);
    player.volume = 1;
    expect(player.volume).toBe(1);
    await playback.done;
    const sound = await tap.sound();
    expect(sound[0]).toBe(0.25);
    expect(sound.at(-1)).toBe(0.5);
    const steps = sound.slice(1).map((sample, at) => Math.abs(sample - sound[at]!));
    expect(Math.max(...steps)).toBeLessThan(0.01);
  });
});
