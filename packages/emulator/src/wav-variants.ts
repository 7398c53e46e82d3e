import { int16Bytes, voiceRate } from './resample.ts';

/** How the samples of a WAV file are stored. */
export interface WavVariant {
  /** In Hz. */
  readonly rate: number;
  readonly encoding: 'int8' | 'int16' | 'int24' | 'float32';
  /** Both channels hold the same. */
  readonly stereo?: boolean;
  /** A LIST chunk of odd length, and an unknown one, come before the data. */
  readonly extraChunks?: boolean;
}

const bytesPerSample = { int8: 1, int16: 2, int24: 3, float32: 4 } as const;

const writers: Readonly<Record<Exclude<WavVariant['encoding'], 'int16'>, (bytes: Buffer, sample: number, at: number) => void>> = {
  // Eight bits are unsigned in WAV, all others signed.
  int8: (bytes, sample, at) => bytes.writeUInt8(Math.round(sample * 127) + 128, at),
  int24: (bytes, sample, at) => bytes.writeIntLE(Math.round(sample * 8_388_607), at, 3),
  float32: (bytes, sample, at) => bytes.writeFloatLE(sample, at),
};

/** A chunk, padded to an even length as RIFF wants it. */
function chunk(id: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function format({ rate, encoding }: WavVariant, channels: number): Buffer {
  const frame = bytesPerSample[encoding] * channels;
  const data = Buffer.alloc(16);
  data.writeUInt16LE(encoding === 'float32' ? 3 : 1, 0);
  data.writeUInt16LE(channels, 2);
  data.writeUInt32LE(rate, 4);
  data.writeUInt32LE(rate * frame, 8);
  data.writeUInt16LE(frame, 12);
  data.writeUInt16LE(bytesPerSample[encoding] * 8, 14);
  return data;
}

function sampleBytes(samples: Float32Array, encoding: WavVariant['encoding']): Buffer {
  if (encoding === 'int16') return int16Bytes(samples);
  const width = bytesPerSample[encoding];
  const write = writers[encoding];
  const data = Buffer.alloc(samples.length * width);
  samples.forEach((sample, i) => write(data, Math.max(-1, Math.min(1, sample)), i * width));
  return data;
}

/** Each sample for both channels. */
const doubled = (samples: Float32Array): Float32Array =>
  Float32Array.from({ length: samples.length * 2 }, (_, i) => samples[i >> 1] ?? 0);

/** A WAV file of samples that have the variant's rate already. */
export function wavVariant(samples: Float32Array, variant: WavVariant): Buffer {
  const channels = variant.stereo ? 2 : 1;
  const data = sampleBytes(variant.stereo ? doubled(samples) : samples, variant.encoding);
  const extra = variant.extraChunks ? [chunk('LIST', Buffer.from('INFOISFT')), chunk('odd!', Buffer.from('abc'))] : [];
  const chunks = Buffer.concat([chunk('fmt ', format(variant, channels)), ...extra, chunk('data', data)]);
  const head = Buffer.alloc(12);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(4 + chunks.length, 4);
  head.write('WAVE', 8, 'latin1');
  return Buffer.concat([head, chunks]);
}

/** The voice as 16-bit WAV at its own rate: what Audixa's finished files hold (inferred from a file of the vendor's). */
export const wavFile = (voice: Float32Array): Buffer => wavVariant(voice, { rate: voiceRate, encoding: 'int16' });
