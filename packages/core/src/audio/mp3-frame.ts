/** Of layer III, in kbit/s, by the index in the header: MPEG-1, then MPEG-2 and 2.5 (ISO/IEC 11172-3, 13818-3). */
const bitrates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
/** Of MPEG-1, in Hz; halved for MPEG-2 and quartered for 2.5. */
const sampleRates = [44_100, 48_000, 32_000] as const;
/** By the version bits: MPEG 2.5, reserved, MPEG 2, MPEG 1. */
const rateDivisors = [4, 0, 2, 1] as const;

/** What the header of an MPEG layer III frame says. */
export interface Mp3Frame {
  /** In Hz. */
  readonly sampleRate: number;
  /** Samples per channel. */
  readonly samples: number;
  /** Length of the frame, header included. */
  readonly bytes: number;
  /** Where a Xing or Info tag would stand, from the beginning of the frame. */
  readonly tagAt: number;
}

/** The frame header at `at`; undefined when there is none. */
export function readMp3Frame(bytes: Uint8Array, at: number): Mp3Frame | undefined {
  const [sync = 0, version = 0, rates = 0, mode = 0] = bytes.subarray(at, at + 4);
  if (sync !== 0xff || (version & 0xe6) !== 0xe2) return undefined;
  const divisor = rateDivisors[((version >> 3) & 3) as 0 | 1 | 2 | 3];
  const older = divisor > 1;
  const bitrate = bitrates[older ? 1 : 0][rates >> 4];
  const sampleRate = (sampleRates[(rates >> 2) & 3] ?? 0) / divisor;
  if (!bitrate || !(sampleRate > 0 && sampleRate < Infinity)) return undefined;
  const samples = older ? 576 : 1_152;
  const mono = mode >> 6 === 3;
  return {
    sampleRate,
    samples,
    bytes: Math.floor(((samples / 8) * bitrate * 1_000) / sampleRate) + ((rates >> 1) & 1),
    tagAt: older ? (mono ? 13 : 21) : mono ? 21 : 36,
  };
}

/** What the tag in a first frame says: how many frames follow, and how many samples the encoder added. */
export interface Mp3Info {
  /** 0 when the tag does not say. */
  readonly frames: number;
  /** Encoder delay and padding, in samples. */
  readonly added: number;
}

/** Reads a Xing or Info tag with LAME's extension, or recognises a VBRI tag; undefined for a frame of sound. */
export function readMp3Info(bytes: Uint8Array, at: number, { bytes: length, tagAt }: Mp3Frame): Mp3Info | undefined {
  const frame = bytes.subarray(at, at + length);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, frame.length);
  const wordAt = (offset: number) => (offset + 4 <= frame.length ? view.getUint32(offset) : 0);
  const tag = wordAt(tagAt);
  // "Xing", "Info"
  if (tag !== 0x5869_6e67 && tag !== 0x496e_666f) {
    // "VBRI"
    return wordAt(36) === 0x5642_5249 ? { frames: 0, added: 0 } : undefined;
  }
  const flags = wordAt(tagAt + 4);
  const lameAt = tagAt + 8 + (flags & 1) * 4 + (flags & 2) * 2 + (flags & 4) * 25 + (flags & 8) / 2;
  const packed = frame[lameAt] ? wordAt(lameAt + 20) & 0xff_ffff : 0;
  return { frames: flags & 1 ? wordAt(tagAt + 8) : 0, added: (packed >> 12) + (packed & 0xfff) };
}
