import { describe, expect, it } from 'vitest';

import { testSource, vendorError } from '../tests/test-source.ts';
import { drainSource } from './drain-source.ts';
import type { PcmSource } from './pcm-source.ts';
import type { PlaybackError } from './player-error.ts';

const drain = async (source: PcmSource): Promise<{ samples: number; error: PlaybackError | undefined }> => {
  let samples = 0;
  return new Promise((resolve) => {
    drainSource(source, { onChunk: (chunk) => (samples += chunk.length), onEnd: (error) => resolve({ samples, error }) });
  });
};

const yielding = (...values: unknown[]): PcmSource & { returned: boolean } => {
  const source = {
    format: { sampleRate: 24_000 },
    returned: false,
    async *[Symbol.asyncIterator]() {
      try {
        for (const value of values) yield value as Float32Array;
      } finally {
        source.returned = true;
      }
    },
  };
  return source;
};

describe('drainSource', () => {
  it('delivers every chunk and then the end', async () => {
    expect(await drain(testSource(new Float32Array(1000), { chunk: 300 }))).toEqual({ samples: 1000, error: undefined });
  });

  it('hands on the error of the source as it is', async () => {
    const error = vendorError('connection-lost');
    expect(await drain(testSource(new Float32Array(10), { error }))).toEqual({ samples: 10, error });
  });

  it.each([
    ['bytes', new Uint8Array(4)],
    ['16-bit integers', new Int16Array(4)],
    ['nothing', undefined],
    ['a plain array', [0, 0.5]],
  ])('refuses %s as not-audio, instead of playing it as noise, and gives the source up', async (_, value) => {
    const source = yielding(new Float32Array(5), value, new Float32Array(5));
    const { samples, error } = await drain(source);
    expect(samples).toBe(5);
    expect(error?.kind).toBe('not-audio');
    expect(source.returned).toBe(true);
  });

  it('says so when the source cannot be iterated', async () => {
    const { error } = await drain({ format: { sampleRate: 24_000 } } as PcmSource);
    expect(error?.kind).toBe('unknown');
  });

  it('cancels a source that has not ended, once, and is told nothing more', async () => {
    const source = testSource(new Float32Array(10), { endless: true });
    const heard: string[] = [];
    const giveUp = drainSource(source, { onChunk: () => heard.push('chunk'), onEnd: () => heard.push('end') });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve));
    giveUp();
    giveUp();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(source.cancelled).toBe(1);
    expect(heard).toEqual(['chunk']);
  });

  it('does not cancel a source that has ended', async () => {
    const source = testSource(new Float32Array(10));
    const giveUp = await new Promise<() => void>((resolve) => {
      const release = drainSource(source, { onChunk: () => {}, onEnd: () => resolve(release) });
    });
    giveUp();
    expect(source.cancelled).toBe(0);
  });

  it('survives a source whose cancel throws', () => {
    const source: PcmSource = {
      ...testSource(new Float32Array(10)),
      cancel: () => {
        throw new Error('no');
      },
    };
    expect(drainSource(source, { onChunk: () => {}, onEnd: () => {} })).not.toThrow();
  });
});
