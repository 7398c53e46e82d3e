import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createInt16Samples } from './int16-samples.ts';
import { createWavDecoder } from './wav-decoder.ts';
import { WavError } from './wav-header.ts';
import { writeWav } from './write-wav.ts';

const text = (value: string) => [...value].map((letter) => letter.charCodeAt(0));
const u16 = (value: number) => [value & 0xff, (value >> 8) & 0xff];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(Math.floor(value / 65_536))];

function wavFile(
  options: { tag?: number; channels?: number; bits: number; extra?: number[]; dataBytes?: number },
  data: number[],
): Uint8Array {
  const { tag = 1, channels = 1, bits, extra = [], dataBytes = data.length } = options;
  const format = [...u16(tag), ...u16(channels), ...u32(16_000), ...u32(0), ...u16(0), ...u16(bits)];
  return new Uint8Array([
    ...text('RIFF'),
    ...u32(0),
    ...text('WAVE'),
    ...text('fmt '),
    ...u32(16),
    ...format,
    ...extra,
    ...text('data'),
    ...u32(dataBytes),
    ...data,
  ]);
}

test('a written file is read back within half a 16-bit step, whatever the pieces it arrives in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 60 }),
      (values, size) => {
        const file = writeWav([Float32Array.from(values)], 24_000);
        const decoder = createWavDecoder();
        const read: number[] = [];
        for (let at = 0; at < file.length; at += size) read.push(...decoder.push(file.slice(at, at + size)));
        expect(decoder.format).toEqual({ sampleRate: 24_000, channels: 1, bitsPerSample: 16, float: false });
        expect(read).toHaveLength(values.length);
        read.forEach((sample, i) => expect(Math.abs(sample - (values[i] ?? 0))).toBeLessThanOrEqual(1 / 32_768));
      },
    ),
  );
});

test('all 65,536 values of 16 bits come back exactly', () => {
  const values = Int16Array.from({ length: 65_536 }, (_each, i) => i - 32_768);
  const samples = createInt16Samples().push(new Uint8Array(values.buffer));
  const file = writeWav([samples], 24_000);
  expect(new Int16Array(file.buffer, 44)).toEqual(values);
  expect(createWavDecoder().push(file)).toEqual(samples);
});

test('samples beyond full scale are clipped and NaN is written as silence', () => {
  const file = writeWav([Float32Array.of(2, -2, Number.NaN, Infinity)], 24_000);
  const view = new DataView(file.buffer);
  expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([32_767, -32_768, 0, 32_767]);
});

test('the header says what the file holds', () => {
  const file = writeWav([new Float32Array(10), new Float32Array(5)], 22_050);
  const view = new DataView(file.buffer);
  expect(file).toHaveLength(44 + 30);
  expect(view.getUint32(4, true)).toBe(file.length - 8);
  expect(view.getUint32(24, true)).toBe(22_050);
  expect(view.getUint32(28, true)).toBe(44_100);
  expect(view.getUint32(40, true)).toBe(30);
});

test.each([
  ['8-bit unsigned', { bits: 8 }, [0, 128, 255], [-1, 0, 127 / 128]],
  ['16-bit', { bits: 16 }, [0, 0x80, 0, 0, 0, 0x40], [-1, 0, 0.5]],
  ['24-bit', { bits: 24 }, [0, 0, 0x80, 0, 0, 0x40], [-1, 0.5]],
  ['32-bit', { bits: 32 }, [0, 0, 0, 0x80, 0, 0, 0, 0x40], [-1, 0.5]],
  ['float32', { bits: 32, tag: 3 }, [0, 0, 0x80, 0xbe], [-0.25]],
  ['stereo, of which the channels are averaged,', { bits: 16, channels: 2 }, [0, 0x40, 0, 0, 0, 0xc0, 0, 0x80], [0.25, -0.75]],
])('%s samples are read', (_name, format, data, expected) => {
  expect([...createWavDecoder().push(wavFile(format, data))]).toEqual(expected);
});

test('chunks before the data, of odd size too, are skipped', () => {
  const extra = [...text('LIST'), ...u32(3), 1, 2, 3, 0];
  expect([...createWavDecoder().push(wavFile({ bits: 16, extra }, [0, 0x40]))]).toEqual([0.5]);
});

test('a data length that the writer did not know means everything that comes', () => {
  const decoder = createWavDecoder();
  expect(decoder.push(wavFile({ bits: 16, dataBytes: 0xffff_ffff }, [0, 0x40, 0, 0x40]))).toHaveLength(2);
  expect(decoder.missingBytes).toBe(0);
});

test('bytes after the data are no samples', () => {
  expect(createWavDecoder().push(wavFile({ bits: 16, dataBytes: 2 }, [0, 0x40, ...text('LIST')]))).toHaveLength(1);
});

test('a cut file tells how much is missing', () => {
  const decoder = createWavDecoder();
  decoder.push(writeWav([new Float32Array(100)], 24_000).slice(0, 144));
  expect(decoder.missingBytes).toBe(100);
});

test.each([
  ['a text', new TextEncoder().encode('<!doctype html><title>no</title>')],
  ['a compressed file', wavFile({ bits: 16, tag: 85 }, [])],
  ['an unreadable depth', wavFile({ bits: 40 }, [0, 0])],
])('%s is refused', (_name, bytes) => {
  expect(() => createWavDecoder().push(bytes)).toThrow(WavError);
});
