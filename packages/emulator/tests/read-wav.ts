// A reader of WAV files for the tests, written from the format's description and not from the writer.

/** What a file holds. */
export interface ReadWav {
  /** Ids of its chunks, in order. */
  readonly chunks: readonly string[];
  /** Bytes after the first eight, as the file says. */
  readonly riffBytes: number;
  /** 1: integers, 3: floats. */
  readonly format: number;
  readonly channels: number;
  readonly rate: number;
  readonly bytesPerSecond: number;
  readonly align: number;
  readonly bits: number;
  /** Of each channel, in [-1, 1]. */
  readonly samples: readonly Float32Array[];
}

const readers: Readonly<Record<string, (data: Buffer, at: number) => number>> = {
  '1/8': (data, at) => (data.readUInt8(at) - 128) / 127,
  '1/16': (data, at) => data.readInt16LE(at) / 32_767,
  '1/24': (data, at) => data.readIntLE(at, 3) / 8_388_607,
  '3/32': (data, at) => data.readFloatLE(at),
};

/** @throws when it is no WAV, or one of a kind that nobody asked for */
export function readWav(file: Buffer): ReadWav {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') throw new Error('no WAV');
  const chunks: string[] = [];
  const found = new Map<string, Buffer>();
  for (let at = 12; at < file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const bytes = file.readUInt32LE(at + 4);
    chunks.push(id);
    found.set(id, file.subarray(at + 8, at + 8 + bytes));
    // Chunks begin at even places.
    at += 8 + bytes + (bytes % 2);
  }
  const head = found.get('fmt ') ?? Buffer.alloc(16);
  const data = found.get('data') ?? Buffer.alloc(0);
  const [format, channels, bits] = [head.readUInt16LE(0), head.readUInt16LE(2), head.readUInt16LE(14)];
  const read = readers[`${format}/${bits}`];
  if (!read) throw new Error(`format ${format} with ${bits} bits`);
  const width = bits / 8;
  const frames = data.length / (width * channels);
  const samples = Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_each, i) => read(data, (i * channels + channel) * width)),
  );
  return {
    chunks,
    riffBytes: file.readUInt32LE(4),
    format,
    channels,
    rate: head.readUInt32LE(4),
    bytesPerSecond: head.readUInt32LE(8),
    align: head.readUInt16LE(12),
    bits,
    samples,
  };
}

/** How far two sounds are from each other at most; Infinity when they differ in length. */
export const distance = (one: Float32Array, other: Float32Array): number =>
  one.length === other.length ? one.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (other[i] ?? 0))), 0) : Infinity;
