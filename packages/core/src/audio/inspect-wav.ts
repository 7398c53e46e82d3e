import type { AudioFileFacts } from './inspect-audio-file.ts';
import { readWavHeader } from './wav-header.ts';

/** Reads the header, and counts what follows it. Compressed sound (µ-law, MP3 in WAV) is measured as well. */
export function inspectWav(bytes: Uint8Array): AudioFileFacts | undefined {
  const mimeType = 'audio/wav';
  try {
    const header = readWavHeader(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // A file that is as long as it says and has no samples is no sound.
    if (!header) return view.getUint32(4, true) + 8 > bytes.length ? { mimeType, isCut: true } : undefined;
    const { format, encoding, blockBytes, bytesPerSecond, dataAt, dataBytes } = header;
    const there = Math.min(bytes.length - dataAt, dataBytes);
    const isCut = dataBytes < Infinity ? there < dataBytes - (dataBytes % blockBytes) : there % blockBytes > 0;
    const isPlain = encoding === 1 || encoding === 3;
    const seconds = isPlain ? Math.floor(there / blockBytes) / format.sampleRate : there / bytesPerSecond;
    if (there === 0) return isCut ? { mimeType, isCut } : undefined;
    return { mimeType, durationMs: seconds * 1_000, isCut };
  } catch {
    // No WAV file, or a header that lies about its sizes.
    return undefined;
  }
}
