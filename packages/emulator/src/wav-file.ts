const headerBytes = 44;

/** A WAV header for so many bytes of PCM16 mono samples at 24,000 Hz. */
function wavHeader(dataBytes: number): Buffer {
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

/** The finished file as the vendor keeps it: 16 bits, where the stream has float32 (inferred from a file of the vendor's). */
export function wavFile(samples: Float32Array): Buffer {
  const data = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) {
    data[i] = Math.round(Math.max(-1, Math.min(1, samples[i] ?? 0)) * 32_767);
  }
  return Buffer.concat([wavHeader(data.byteLength), new Uint8Array(data.buffer)]);
}
