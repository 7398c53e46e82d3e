/** One file of several joined ones, or one link of a chained Ogg stream. Each begins with a fresh decoder. */
export interface AudioPart {
  readonly config: AudioDecoderConfig;
  /** Samples per channel to leave out at the beginning: the delay of encoder and decoder. */
  readonly skip: number;
  /** Where the sound ends, in samples of the decoder's output. Infinity when unknown; Ogg tells it before its last packets. */
  end: number;
  /** Samples to leave out at the end, where the encoder filled its last frame. */
  readonly padding: number;
  /** Whether the end of the part is missing, and so its padding. Known before the next part's first packet. */
  isCut: boolean;
  /** What every sample is multiplied by. */
  readonly gain: number;
}

/** What a decoder takes at once. */
export interface EncodedPacket {
  readonly data: Uint8Array<ArrayBuffer>;
  /** What it decodes to, per channel. */
  readonly samples: number;
  readonly part: AudioPart;
}

/** A stream of bytes taken apart into packets. Damage is passed over: what follows it is found again. */
export interface EncodedPackets {
  /** Whether the stream is of this format at all. */
  readonly isFound: boolean;
  /** After `end`: whether audio is missing, because the stream broke off or was damaged. */
  readonly isCut: boolean;
  push(bytes: Uint8Array): EncodedPacket[];
  end(): EncodedPacket[];
}
