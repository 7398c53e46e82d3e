import { afterEach, describe, expect, it } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { closePlayers, makePlayer } from '../tests/test-player.ts';
import { sampleRate, sleep, testSignal, testSource, vendorError } from '../tests/test-source.ts';

afterEach(closePlayers);

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
