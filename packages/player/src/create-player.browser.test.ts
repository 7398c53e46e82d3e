import { afterEach, describe, expect, it, vi } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { sampleRate, sleep, testSignal, testSource, vendorError } from '../tests/test-source.ts';
import type { Player, PlayerOptions } from './create-player.ts';
import { createPlayer } from './create-player.ts';
import type { Playback } from './playback-report.ts';
import type { PlaybackState } from './player-state.ts';

const workletUrl = new URL('./pcm-worklet.ts', import.meta.url);
const players: Player[] = [];

const makePlayer = (options: PlayerOptions = {}): Player => {
  const player = createPlayer({ workletUrl, ...options });
  players.push(player);
  return player;
};

const reaches = async (playback: Playback, state: PlaybackState): Promise<void> => {
  while (playback.state !== state) {
    await new Promise((resolve) => playback.addEventListener('statechange', resolve, { once: true }));
  }
};

const statesOf = (playback: Playback): PlaybackState[] => {
  const states: PlaybackState[] = [playback.state];
  playback.addEventListener('statechange', () => states.push(playback.state));
  return states;
};

afterEach(async () => {
  for (const player of players.splice(0)) await player.close();
});

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
    expect(guess.state).toBe('closed');
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
    const source = testSource(signal);
    const late = {
      ...source,
      async *[Symbol.asyncIterator]() {
        yield signal.slice(0, 6_000);
        await sleep(600);
        yield signal.slice(6_000);
      },
    };
    const playback = player.play(late);
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

describe('a source that fails', () => {
  it('is played to the end of what it delivered, then reported as truncated with its own error', async () => {
    const signal = testSignal(5_000);
    const error = vendorError('connection-lost');
    const player = makePlayer();
    const tap = await tapOutput(player);
    const playback = player.play(testSource(signal, { error }));
    const report = await playback.done;
    expect(await tap.sound()).toEqual(signal);
    expect(report).toMatchObject({ verdict: 'truncated', underruns: 0 });
    expect(report.error).toBe(error);
    expect(report.heardMs).toBeCloseTo((5_000 / sampleRate) * 1000);
    expect(playback.state).toBe('failed');
  });

  it('is reported as failed when it delivered nothing', async () => {
    const error = vendorError('unauthorized');
    const format = Promise.reject(error);
    const report = await makePlayer().play({ ...testSource(new Float32Array(0), { error }), format }).done;
    expect(report).toMatchObject({ verdict: 'failed', heardMs: 0 });
    expect(report.error).toBe(error);
  });

  it('is reported as cancelled, at once, when it was cancelled elsewhere', async () => {
    const error = vendorError('aborted');
    const source = testSource(testSignal(10 * sampleRate), { everyMs: 1, error });
    const playback = makePlayer().play({
      ...source,
      async *[Symbol.asyncIterator]() {
        yield testSignal(5 * sampleRate);
        await sleep(300);
        throw error;
      },
    });
    const report = await playback.done;
    expect(report.verdict).toBe('cancelled');
    expect(report.error).toBe(error);
    expect(report.heardMs).toBeLessThan(4_000);
    expect(playback.state).toBe('stopped');
  });

  it('without a format is not-audio', async () => {
    const source = { ...testSource(testSignal(100), { endless: true }), format: {} as { sampleRate: number } };
    expect(await makePlayer().play(source).done).toMatchObject({ verdict: 'failed', error: { kind: 'not-audio' } });
  });

  it('with a rate no browser can render is a failure that keeps the reason', async () => {
    const source = testSource(testSignal(100), { endless: true, rate: 1 });
    const { verdict, error } = await makePlayer().play(source).done;
    expect(verdict).toBe('failed');
    expect(error?.cause).toBeInstanceOf(DOMException);
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
