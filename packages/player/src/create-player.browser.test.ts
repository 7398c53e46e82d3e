import { afterEach, describe, expect, it, vi } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches } from '../tests/test-player.ts';
import { sampleRate, sleep, testSignal, testSource } from '../tests/test-source.ts';

afterEach(closePlayers);

describe('pause and resume', () => {
  it('lose no sample and keep the position', async () => {
    const signal = testSignal(18_000);
    const player = makePlayer();
    const tap = await tapOutput(player);
    const playback = player.play(testSource(signal));
    await reaches(playback, 'playing');
    await sleep(150);
    playback.pause();
    expect(playback.state).toBe('paused');
    await sleep(200);
    const held = playback.currentTime;
    await sleep(150);
    expect(playback.currentTime).toBe(held);
    playback.resume();
    const report = await playback.done;
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0, concealedMs: 0 });

    const sound = await tap.sound();
    const heldSamples = Math.round(held * sampleRate);
    const fade = 120;
    const before = heldSamples - fade;
    expect(sound.slice(0, before)).toEqual(signal.slice(0, before));
    const afterFade = 18_000 - heldSamples - fade;
    expect(sound.slice(-afterFade)).toEqual(signal.slice(-afterFade));
    expect(sound.length).toBeGreaterThan(18_000 + 0.3 * sampleRate); // the pause really was silence in between
  });

  it('hold a playback that was paused before it began, and start it without a fade', async () => {
    const signal = testSignal(3_000);
    const player = makePlayer();
    const tap = await tapOutput(player);
    const playback = player.play(testSource(signal));
    playback.pause();
    await sleep(300);
    expect(await tap.sound()).toHaveLength(0);
    expect(playback.state).toBe('paused');
    playback.resume();
    await playback.done;
    expect(await tap.sound()).toEqual(signal);
  });

  it('go on draining the source, so that the network never stalls', async () => {
    const playback = makePlayer().play(testSource(testSignal(48_000), { everyMs: 1 }));
    await reaches(playback, 'playing');
    playback.pause();
    while (playback.bufferedMs < 1000) await sleep(20);
    playback.stop();
    expect((await playback.done).verdict).toBe('cancelled');
  });
});

describe('stop', () => {
  it('fades out, cancels the source and reports cancelled', async () => {
    const player = makePlayer();
    const tap = await tapOutput(player);
    const source = testSource(testSignal(10 * sampleRate), { endless: true });
    const playback = player.play(source);
    await reaches(playback, 'playing');
    await sleep(100);
    const stoppedAt = performance.now();
    playback.stop();
    expect(playback.state).toBe('stopped');
    const report = await playback.done;
    expect(performance.now() - stoppedAt).toBeLessThan(150);
    expect(source.cancelled).toBe(1);
    expect(report).toMatchObject({ verdict: 'cancelled' });
    expect(report.error).toBeUndefined();
    const sound = await tap.sound();
    expect(report.heardMs).toBeCloseTo(((sound.length + 1) / sampleRate) * 1000, 1); // the fade's last sample is zero
    const tail = sound.slice(-100);
    expect(tail.every((sample, at) => at < 20 || Math.abs(sample) < 0.2)).toBe(true);
    expect(Math.abs(tail.at(-1)!)).toBeLessThan(0.001);
  });

  it('ends a playback that waits for its source', async () => {
    const source = testSource(new Float32Array(0), { endless: true });
    const playback = makePlayer().play(source);
    await sleep(50);
    expect(playback.state).toBe('waiting');
    playback.stop();
    expect(await playback.done).toMatchObject({ verdict: 'cancelled', heardMs: 0 });
    expect(source.cancelled).toBe(1);
  });

  it('is done by another play, by an aborted signal and by close', async () => {
    const player = makePlayer();
    const endless = () => testSource(testSignal(sampleRate), { endless: true });
    const first = player.play(endless());
    await reaches(first, 'playing');
    const controller = new AbortController();
    const second = player.play(endless(), { signal: controller.signal });
    expect((await first.done).verdict).toBe('cancelled');
    await reaches(second, 'playing');
    controller.abort();
    expect((await second.done).verdict).toBe('cancelled');
    const third = player.play(endless());
    await reaches(third, 'playing');
    const { context } = player.analyser;
    await player.close();
    expect((await third.done).verdict).toBe('cancelled');
    expect(context.state).toBe('closed');
    const unheard = player.play(endless(), { signal: AbortSignal.abort() });
    expect(await unheard.done).toMatchObject({ verdict: 'cancelled', heardMs: 0 });
  });

  it('comes too late after the end', async () => {
    const playback = makePlayer().play(testSource(testSignal(500)));
    const report = await playback.done;
    playback.stop();
    playback.pause();
    expect(playback.state).toBe('ended');
    expect(await playback.done).toBe(report);
  });
});

describe('twenty plays', () => {
  it('leave no context, no node and no listener behind', async () => {
    const player = makePlayer();
    const { context } = player.analyser;
    const contexts = vi.spyOn(window, 'AudioContext');
    const connected = vi.spyOn(AudioWorkletNode.prototype, 'connect');
    const disconnected = vi.spyOn(AudioWorkletNode.prototype, 'disconnect');
    const listening = new Map<string, number>();
    const count = (target: EventTarget, type: string, step: number) => {
      if (target !== document && target !== context) return;
      listening.set(type, (listening.get(type) ?? 0) + step);
    };
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    vi.spyOn(EventTarget.prototype, 'addEventListener').mockImplementation(function (this: EventTarget, ...args) {
      count(this, args[0], 1);
      add.apply(this, args);
    });
    vi.spyOn(EventTarget.prototype, 'removeEventListener').mockImplementation(function (this: EventTarget, ...args) {
      count(this, args[0], -1);
      remove.apply(this, args);
    });
    for (let play = 0; play < 20; play++) {
      const playback = player.play(testSource(testSignal(500)));
      if (play % 4 === 3) await reaches(playback, 'playing').then(() => playback.stop());
      await playback.done;
    }
    while (disconnected.mock.calls.length < 20) await sleep(10);
    expect(connected).toHaveBeenCalledTimes(20);
    expect(contexts).not.toHaveBeenCalled();
    expect(player.analyser.context).toBe(context);
    expect(listening.get('keydown')).toBe(0); // it did listen
    expect([...listening.values()].every((listeners) => listeners === 0)).toBe(true);
    vi.restoreAllMocks();
  });
});
