import fc from 'fast-check';
import { expect, it } from 'vitest';

import { decoded, inPieces } from '../../tests/byte-sources.ts';
import { pcmFormatOf } from './pcm-stream.ts';

const littleEndian = { channels: 1, float: false, littleEndian: true };

it.each([
  ['audio/pcm;rate=24000', { ...littleEndian, sampleRate: 24_000, bits: 16 }],
  ['Audio/PCM; rate="16000"; bits=24; channels=2', { ...littleEndian, sampleRate: 16_000, bits: 24, channels: 2 }],
  ['audio/pcm;rate=48000;encoding=float', { ...littleEndian, sampleRate: 48_000, bits: 32, float: true }],
  ['audio/L16;rate=8000', { ...littleEndian, sampleRate: 8_000, bits: 16, littleEndian: false }],
  ['audio/L16;codec=pcm;rate=24000', { ...littleEndian, sampleRate: 24_000, bits: 16 }],
  ['audio/l24;rate=44100;channels=2;endian=little', { ...littleEndian, sampleRate: 44_100, bits: 24, channels: 2 }],
])('the media type %s says how samples are stored', (mimeType, format) => {
  expect(pcmFormatOf(mimeType)).toEqual(format);
});

it('a media type of raw samples without a rate is not-audio, and says what to add', async () => {
  expect(() => pcmFormatOf('audio/pcm')).toThrow(expect.objectContaining({ kind: 'not-audio' }));
  expect(pcmFormatOf('audio/mpeg')).toBeUndefined();
});

it('raw samples are the same wherever the stream is cut', async () => {
  const words = Int16Array.from({ length: 500 }, (_, at) => ((at * 2_654_435_761) % 65_536) - 32_768);
  const big = new Uint8Array(new Uint8Array(words.slice().buffer).length);
  words.forEach((word, at) => new DataView(big.buffer).setInt16(2 * at, word));
  const wanted = Float32Array.from(words, (word) => word / 32_768);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1 }), async (sizes) => {
      const little = await decoded(inPieces(new Uint8Array(words.buffer), sizes), 'audio/pcm;rate=24000');
      expect(little).toEqual({ samples: wanted, error: undefined, sampleRate: 24_000 });
      expect((await decoded(inPieces(big, sizes), 'audio/L16;rate=24000')).samples).toEqual(wanted);
    }),
    { numRuns: 30 },
  );
});

it('half a sample at the end is truncated', async () => {
  const { samples, error } = await decoded({ bytes: new Uint8Array(101), mimeType: 'audio/pcm;rate=24000' });
  expect(samples).toHaveLength(50);
  expect(error).toMatchObject({ kind: 'truncated' });
});
