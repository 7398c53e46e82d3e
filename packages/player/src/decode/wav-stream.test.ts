import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decoded, inPieces, wavFile } from '../../tests/byte-sources.ts';
import { chirp } from '../../tests/chirp.ts';

/** Values that 8 bits hold, so that every depth gives them back exactly. */
const signal = chirp(8_000, 0.05).map((sample) => (Math.round(sample * 128) || 0) / 128);

describe('a WAV file that arrives in pieces', () => {
  it.each([
    { bits: 8 },
    { bits: 16 },
    { bits: 24 },
    { bits: 32 },
    { bits: 32, float: true },
    { bits: 64, float: true },
    { bits: 16, channels: 2 },
    { bits: 24, channels: 2, extensible: true },
    { bits: 32, float: true, extensible: true, list: true },
  ])('is the same samples wherever it is cut: %o', async (options) => {
    const file = wavFile(signal, { rate: 11_025, ...options });
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, async (pieces) => {
        const { samples, sampleRate, error } = await decoded(inPieces(file, pieces));
        expect(error).toBeUndefined();
        expect(sampleRate).toBe(11_025);
        expect(samples).toEqual(signal);
      }),
      { numRuns: 20, examples: [[[1]], [[7]]] },
    );
  });

  it('is the same samples when it is cut in two at every byte', async () => {
    const file = wavFile(signal.slice(0, 40), { channels: 2, bits: 24, list: true });
    for (let at = 1; at < file.length; at += 1) {
      expect((await decoded(inPieces(file, [at, file.length]))).samples).toEqual(signal.slice(0, 40));
    }
  });

  it.each([0, 0xffff_ffff, 0x7fff_ffff, 0x7fff_f000])(
    'goes to the end of the stream when its length is %d',
    async (dataBytes) => {
      const { samples, error } = await decoded(inPieces(wavFile(signal, { dataBytes }), [100]));
      expect(samples).toEqual(signal);
      expect(error).toBeUndefined();
    },
  );

  it('is played to where it is cut off, then truncated', async () => {
    const { samples, error } = await decoded(inPieces(wavFile(signal).slice(0, -101), [64]));
    expect(samples).toEqual(signal.slice(0, -51));
    expect(error).toMatchObject({ kind: 'truncated' });
  });

  it('leaves out what stands behind the samples', async () => {
    const file = wavFile(signal);
    const tagged = new Uint8Array([...file, ...new TextEncoder().encode('LIST\u0004\0\0\0abcd')]);
    expect((await decoded(inPieces(tagged, [50]))).samples).toEqual(signal);
  });

  it('mixes stereo to the average of its channels', async () => {
    const file = wavFile(Float32Array.of(0.5, 0.5), { channels: 2 });
    new DataView(file.buffer).setInt16(46, -0x2000, true);
    expect((await decoded(inPieces(file, [64]))).samples).toEqual(Float32Array.of(0.125, 0.5));
  });

  it('of an encoding that is not read here, or without samples, is a typed error', async () => {
    const muLaw = wavFile(signal);
    muLaw[20] = 7;
    expect(await decoded(inPieces(muLaw, [64]))).toMatchObject({ error: { kind: 'not-audio' } });
    expect(await decoded(inPieces(wavFile(signal).slice(0, 40), [64]))).toMatchObject({ error: { kind: 'truncated' } });
  });
});

it('never does anything but decode or end with a typed error, whatever follows the first letters', async () => {
  const rubbish = fc.uint8Array({ maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(rubbish, async (bytes) => {
      const file = new Uint8Array([...wavFile(signal).slice(0, 12), ...bytes]);
      const { error } = await decoded(inPieces(file, [33]));
      if (error !== undefined)
        expect(error).toMatchObject({ vendor: 'player', kind: expect.stringMatching(/not-audio|truncated/) });
    }),
    { numRuns: 200 },
  );
});
