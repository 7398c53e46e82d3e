import { ByteQueue } from './byte-queue.ts';
import type { EncodedPackets, TrimFacts } from './encoded-packets.ts';

/** Of layer III, in kbit/s (ISO/IEC 11172-3 and 13818-3); 0 is "free", which nobody uses for speech. */
const bitratesMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitratesMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const ratesMpeg1 = [44_100, 48_000, 32_000];
/** By the version bits: MPEG 2.5, reserved, MPEG 2, MPEG 1. */
const rateDivisors = [4, 0, 2, 1];
/** What every layer III decoder itself is late by. */
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

/** What the Xing or Info tag in a first frame says, or undefined when the frame is one of sound. */
function readInfoTag(frame: Uint8Array, { tagAt, samples }: Mp3Header): TrimFacts | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const tag = String.fromCharCode(...frame.subarray(tagAt, tagAt + 4));
  if ((tag !== 'Xing' && tag !== 'Info') || frame.length < tagAt + 8) return undefined;
  const flags = view.getUint32(tagAt + 4);
  const frames = flags & 1 ? view.getUint32(tagAt + 8) : 0;
  const lameAt = tagAt + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const hasLame = lameAt + 24 <= frame.length && frame[lameAt] !== 0;
  const packed = hasLame ? view.getUint32(lameAt + 20) & 0xff_ffff : 0; // 12 bits of delay, 12 of padding
  const [delay, padding] = [packed >> 12, packed & 0xfff];
  return {
    skip: hasLame ? delay + decoderDelay : 0,
    ...(frames > 0 && { total: frames * samples - delay - padding, promised: frames * samples }),
  };
}

/** Finds the frames of an MP3 stream, whatever tags and rubbish stand between them. */
export class Mp3Frames implements EncodedPackets {
  readonly #queue = new ByteQueue();
  #first: Mp3Header | undefined;
  #skipBytes = 0;
  trim: TrimFacts = { skip: 0 };

  get config(): AudioDecoderConfig | undefined {
    return this.#first && { codec: 'mp3', sampleRate: this.#first.sampleRate, numberOfChannels: this.#first.channels };
  }

  /** Half a frame at the end of the file. */
  get isCut(): boolean {
    const next = this.#headerAt(0);
    return this.#skipBytes > 0 || next !== undefined;
  }

  push(bytes: Uint8Array, atEnd = false): Uint8Array<ArrayBuffer>[] {
    const queue = this.#queue;
    queue.add(bytes);
    const packets: Uint8Array<ArrayBuffer>[] = [];
    while (queue.length > 0) {
      const skipped = Math.min(this.#skipBytes, queue.length);
      queue.drop(skipped);
      this.#skipBytes -= skipped;
      if (queue.length < 10 && !atEnd) break;
      if (queue.length < 4) break;
      if (queue.tag().startsWith('ID3') && queue.length >= 10) {
        this.#skipBytes = id3Bytes(queue.bytes);
        continue;
      }
      const header = this.#headerAt(0);
      if (!header) {
        queue.drop(1);
        continue;
      }
      // The first header is believed only when another follows it: bytes of a picture may look like one.
      const needed = header.bytes + (this.#first || atEnd ? 0 : 4);
      if (queue.length < needed) break;
      if (!this.#first && !atEnd && !readMp3Header(queue.bytes, header.bytes)) {
        queue.drop(1);
        continue;
      }
      const frame = queue.bytes.slice(0, header.bytes);
      queue.drop(header.bytes);
      const info = this.#first ? undefined : readInfoTag(frame, header);
      this.#first ??= header;
      if (info) this.trim = info;
      else packets.push(frame);
    }
    return packets;
  }

  end(): Uint8Array<ArrayBuffer>[] {
    return this.push(new Uint8Array(0), true);
  }

  #headerAt(at: number): Mp3Header | undefined {
    const header = readMp3Header(this.#queue.bytes, at);
    return header && (!this.#first || header.sampleRate === this.#first.sampleRate) ? header : undefined;
  }
}

/** Its length is written in bytes of seven bits; a flag adds a footer (id3.org, ID3v2.4 §3.1). */
const id3Bytes = (bytes: Uint8Array): number =>
  10 + bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0) + ((bytes[5] ?? 0) & 0x10 ? 10 : 0);
