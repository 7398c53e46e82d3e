/** Of layer III, in kbit/s (ISO/IEC 11172-3 and 13818-3); 0 is "free", which speech services do not use. */
const bitratesMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitratesMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const ratesMpeg1 = [44_100, 48_000, 32_000];
/** By the version bits: MPEG 2.5, reserved, MPEG 2, MPEG 1. */
const rateDivisors = [4, 0, 2, 1];
/** Samples by which every layer III decoder is late. */
const decoderDelay = 529;

/** What the four bytes before a frame say. */
export interface Mp3Header {
  readonly sampleRate: number;
  readonly channels: number;
  /** Length of the frame, header included. */
  readonly bytes: number;
  /** Samples in it, per channel. */
  readonly samples: number;
  /** Where a Xing or Info tag would stand in it. */
  readonly tagAt: number;
}

/** The header at `at`, or undefined when there is none. */
export function readMp3Header(bytes: Uint8Array, at = 0): Mp3Header | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at, at + 4);
  const version = (b1 >> 3) & 3;
  const divisor = rateDivisors[version] ?? 0;
  const mpeg1 = version === 3;
  const rate = ratesMpeg1[(b2 >> 2) & 3];
  const kbits = (mpeg1 ? bitratesMpeg1 : bitratesMpeg2)[b2 >> 4];
  const isLayer3 = b0 === 0xff && (b1 & 0xe6) === 0xe2;
  if (!isLayer3 || !divisor || !rate || !kbits) return undefined;
  const sampleRate = rate / divisor;
  const samples = mpeg1 ? 1152 : 576;
  const mono = b3 >> 6 === 3;
  return {
    sampleRate,
    channels: mono ? 1 : 2,
    samples,
    bytes: Math.floor(((samples / 8) * kbits * 1000) / sampleRate) + ((b2 >> 1) & 1),
    tagAt: 4 + (mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17),
  };
}

/** What a Xing or Info tag says, in samples per channel. */
export interface InfoTag {
  readonly skip: number;
  readonly padding: number;
  /** Frames of sound behind the tag's own; 0 when it does not say. */
  readonly frames: number;
}

/** The Xing, Info or VBRI tag of a frame, or undefined when the frame is one of sound. */
export function readInfoTag(frame: Uint8Array, { tagAt }: Mp3Header): InfoTag | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const lettersAt = (at: number): string => String.fromCharCode(...frame.subarray(at, at + 4));
  // Fraunhofer's tag has a place of its own, and tells nothing of delay and padding.
  if (lettersAt(36) === 'VBRI' && frame.length >= 54) return { skip: 0, padding: 0, frames: view.getUint32(50) };
  if (!/^(Xing|Info)$/.test(lettersAt(tagAt)) || frame.length < tagAt + 12) return undefined;
  const flags = view.getUint32(tagAt + 4);
  const lameAt = tagAt + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const hasLame = lameAt + 24 <= frame.length && frame[lameAt] !== 0;
  // 12 bits of delay, then 12 of padding.
  const packed = hasLame ? view.getUint32(lameAt + 20) & 0xff_ffff : 0;
  return {
    skip: hasLame ? (packed >> 12) + decoderDelay : 0,
    // The decoder is late: what follows the sound is shorter by that.
    padding: Math.max(0, (packed & 0xfff) - decoderDelay),
    frames: flags & 1 ? view.getUint32(tagAt + 8) : 0,
  };
}

/** An ID3 tag's length is written in bytes of seven bits; a flag adds a footer (id3.org, ID3v2.4 §3.1). */
export const id3Bytes = (bytes: Uint8Array): number =>
  10 + bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0) + ((bytes[5] ?? 0) & 0x10 ? 10 : 0);
