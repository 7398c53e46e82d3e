const headerBytes = 44;

/** A PCM16 mono WAV header for so many bytes of samples at 24,000 Hz. */
export function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(24_000, 24);
  header.writeUInt32LE(48_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** The samples as 16-bit little-endian bytes, rounded and clipped. */
export function int16Bytes(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), i * 2));
  return bytes;
}

/** The finished file as the vendor keeps it: 16 bits, where the stream has float32 (inferred from a vendor sample). */
export function wavFile(samples: Float32Array): Buffer {
  const data = int16Bytes(samples);
  return Buffer.concat([wavHeader(data.length), data]);
}
