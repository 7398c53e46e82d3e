import { inspectMp3 } from './inspect-mp3.ts';
import { inspectOgg } from './inspect-ogg.ts';
import { createWavDecoder, WavError } from './wav-decoder.ts';

/** What a file says about itself. */
export interface AudioFileFacts {
  /** Its type, by its content. */
  readonly mimeType: string;
  /** How long it plays, in milliseconds. Absent when it does not say. */
  readonly durationMs?: number;
  /** Whether the file breaks off before the end that it announces. */
  readonly isCut: boolean;
}

function inspectWav(bytes: Uint8Array): AudioFileFacts | undefined {
  const wav = createWavDecoder();
  try {
    const { length } = wav.push(bytes);
    const { format } = wav;
    if (!format || length === 0) return { mimeType: 'audio/wav', isCut: true };
    return { mimeType: 'audio/wav', durationMs: (length / format.sampleRate) * 1_000, isCut: wav.missingBytes > 0 };
  } catch (error) {
    if (error instanceof WavError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** By the first bytes. */
const inspectors: readonly (readonly [pattern: RegExp, inspect: (bytes: Uint8Array) => AudioFileFacts | undefined])[] = [
  [/^RIFF/, inspectWav],
  [/^OggS/, inspectOgg],
  [/^(ID3|\xff[\xe0-\xff])/, inspectMp3],
];

/**
 * Reads what a file is from its content: the type that a server names may be wrong.
 *
 * @returns undefined for what is no WAV, MP3 or Ogg file
 */
export function inspectAudioFile(bytes: Uint8Array): AudioFileFacts | undefined {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return inspectors.find(([pattern]) => pattern.test(magic))?.[1](bytes);
}

/** Long enough that samples cannot look so by chance. */
const tellingBytes = 32;

/**
 * Whether bytes that should be samples without a header are the beginning of a text: a web page, JSON. Samples could
 * only look so if 16 in a row were loud and positive, and both bytes of each a letter's.
 */
export const looksLikeText = (bytes: Uint8Array): boolean =>
  bytes.length > 0 && bytes.subarray(0, tellingBytes).every((byte) => (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13));
