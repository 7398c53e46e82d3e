import { afterEach, describe, expect, it } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer, reaches, statesOf } from '../tests/test-player.ts';
import { sampleRate, sleep, testSignal, testSource, vendorError } from '../tests/test-source.ts';

afterEach(closePlayers);

const joined = (...parts: Float32Array[]): Float32Array => Float32Array.from(parts.flatMap((part) => [...part]));
const short = (): Float32Array => testSignal(sampleRate / 4);

describe('a queue of sources', () => {
  it.each([
    ['at once', 0],
    ['while they play', 20],
  ])('sounds as one, without a sample between them, when they arrive %s', async (_, everyMs) => {
    const parts = [testSignal(7001), testSignal(4321), testSignal(9999)];
    const player = makePlayer();
    const tap = await tapOutput(player);
    const playbacks = parts.map((part) => player.play(testSource(part, { everyMs }), { enqueue: true }));
    const states = statesOf(playbacks[2]!);
    const reports = await Promise.all(playbacks.map(({ done }) => done));
    expect(await tap.sound()).toEqual(joined(...parts));
    for (const [at, report] of reports.entries()) {
      expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
      expect(report.heardMs).toBeCloseTo((parts[at]!.length / sampleRate) * 1000);
    }
    expect(states.slice(-2)).toEqual(['playing', 'ended']);
    expect(states[0]).toBe('waiting');
    expect(reports[2]!.timeToSoundMs! - reports[0]!.timeToSoundMs!).toBeGreaterThan(400);
  });

  it('goes on with the next when the one that plays is stopped, and with the one after it when one that waits is', async () => {
    const player = makePlayer();
    const first = player.play(testSource(testSignal(sampleRate * 5)));
    const second = player.play(testSource(short()), { enqueue: true });
    const third = player.play(testSource(short()), { enqueue: true });
    await reaches(first, 'playing');
    second.stop();
    expect(await second.done).toMatchObject({ verdict: 'cancelled', heardMs: 0 });
    first.stop();
    expect(await first.done).toMatchObject({ verdict: 'cancelled' });
    expect(await third.done).toMatchObject({ verdict: 'completed', heardMs: 250 });
  });

  it('goes on however the one before it failed', async () => {
    const player = makePlayer();
    const silent = player.play(testSource(new Float32Array(0), { error: vendorError('busy') }));
    const cut = player.play(testSource(short(), { error: vendorError('dropped') }), { enqueue: true });
    const whole = player.play(testSource(short()), { enqueue: true });
    expect(await silent.done).toMatchObject({ verdict: 'failed', error: { kind: 'busy' } });
    expect(await cut.done).toMatchObject({ verdict: 'truncated', heardMs: 250, error: { kind: 'dropped' } });
    expect(await whole.done).toMatchObject({ verdict: 'completed', heardMs: 250 });
  });

  it('plays a source of another rate on a context of its own when the former has ended, and what follows it as well', async () => {
    const player = makePlayer();
    const first = player.play(testSource(testSignal(sampleRate)));
    const other = player.play(testSource(testSignal(22_050), { rate: 44_100 }), { enqueue: true });
    const last = player.play(testSource(short()), { enqueue: true });
    await reaches(first, 'playing');
    expect([other.state, last.state]).toEqual(['waiting', 'waiting']);
    await reaches(other, 'playing');
    expect(first.state).toBe('ended');
    expect(player.analyser.context.sampleRate).toBe(44_100);
    expect(await other.done).toMatchObject({ verdict: 'completed', heardMs: 500 });
    expect(await last.done).toMatchObject({ verdict: 'completed', heardMs: 250 });
    expect(player.analyser.context.sampleRate).toBe(sampleRate);
  });

  it('is followed on the context that the former brings, when that learns its rate late', async () => {
    const parts = [testSignal(30_000), testSignal(20_000)];
    const player = makePlayer();
    const playbacks = parts.map((part) => player.play(testSource(part, { rate: 44_100 }), { enqueue: true }));
    await reaches(playbacks[0]!, 'playing');
    const tap = await tapOutput(player);
    const reports = await Promise.all(playbacks.map(({ done }) => done));
    expect(reports).toMatchObject([{ verdict: 'completed' }, { verdict: 'completed' }]);
    const sound = await tap.sound();
    expect(sound.slice(-25_000)).toEqual(joined(...parts).slice(-25_000));
  });

  it('is ended as a whole by another play, by close, and one by one by signals', async () => {
    const player = makePlayer();
    const signal = AbortSignal.timeout(150);
    const first = player.play(testSource(testSignal(sampleRate * 5)));
    const second = player.play(testSource(short()), { enqueue: true, signal });
    const third = player.play(testSource(short()), { enqueue: true });
    expect(await second.done).toMatchObject({ verdict: 'cancelled', heardMs: 0 });
    const instead = player.play(testSource(testSignal(sampleRate * 5)));
    const after = player.play(testSource(short()), { enqueue: true });
    const ended = await Promise.all([first, third].map(({ done }) => done));
    expect(ended).toMatchObject([{ verdict: 'cancelled' }, { verdict: 'cancelled', heardMs: 0 }]);
    await reaches(instead, 'playing');
    await player.close();
    expect(await Promise.all([instead.done, after.done])).toMatchObject([{ verdict: 'cancelled' }, { verdict: 'cancelled' }]);
  });

  it('holds those that wait while the one that plays is paused', async () => {
    const player = makePlayer();
    const first = player.play(testSource(short()));
    const second = player.play(testSource(short()), { enqueue: true });
    await reaches(first, 'playing');
    first.pause();
    await sleep(600);
    expect([first.state, second.state]).toEqual(['paused', 'waiting']);
    first.resume();
    expect(await second.done).toMatchObject({ verdict: 'completed', heardMs: 250 });
  });
});
