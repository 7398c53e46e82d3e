/** What to leave away of what the decoder gives, so that exactly the original remains. In samples per channel. */
export interface TrimFacts {
  /** At the beginning: what encoder and decoder are late by. */
  readonly skip: number;
  /** What remains after that; all of it when unknown. */
  readonly total?: number;
  /** What the packets of a complete file decode to, when the file says so. */
  readonly promised?: number;
}

/** A stream of bytes taken apart into what a decoder takes one by one. */
export interface EncodedPackets {
  /** Once known. */
  readonly config: AudioDecoderConfig | undefined;
  readonly trim: TrimFacts;
  /** After `end`: whether the stream broke off in the middle of something. */
  readonly isCut: boolean;
  push(bytes: Uint8Array): Uint8Array<ArrayBuffer>[];
  end(): Uint8Array<ArrayBuffer>[];
}
