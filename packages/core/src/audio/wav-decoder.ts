import { joinBytes } from './join-bytes.ts';
import { readWavHeader, WavError, type WavFormat, type WavHeader } from './wav-header.ts';

/** Reads a WAV file while it arrives. */
export interface WavDecoder {
  /** Known once the header has arrived. */
  readonly format: WavFormat | undefined;
  /** Bytes that are missing: of the length in the header or, when it has none, of the last sample. 0 when the file is complete. */
  readonly missingBytes: number;
  /**
   * The samples that are complete now, nominally in [-1, 1]. Channels are averaged. Integers are divided by 2^(bits - 1),
   * which `writeWav` reverses exactly.
   *
   * @throws WavError
   */
  push(bytes: Uint8Array): Float32Array;
}

type ReadSample = (view: DataView, offset: number) => number;
/** By encoding (1 integer, 3 float) and bytes. One byte is unsigned, all others are signed. */
const readers: Readonly<Record<string, ReadSample>> = {
  '1-1': (view, at) => view.getUint8(at) / 128 - 1,
  '1-2': (view, at) => view.getInt16(at, true) / 2 ** 15,
  '1-3': (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23,
  '1-4': (view, at) => view.getInt32(at, true) / 2 ** 31,
  '3-4': (view, at) => view.getFloat32(at, true),
  '3-8': (view, at) => view.getFloat64(at, true),
};

/** Reads one sample of each channel and mixes them. Samples in wider containers lie in the upper bits. */
function readerOf({ encoding, blockBytes, format: { channels } }: WavHeader): ReadSample {
  const sampleBytes = blockBytes / channels;
  const read = readers[`${encoding}-${sampleBytes}`];
  if (!read) throw new WavError(`WAV ${encoding}-${sampleBytes}`);
  return (view, at) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += read(view, at + channel * sampleBytes);
    return sum / channels;
  };
}

/** A decoder for WAV files of integers of up to 32 bits and of floats, any rate, any chunks before the data. */
export function createWavDecoder(): WavDecoder {
  let header: WavHeader | undefined;
  let read: ReadSample;
  let carried: Uint8Array = new Uint8Array(0);
  let remaining = Infinity;

  return {
    get format() {
      return header?.format;
    },
    get missingBytes() {
      const { blockBytes } = header ?? { blockBytes: 1 };
      // A length that is no multiple of a block ends in bytes that are no sample.
      if (remaining < Infinity) return remaining < blockBytes ? 0 : remaining;
      return carried.length % blockBytes && blockBytes - carried.length;
    },
    push(bytes) {
      let data = joinBytes(carried, bytes);
      if (!header) {
        header = readWavHeader(data);
        carried = data.slice();
        if (!header) return new Float32Array(0);
        read = readerOf(header);
        data = data.subarray(header.dataAt);
        remaining = header.dataBytes;
      }
      const { blockBytes } = header;
      const samples = new Float32Array(Math.floor(Math.min(data.length, remaining) / blockBytes));
      const used = samples.length * blockBytes;
      const view = new DataView(data.buffer, data.byteOffset, data.length);
      for (let i = 0; i < samples.length; i += 1) samples[i] = read(view, i * blockBytes);
      remaining -= used;
      carried = data.slice(used, used + Math.min(remaining, blockBytes));
      return samples;
    },
  };
}
