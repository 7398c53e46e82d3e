const headerBytes = 44;
const bytesPerSample = 2;
const largestRiffBytes = 0xffff_ffff;

/** The exact inverse of reading, which divides by 2^15. Out-of-range samples are clipped and NaN becomes silence. */
const toInt16 = (sample: number): number => Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * 0x8000) || 0));

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
  if (dataBytes + headerBytes > largestRiffBytes) throw new RangeError('Too long for a WAV file.');
  const file = new ArrayBuffer(headerBytes + dataBytes);
  // The whole header is a row of 32-bit words; the two in hexadecimal with five or six digits are pairs of 16 bits.
  new Uint32Array(file, 0, headerBytes / 4).set([
    0x4646_4952, // RIFF
    headerBytes - 8 + dataBytes,
    0x4556_4157, // WAVE
    0x2074_6d66, // fmt
    16, // bytes of the format that follows
    0x1_0001, // PCM, one channel
    sampleRate,
    sampleRate * bytesPerSample,
    0x10_0002, // bytes, then bits of a sample
    0x6174_6164, // data
    dataBytes,
  ]);
  const words = new Int16Array(file, headerBytes);
  let at = 0;
  for (const chunk of chunks) for (const sample of chunk) words[at++] = toInt16(sample);
  return new Uint8Array(file);
}
