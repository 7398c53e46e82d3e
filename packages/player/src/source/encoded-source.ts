/** A finished file, such as a vendor client's `SpeechFile`. */
export interface AudioFile {
  /** The whole file. */
  readonly bytes: Uint8Array;
  /** Such as `audio/mpeg`, or `audio/pcm;rate=24000` for samples without a header. */
  readonly mimeType: string;
}

/**
 * Audio that is still encoded. WAV, PCM, MP3 and Ogg Opus are played while they arrive; whatever else the browser decodes
 * (`decodeAudioData`), once all of it has arrived. What it is is told by its first bytes, then by its media type.
 */
export type EncodedSource = Response | Blob | ReadableStream<Uint8Array> | AudioFile;
