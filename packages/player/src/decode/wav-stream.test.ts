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

  it.each([0, 0xffff_ffff, 0x7fff_ffff, 0x7fff_f000, 2_000_000_000, 2 ** 30 + 1])(
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

  it('goes on with the files that are joined to it, of another rate too', async () => {
    const [first, second] = [wavFile(signal, { list: true }), wavFile(signal, { bits: 24 })];
    const twice = await decoded(inPieces(new Uint8Array([...first, ...second]), [50]));
    expect(twice.error).toBeUndefined();
    expect(twice.samples).toEqual(Float32Array.of(...signal, ...signal));
    const slower = await decoded(inPieces(new Uint8Array([...first, ...wavFile(signal, { rate: 12_000 })]), [50]));
    expect(slower.error).toBeUndefined();
    expect(Math.abs(slower.samples.length - 3 * signal.length)).toBeLessThanOrEqual(2);
    expect(await decoded(inPieces(new Uint8Array([...first, ...second.slice(0, -3)]), [50]))).toMatchObject({
      error: { kind: 'truncated' },
    });
  });

  it('holds no chunk that is not read, however large', async () => {
    const list = new Uint8Array(393_172);
    list.set(new TextEncoder().encode('LIST'));
    new DataView(list.buffer).setUint32(4, 393_164, true);
    const file = wavFile(signal);
    const parts = [file.slice(0, 12), list, file.slice(12, 36), list, file.slice(36)];
    const { samples, error } = await decoded(new Blob(parts));
    expect(error).toBeUndefined();
    expect(samples).toEqual(signal);
  });

  it('reads 24 bits from the upper end of blocks of four bytes', async () => {
    const file = wavFile(signal, { bits: 32 });
    new DataView(file.buffer).setUint16(34, 24, true);
    expect(await decoded(inPieces(file, [50]))).toEqual({ samples: signal, error: undefined, sampleRate: 24_000 });
  });

  it('without samples is not-audio', async () => {
    expect(await decoded(inPieces(wavFile(new Float32Array(0)), [50]))).toMatchObject({ error: { kind: 'not-audio' } });
  });

  it('mixes stereo to the average of its channels', async () => {
    const file = wavFile(Float32Array.of(0.5, 0.5), { channels: 2 });
    new DataView(file.buffer).setInt16(46, -0x2000, true);
    expect((await decoded(inPieces(file, [64]))).samples).toEqual(Float32Array.of(0.125, 0.5));
  });

  it('of an encoding that is not read here goes to the decoder of the browser, or without samples is a typed error', async () => {
    const muLaw = wavFile(signal, { bits: 8 });
    muLaw[20] = 7;
    const { samples, error } = await decoded(inPieces(muLaw, [64]));
    if (typeof OfflineAudioContext === 'undefined') expect(error).toMatchObject({ kind: 'not-audio' });
    else expect({ error, samples: samples.length }).toEqual({ error: undefined, samples: signal.length });
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
