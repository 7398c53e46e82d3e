import { afterEach, expect, it } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches, statesOf } from '../tests/test-player.ts';
import { sampleRate, sleep, testSignal, testSource } from '../tests/test-source.ts';

afterEach(closePlayers);

/** 5 ms, in samples. */
const fade = 0.005 * sampleRate;

const largestStep = (samples: Float32Array): number =>
  samples.reduce((most, sample, at) => Math.max(most, Math.abs(sample - (samples[at - 1] ?? sample))), 0);

const contextOf = (player: ReturnType<typeof makePlayer>): AudioContext => player.analyser.context as AudioContext;

it('a context that somebody else closes is a failure and no stop, and the next play gets a new one', async () => {
  const player = makePlayer();
  const playback = player.play(testSource(testSignal(5 * sampleRate), { endless: true }));
  const queued = player.play(testSource(testSignal(sampleRate)), { enqueue: true });
  await reaches(playback, 'playing');
  await sleep(200);
  await contextOf(player).close();
  const report = await playback.done;
  expect(report).toMatchObject({ verdict: 'failed', error: { kind: 'unknown', vendor: 'player', billed: 'no' } });
  expect(report.heardMs).toBeGreaterThan(50);
  expect(playback.state).toBe('failed');
  expect(await queued.done).toMatchObject({ verdict: 'failed', heardMs: 0 });
  expect((await player.play(testSource(testSignal(500))).done).verdict).toBe('completed');
});

it('a context that reports an error of its output is closed, and given up in the same way', async () => {
  const player = makePlayer();
  const playback = player.play(testSource(testSignal(5 * sampleRate)));
  await reaches(playback, 'playing');
  const context = contextOf(player);
  context.dispatchEvent(new Event('error'));
  expect(await playback.done).toMatchObject({ verdict: 'failed', error: { message: expect.stringContaining('output') } });
  expect(context.state).toBe('closed');
  expect((await player.play(testSource(testSignal(500))).done).verdict).toBe('completed');
});

it('a context that iOS interrupts makes the playback wait; nothing is lost, and it goes on by itself', async () => {
  const signal = testSignal(sampleRate);
  const player = makePlayer();
  const tap = await tapOutput(player);
  const playback = player.play(testSource(signal));
  const states = statesOf(playback);
  await reaches(playback, 'playing');
  const context = contextOf(player);
  await context.suspend();
  let resumed = 0;
  const resume = context.resume.bind(context);
  context.resume = () => {
    resumed += 1;
    if (resumed < 2) return Promise.reject(new Error('a call is going on')); // as while the phone rings
    Reflect.deleteProperty(context, 'state');
    return resume();
  };
  Object.defineProperty(context, 'state', { value: 'interrupted', configurable: true });
  context.dispatchEvent(new Event('statechange'));
  expect(playback.state).toBe('waiting');
  expect(resumed).toBe(1);
  await sleep(100);
  document.dispatchEvent(new Event('visibilitychange')); // the listener comes back
  expect(await playback.done).toMatchObject({ verdict: 'completed', underruns: 0, heardMs: 1000 });
  // It may be said to play before the audio thread says that it gathers itself.
  expect(states.slice(states.lastIndexOf('waiting') + 1)).toContain('playing');
  expect(states.at(-1)).toBe('ended');
  const sound = await tap.sound();
  const before = sound.findIndex((sample, at) => sample !== signal[at]);
  const after = sound.toReversed().findIndex((sample, at) => sample !== signal.at(-1 - at));
  expect(before + after).toBeGreaterThanOrEqual(signal.length - 2 * fade); // the rest is the two fades, and silence between
  const steepest = (0.2 * Math.PI) / 2 / fade; // of the ramp, for the loudest sample
  expect(largestStep(sound)).toBeLessThanOrEqual(largestStep(signal) + steepest);
});

it('a seek before the audio thread is there is not forgotten, with a pause or without', async () => {
  for (const isHeld of [false, true]) {
    const signal = testSignal(sampleRate);
    const player = makePlayer();
    const tap = await tapOutput(player);
    let tellRate!: (format: { sampleRate: number }) => void;
    const format = new Promise<{ sampleRate: number }>((resolve) => (tellRate = resolve));
    const playback = player.play({ ...testSource(signal), format });
    await sleep(100); // all of it has arrived
    expect(playback.seek(0.75)).toBeCloseTo(0.75);
    if (isHeld) playback.pause();
    tellRate({ sampleRate });
    if (isHeld) {
      await sleep(200);
      expect(await tap.sound()).toHaveLength(0);
      playback.resume();
    }
    expect(await playback.done).toMatchObject({ verdict: 'completed', heardMs: 250 });
    expect(await tap.sound()).toEqual(signal.slice(18_000));
  }
});
