import { notAudio } from './source-errors.ts';

/** How raw samples are stored. */
export interface RawPcmFormat {
  /** In Hz. */
  readonly sampleRate: number;
  /** Interleaved channels; all of them are mixed to one. */
  readonly channels: number;
  /** Of one sample. */
  readonly bits: number;
  /** IEEE floats instead of integers. */
  readonly float: boolean;
  readonly littleEndian: boolean;
}

type ReadSample = (view: DataView, at: number, littleEndian: boolean) => number;

const read24 = (view: DataView, at: number, littleEndian: boolean): number =>
  littleEndian ? (view.getInt8(at + 2) << 16) | view.getUint16(at, true) : (view.getInt8(at) << 16) | view.getUint16(at + 1);

/** By kind and depth. Eight bits are unsigned, as in WAV; all others signed. */
const readers: Readonly<Record<string, ReadSample>> = {
  int8: (view, at) => (view.getUint8(at) - 2 ** 7) / 2 ** 7,
  int16: (view, at, little) => view.getInt16(at, little) / 2 ** 15,
  int24: (view, at, little) => read24(view, at, little) / 2 ** 23,
  int32: (view, at, little) => view.getInt32(at, little) / 2 ** 31,
  float32: (view, at, little) => view.getFloat32(at, little),
  float64: (view, at, little) => view.getFloat64(at, little),
};

/** Reads whole frames of `format` out of bytes, as mono: channels are averaged, so that none is lost and none clips. */
export interface FrameReader {
  readonly frameBytes: number;
  /** All whole frames in `view`; what is left over is ignored. */
  read(view: DataView): Float32Array;
}

const kindOf = ({ float, bits }: RawPcmFormat): string => `${float ? 'float' : 'int'}${bits}`;

/** Whether `createFrameReader` takes this format. */
export const isReadable = (format: RawPcmFormat): boolean =>
  kindOf(format) in readers && format.channels >= 1 && format.channels <= 32 && format.sampleRate >= 1;

/** @throws PlaybackError `not-audio` for a format that cannot be read */
export function createFrameReader(format: RawPcmFormat): FrameReader {
  const { sampleRate, channels, bits, littleEndian } = format;
  const kind = kindOf(format);
  const read = readers[kind];
  if (!read || !isReadable(format)) {
    throw notAudio(`PCM of ${kind}, ${channels} channels and ${sampleRate} Hz cannot be read.`);
  }
  const sampleBytes = bits / 8;
  const frameBytes = sampleBytes * channels;
  return {
    frameBytes,
    read(view) {
      const samples = new Float32Array(Math.floor(view.byteLength / frameBytes));
      for (let frame = 0; frame < samples.length; frame += 1) {
        let sum = 0;
        for (let channel = 0; channel < channels; channel += 1) {
          sum += read(view, frame * frameBytes + channel * sampleBytes, littleEndian);
        }
        samples[frame] = sum / channels;
      }
      return samples;
    },
  };
}
