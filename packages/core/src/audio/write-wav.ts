const headerBytes = 44;
const bytesPerSample = 2;
const largestRiffBytes = 0xffff_ffff;

/** Nearest 16-bit value; out-of-range samples are clipped and NaN becomes silence. */
function toInt16(sample: number): number {
  if (sample >= 1) return 0x7fff;
  if (sample <= -1) return -0x8000;
  return Math.round(sample * 0x7fff) || 0;
}

/**
 * A mono 16-bit PCM RIFF/WAVE file.
 *
 * @param chunks samples nominally in [-1, 1], in order
 * @param sampleRate in Hz
 * @throws RangeError when the file would be larger than RIFF's 4 GiB
 */
export function writeWav(chunks: readonly Float32Array[], sampleRate: number): Uint8Array {
  const samples = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const dataBytes = samples * bytesPerSample;
  if (dataBytes + headerBytes > largestRiffBytes) throw new RangeError(`A WAV file cannot hold ${samples} samples.`);
  const bytes = new Uint8Array(headerBytes + dataBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('RIFF____WAVEfmt ____________________data'));
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  view.setUint32(16, 16, true); // size of the fmt chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, bytesPerSample * 8, true);
  view.setUint32(40, dataBytes, true);
  let offset = headerBytes;
  for (const chunk of chunks) {
    for (const sample of chunk) {
      view.setInt16(offset, toInt16(sample), true);
      offset += bytesPerSample;
    }
  }
  return bytes;
}
