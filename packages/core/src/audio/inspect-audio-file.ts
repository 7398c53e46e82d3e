/** What a file says about itself. */
export interface AudioFileFacts {
  /** Its type, by its content. */
  readonly mimeType: string;
  /** How long it plays, in milliseconds, without what the encoder added. Absent when only a decoder can tell. */
  readonly durationMs?: number;
  /** Whether sound is missing, at the end or in the middle. FLAC and WebM do not show it. */
  readonly isCut: boolean;
}

/** Reads one format from a whole file; undefined when the file has another. */
export type AudioInspector = (bytes: Uint8Array) => AudioFileFacts | undefined;

/** The formats of a vendor, so that a page carries no others. Each looks at the first bytes itself. */
export function inspectAudioFile(bytes: Uint8Array, formats: readonly AudioInspector[]): AudioFileFacts | undefined {
  for (const inspect of formats) {
    const facts = inspect(bytes);
    if (facts) return facts;
  }
  return undefined;
}

/** Long enough that samples cannot look so by chance. */
const tellingBytes = 32;

/**
 * Whether bytes that should be samples without a header are the beginning of a text: a web page, JSON. Samples could
 * only look so if 16 in a row were loud and positive, and both bytes of each a letter's.
 */
export const looksLikeText = (bytes: Uint8Array): boolean =>
  bytes.length > 0 && bytes.subarray(0, tellingBytes).every((byte) => (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13));
