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
function opusPacketSamples(packet: Uint8Array): number {
  const [toc = 0, count = 0] = packet;
  const frames = [1, 2, 2, count & 63][toc & 3]!;
  return frames * frameSamples(toc >> 3);
}

/** Takes the first Opus stream out of Ogg pages (RFC 3533, RFC 7845). */
export class OggOpusPackets implements EncodedPackets {
  readonly #queue = new ByteQueue();
  #serial: number | undefined;
  /** Of the page that is being read: the sizes of the segments still to come. */
  #segments: number[] = [];
  #isForeign = false;
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
    return !this.#ended || this.#segments.length > 0;
  }

  push(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const queue = this.#queue;
    queue.add(bytes);
    const packets: Uint8Array<ArrayBuffer>[] = [];
    // Segment by segment: pages hold up to a second, which nobody should wait for.
    for (;;) {
      const [size] = this.#segments;
      if (size === undefined) {
        if (this.#openPage()) continue;
        break;
      }
      if (queue.length < size) break;
      this.#segments.shift();
      const packet = this.#append(queue.bytes.subarray(0, size), size);
      queue.drop(size);
      if (!packet || this.#takeHeader(packet)) continue;
      this.#decoded += opusPacketSamples(packet);
      packets.push(packet);
    }
    return packets;
  }

  end(): Uint8Array<ArrayBuffer>[] {
    return [];
  }

  /** Takes a page's header once it is there (RFC 3533 §6). False when more bytes are needed. */
  #openPage(): boolean {
    const queue = this.#queue;
    if (queue.length < 27 || queue.length < 27 + queue.bytes[26]!) return false;
    if (queue.tag() !== 'OggS') throw notAudio('The Ogg stream is damaged.');
    const view = queue.view();
    const flags = view.getUint8(5);
    const granule = Number(view.getBigInt64(6, true));
    const serial = view.getUint32(14, true);
    this.#segments = [...queue.bytes.subarray(27, 27 + queue.bytes[26]!)];
    queue.drop(27 + this.#segments.length);
    this.#serial ??= serial;
    this.#isForeign = serial !== this.#serial || this.#ended;
    if (this.#isForeign) return true;
    if (!(flags & continued)) this.#partial = new Uint8Array(0);
    if (flags & endOfStream) {
      this.#ended = true;
      // The last page may say that it ends before its packets do (RFC 7845 §4.4).
      const total = this.#decoded + Math.max(0, granule - this.#granule) - this.trim.skip;
      this.trim = { ...this.trim, total: Math.max(0, total) };
    }
    if (granule >= 0) this.#granule = granule;
    return true;
  }

  /** A packet is a row of segments, of 255 bytes each but the last; it may go on in the next page. */
  #append(segment: Uint8Array, size: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#isForeign) return undefined;
    const joined = new Uint8Array(this.#partial.length + size);
    joined.set(this.#partial);
    joined.set(segment, this.#partial.length);
    this.#partial = size === 255 ? joined : new Uint8Array(0);
    return size === 255 ? undefined : joined;
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
