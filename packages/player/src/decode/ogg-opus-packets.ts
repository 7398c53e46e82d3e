import { ByteQueue } from './byte-queue.ts';
import type { EncodedPackets, TrimFacts } from './encoded-packets.ts';
import { notAudio } from './source-errors.ts';

const opusRate = 48_000;
const endOfStream = 4;
const continued = 1;

/** Samples at 48 kHz in one frame, by the upper five bits of a packet's first byte (RFC 6716 §3.1, table 2). */
const frameSamples = (config: number): number => {
  if (config < 12) return [480, 960, 1920, 2880][config % 4]!;
  if (config < 16) return [480, 960][config % 2]!;
  return [120, 240, 480, 960][config % 4]!;
};

/** How long a packet plays, in samples at 48 kHz. */
export function opusPacketSamples(packet: Uint8Array): number {
  const [toc = 0, count = 0] = packet;
  const frames = [1, 2, 2, count & 63][toc & 3]!;
  return frames * frameSamples(toc >> 3);
}

/** Takes the first Opus stream out of Ogg pages (RFC 3533, RFC 7845). */
export class OggOpusPackets implements EncodedPackets {
  readonly #queue = new ByteQueue();
  #serial: number | undefined;
  #partial: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #headers = 0;
  #channels = 0;
  #decoded = 0;
  #granule = 0;
  #ended = false;
  trim: TrimFacts = { skip: 0 };

  get config(): AudioDecoderConfig | undefined {
    // Without the OpusHead as `description`, decoders take bare packets and leave the pre-skip to us: all do the same then.
    return this.#channels ? { codec: 'opus', sampleRate: opusRate, numberOfChannels: this.#channels } : undefined;
  }

  get isCut(): boolean {
    return !this.#ended;
  }

  push(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const queue = this.#queue;
    queue.add(bytes);
    const packets: Uint8Array<ArrayBuffer>[] = [];
    while (queue.length >= 27) {
      if (queue.tag() !== 'OggS') throw notAudio('The Ogg stream is damaged.');
      const segments = queue.bytes[26] ?? 0;
      const headerBytes = 27 + segments;
      if (queue.length < headerBytes) break;
      const lacing = queue.bytes.subarray(27, headerBytes);
      const pageBytes = headerBytes + lacing.reduce((sum, size) => sum + size, 0);
      if (queue.length < pageBytes) break;
      packets.push(...this.#page(queue.bytes.slice(0, pageBytes), lacing.slice(), headerBytes));
      queue.drop(pageBytes);
    }
    return packets;
  }

  end(): Uint8Array<ArrayBuffer>[] {
    return [];
  }

  #page(page: Uint8Array<ArrayBuffer>, lacing: Uint8Array, bodyAt: number): Uint8Array<ArrayBuffer>[] {
    const view = new DataView(page.buffer);
    const flags = view.getUint8(5);
    this.#serial ??= view.getUint32(14, true);
    if (view.getUint32(14, true) !== this.#serial || this.#ended) return [];
    if (!(flags & continued)) this.#partial = new Uint8Array(0);
    const packets = this.#packets(page, lacing, bodyAt).filter((packet) => !this.#takeHeader(packet));
    const samples = packets.reduce((sum, packet) => sum + opusPacketSamples(packet), 0);
    const granule = Number(view.getBigInt64(6, true));
    if (flags & endOfStream) {
      this.#ended = true;
      // The last page may say that it ends before its packets do (RFC 7845 §4.4).
      const kept = Math.min(samples, Math.max(0, granule - this.#granule));
      const promised = this.#decoded + samples;
      this.trim = { ...this.trim, total: Math.max(0, this.#decoded + kept - this.trim.skip), promised };
    }
    this.#decoded += samples;
    if (granule >= 0) this.#granule = granule;
    return packets;
  }

  /** A packet is a row of segments, of 255 bytes each but the last; it may go on in the next page. */
  #packets(page: Uint8Array<ArrayBuffer>, lacing: Uint8Array, bodyAt: number): Uint8Array<ArrayBuffer>[] {
    const packets: Uint8Array<ArrayBuffer>[] = [];
    let at = bodyAt;
    for (const size of lacing) {
      const joined = new Uint8Array(this.#partial.length + size);
      joined.set(this.#partial);
      joined.set(page.subarray(at, at + size), this.#partial.length);
      at += size;
      this.#partial = joined;
      if (size === 255) continue;
      packets.push(joined);
      this.#partial = new Uint8Array(0);
    }
    return packets;
  }

  /** The first two packets are OpusHead and OpusTags. */
  #takeHeader(packet: Uint8Array): boolean {
    if (this.#headers === 2) return packet.length === 0;
    if (this.#headers === 0) {
      if (String.fromCharCode(...packet.subarray(0, 8)) !== 'OpusHead' || packet.length < 19)
        throw notAudio('The Ogg stream is not Opus.');
      this.#channels = packet[9] ?? 0;
      if (this.#channels < 1 || this.#channels > 2) throw notAudio(`Opus of ${this.#channels} channels cannot be played.`);
      this.trim = { skip: (packet[10] ?? 0) | ((packet[11] ?? 0) << 8) };
    }
    this.#headers += 1;
    return true;
  }
}
