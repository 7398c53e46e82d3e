/** Thrown for bytes that are not a WAV file that can be read here. */
export class WavError extends Error {
  override readonly name = 'WavError';
}

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

const maxHeaderBytes = 64 * 1024;
const pcm = 1;
const ieeeFloat = 3;
const extensible = 0xfffe;

type ReadSample = (view: DataView, offset: number) => number;
const readers: Readonly<Record<string, ReadSample>> = {
  u8: (view, offset) => (view.getUint8(offset) - 128) / 128,
  s16: (view, offset) => view.getInt16(offset, true) / 32_768,
  s24: (view, offset) => ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 8_388_608,
  s32: (view, offset) => view.getInt32(offset, true) / 2_147_483_648,
  f32: (view, offset) => view.getFloat32(offset, true),
};

function readerFor({ float, bitsPerSample }: WavFormat): ReadSample {
  const reader = readers[`${float ? 'f' : bitsPerSample === 8 ? 'u' : 's'}${bitsPerSample}`];
  if (!reader) throw new WavError(`WAV samples of ${bitsPerSample} ${float ? 'float ' : ''}bits cannot be read.`);
  return reader;
}

function readFormat(view: DataView, at: number, size: number): WavFormat {
  if (size < 16) throw new WavError('The WAV format chunk is too short.');
  const tag = view.getUint16(at, true);
  const kind = tag === extensible && size >= 26 ? view.getUint16(at + 24, true) : tag;
  if (kind !== pcm && kind !== ieeeFloat) throw new WavError(`The WAV file is compressed (format ${kind}).`);
  const format: WavFormat = {
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bitsPerSample: view.getUint16(at + 14, true),
    float: kind === ieeeFloat,
  };
  if (format.channels === 0 || format.sampleRate === 0) throw new WavError('The WAV header has no channels or no rate.');
  return format;
}

const tagAt = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

interface Header {
  readonly format: WavFormat;
  readonly dataAt: number;
  /** Infinity when the writer did not know it (0 or all ones, as streaming writers leave it). */
  readonly dataBytes: number;
}

/** The header, or undefined when more bytes are needed. */
function readHeader(bytes: Uint8Array): Header | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return undefined;
  if (tagAt(view, 0) !== 'RIFF' || tagAt(view, 8) !== 'WAVE') throw new WavError('The bytes are not a WAV file.');
  let format: WavFormat | undefined;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const tag = tagAt(view, at);
    const size = view.getUint32(at + 4, true);
    if (tag === 'data') {
      if (!format) throw new WavError('The WAV file has data before its format.');
      return { format, dataAt: at + 8, dataBytes: size === 0 || size === 0xffff_ffff ? Infinity : size };
    }
    if (tag === 'fmt ') {
      if (at + 8 + size > bytes.length) break;
      format = readFormat(view, at + 8, size);
    }
    at += 8 + size + (size % 2);
  }
  if (bytes.length > maxHeaderBytes) throw new WavError('The WAV header never ends.');
  return undefined;
}

const joined = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
};

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
      return header && Number.isFinite(header.dataBytes) ? remaining : 0;
    },
    push(bytes) {
      let data = carried.length > 0 ? joined(carried, bytes) : bytes;
      if (!header) {
        header = readHeader(data);
        carried = header ? new Uint8Array(0) : data.slice();
        if (!header) return new Float32Array(0);
        data = data.subarray(header.dataAt);
        remaining = header.dataBytes;
      }
      const read = readerFor(header.format);
      const frameBytes = (header.format.bitsPerSample / 8) * header.format.channels;
      const frames = Math.floor(Math.min(data.length, remaining) / frameBytes);
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      const samples = new Float32Array(frames);
      for (let i = 0; i < frames; i += 1) samples[i] = read(view, i * frameBytes);
      remaining -= frames * frameBytes;
      carried = remaining < frameBytes ? new Uint8Array(0) : data.slice(frames * frameBytes);
      return samples;
    },
  };
}
