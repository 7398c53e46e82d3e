/** A finished file of speech. */
export interface SpeechFile {
  /** The whole file. */
  readonly bytes: Uint8Array;
  /** What it is, by its content: `audio/wav`, `audio/mpeg`, `audio/ogg`, or `audio/pcm;rate=…` for 16-bit little-endian samples of one channel without a header. */
  readonly mimeType: string;
  /** How long it plays, in milliseconds. Absent when the file does not tell. */
  readonly durationMs?: number;
  /** The same as a `Blob` of its type, for `URL.createObjectURL`. */
  toBlob(): Blob;
}

/** A file out of its bytes. */
export const createSpeechFile = (bytes: Uint8Array, mimeType: string, durationMs?: number): SpeechFile => ({
  bytes,
  mimeType,
  ...(durationMs !== undefined && { durationMs }),
  toBlob: () => new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mimeType }),
});
