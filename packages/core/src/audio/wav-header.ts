/** Thrown for bytes that are not a WAV file, or hold a sound that cannot be read here. */
export class WavError extends Error {}

/** How the samples of a WAV file are stored. */
export interface WavFormat {
  /** In Hz. */
  readonly sampleRate: number;
  /** Interleaved channels; the decoder mixes them to one. */
  readonly channels: number;
  /** Bits of one sample. */
  readonly bitsPerSample: number;
  /** Whether samples are IEEE floats rather than integers. */
  readonly float: boolean;
}

/** What comes before the samples of a WAV file. */
export interface WavHeader {
  readonly format: WavFormat;
  /** 1 for integers, 3 for floats; anything else is compressed. */
  readonly encoding: number;
  /** Bytes of one sample of each channel, or of one block of compressed sound. */
  readonly blockBytes: number;
  /** Bytes that play in one second, by the header. */
  readonly bytesPerSecond: number;
  readonly dataAt: number;
  /** Infinity when the writer did not know the length. */
  readonly dataBytes: number;
}

/** Longer headers are refused: no speech has a megabyte of notes and pictures before it. */
const maxHeaderBytes = 2 ** 20;
/** A length beyond this is no length: writers that cannot seek back leave all ones or some large number. No client reads more. */
const maxDataBytes = 5e8;
const extensible = 0xfffe;

const tagAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

function readFormat(view: DataView, at: number): Pick<WavHeader, 'format' | 'encoding' | 'blockBytes' | 'bytesPerSecond'> {
  const tag = view.getUint16(at, true);
  const encoding = tag === extensible ? view.getUint16(at + 24, true) : tag;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const bitsPerSample = view.getUint16(at + 14, true);
  if (!channels || !sampleRate) throw new WavError('no format');
  // Some writers leave the size of a block out. It is larger than its bits when samples lie in wider containers.
  const blockBytes = Math.max(view.getUint16(at + 12, true), Math.ceil(bitsPerSample / 8) * channels);
  const format = { channels, sampleRate, bitsPerSample, float: encoding === 3 };
  return { format, encoding, blockBytes, bytesPerSecond: view.getUint32(at + 8, true) };
}

/**
 * Reads RIFF/WAVE and RF64 (EBU Tech 3306) up to the samples, over any chunks before them.
 *
 * @param bytes the file from its beginning, as far as it is there
 * @returns undefined when more bytes are needed
 * @throws WavError or, for a chunk that says less than it must, RangeError
 */
export function readWavHeader(bytes: Uint8Array): WavHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const letters = tagAt(bytes, 0) + tagAt(bytes, 8);
  if (!['RIFFWAVE', 'RF64WAVE'].some((name) => name.startsWith(letters))) throw new WavError('no WAV file');
  if (bytes.length < 12) return undefined;
  let found: ReturnType<typeof readFormat> | undefined;
  let longBytes = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const tag = tagAt(bytes, at);
    at += 8;
    if (tag === 'data' && found) {
      const dataBytes = longBytes && size === 0xffff_ffff ? longBytes : size;
      return { ...found, dataAt: at, dataBytes: dataBytes && dataBytes < maxDataBytes ? dataBytes : Infinity };
    }
    if (at + Math.max(size, 16) <= bytes.length) {
      if (tag === 'fmt ') found = readFormat(view, at);
      if (tag === 'ds64') longBytes = view.getUint32(at + 8, true) + view.getUint32(at + 12, true) * 2 ** 32;
    }
    at += size + (size % 2);
  }
  if (bytes.length > maxHeaderBytes) throw new WavError('no samples');
  return undefined;
}
