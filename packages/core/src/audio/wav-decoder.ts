import { joinBytes } from './join-bytes.ts';

/** Thrown for bytes that are not a WAV file that can be read here. */
export class WavError extends Error {}

/** How the samples of a WAV file are stored. */
export interface WavFormat {
  /** In Hz. */
  readonly sampleRate: number;
  /** Interleaved channels; the decoder keeps the first. */
  readonly channels: number;
  /** Bits of one sample: 8, 16, 24 or 32. */
  readonly bitsPerSample: number;
  /** Whether samples are IEEE floats rather than integers. */
  readonly float: boolean;
}

/** Reads a WAV file while it arrives. */
export interface WavDecoder {
  /** Known once the header has arrived. */
  readonly format: WavFormat | undefined;
  /** Bytes that the header promises and that have not come. 0 when the file is complete, or its length is unknown. */
  readonly missingBytes: number;
  /**
   * The samples that are complete now, of the first channel, nominally in [-1, 1].
   *
   * @throws WavError
   */
  push(bytes: Uint8Array): Float32Array;
}

const maxHeaderBytes = 60_000;
const ieeeFloat = 3;
const extensible = 0xfffe;

type ReadSample = (view: DataView, offset: number) => number;
/** By format tag (1 PCM, 3 float) and depth. 8 bits are unsigned, all others signed. */
const readers: Readonly<Record<string, ReadSample>> = {
  '1-8': (view, at) => view.getUint8(at) / 128 - 1,
  '1-16': (view, at) => view.getInt16(at, true) / 2 ** 15,
  '1-24': (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23,
  '1-32': (view, at) => view.getInt32(at, true) / 2 ** 31,
  '3-32': (view, at) => view.getFloat32(at, true),
};

interface Header {
  readonly format: WavFormat;
  readonly read: ReadSample;
  readonly dataAt: number;
  /** Infinity when the writer did not know it (0 or all ones, as streaming writers leave it). */
  readonly dataBytes: number;
}

function readFormat(view: DataView, at: number): Pick<Header, 'format' | 'read'> {
  const tag = view.getUint16(at, true);
  const kind = tag === extensible ? view.getUint16(at + 24, true) : tag;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const bitsPerSample = view.getUint16(at + 14, true);
  const read = readers[`${kind}-${bitsPerSample}`];
  if (!read || !channels || !sampleRate) throw new WavError(`WAV ${kind}-${bitsPerSample}`);
  return { read, format: { channels, sampleRate, bitsPerSample, float: kind === ieeeFloat } };
}

/** The header, or undefined when more bytes are needed. A RangeError means that a chunk says less than it must. */
function readHeader(bytes: Uint8Array): Header | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const tagAt = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12) return undefined;
  if (tagAt(0) !== 'RIFF' || tagAt(8) !== 'WAVE') throw new WavError('no WAV file');
  let found: Pick<Header, 'format' | 'read'> | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const tag = tagAt(at);
    at += 8;
    if (tag === 'data' && found) return { ...found, dataAt: at, dataBytes: size && size !== 0xffff_ffff ? size : Infinity };
    if (tag === 'fmt ' && at + Math.max(size, 16) <= bytes.length) found = readFormat(view, at);
    at += size + (size % 2);
  }
  if (bytes.length > maxHeaderBytes) throw new WavError('no end');
  return undefined;
}

/** A decoder for RIFF/WAVE: PCM of 8, 16, 24 or 32 bits and float32, any rate, any chunks before the data. */
export function createWavDecoder(): WavDecoder {
  let header: Header | undefined;
  let carried: Uint8Array = new Uint8Array(0);
  let remaining = Infinity;

  return {
    get format() {
      return header?.format;
    },
    get missingBytes() {
      return Number.isFinite(remaining) ? remaining : 0;
    },
    push(bytes) {
      let data = joinBytes(carried, bytes);
      if (!header) {
        header = readHeader(data);
        carried = data.slice();
        if (!header) return new Float32Array(0);
        data = data.subarray(header.dataAt);
        remaining = header.dataBytes;
      }
      const { format, read } = header;
      const frameBytes = (format.bitsPerSample / 8) * format.channels;
      const samples = new Float32Array(Math.floor(Math.min(data.length, remaining) / frameBytes));
      const used = samples.length * frameBytes;
      const view = new DataView(data.buffer, data.byteOffset, data.length);
      for (let i = 0; i < samples.length; i += 1) samples[i] = read(view, i * frameBytes);
      remaining -= used;
      carried = data.slice(used, used + Math.min(remaining, frameBytes));
      return samples;
    },
  };
}
