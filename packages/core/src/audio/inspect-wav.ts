import type { AudioFileFacts } from './inspect-audio-file.ts';
import { createWavDecoder } from './wav-decoder.ts';

/** Reads the header, and counts what follows it. */
export function inspectWav(bytes: Uint8Array): AudioFileFacts | undefined {
  const wav = createWavDecoder();
  const mimeType = 'audio/wav';
  try {
    const { length } = wav.push(bytes);
    const { format, missingBytes } = wav;
    if (!format || length === 0) return bytes[0] === 0x52 ? { mimeType, isCut: true } : undefined;
    return { mimeType, durationMs: (length / format.sampleRate) * 1_000, isCut: missingBytes > 0 };
  } catch {
    // No WAV file, or a header that lies about its sizes.
    return undefined;
  }
}
