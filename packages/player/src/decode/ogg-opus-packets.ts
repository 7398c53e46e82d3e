import { ByteQueue } from './byte-queue.ts';
import type { AudioPart, EncodedPacket, EncodedPackets } from './encoded-packets.ts';
import type { OggPage } from './ogg-pages.ts';
import { OggPages } from './ogg-pages.ts';
import { notAudio } from './source-errors.ts';

const opusRate = 48_000;
/** No packet is longer than 120 ms (RFC 6716 §3.2.5). */
const packetSamplesAtMost = 5_760;

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
  return Math.min(packetSamplesAtMost, frames * frameSamples(toc >> 3));
}

/** Whether a stream with this OpusHead is decoded here: one or two channels without a mapping of their own (RFC 7845 §5.1). */
export const isPlainOpusHead = (packet: Uint8Array): boolean =>
  String.fromCharCode(...packet.subarray(0, 8)) === 'OpusHead' && packet[18] === 0 && (packet[9] === 1 || packet[9] === 2);

/** Takes the Opus stream out of Ogg pages, and the streams that are chained to it (RFC 3533 §4, RFC 7845). */
export class OggOpusPackets implements EncodedPackets {
  readonly #pages = new OggPages({
    onPage: (page) => this.#onPage(page),
    onSegment: (segment) => this.#onSegment(segment),
    onDamage: (isBetweenPages) => (this.#isDamaged ||= !(isBetweenPages && this.#ended)),
  });
  #packets: EncodedPacket[] = [];
  readonly #partial = new ByteQueue();
  /** Undefined before the first page, and while a link is passed over that is no Opus. */
  #serial: number | undefined;
  #sequence = 0;
  #headers = 0;
  #part: AudioPart | undefined;
  #decoded = 0;
  #granule = 0;
  #isForeign = false;
  /** The beginning of a packet is lost: its rest is dropped. */
  #dropsRest = false;
  #ended = false;
  #isDamaged = false;

  get isFound(): boolean {
    return this.#part !== undefined;
  }

  get isCut(): boolean {
    return this.#isDamaged || !this.#ended || this.#pages.isCut;
  }

  push(bytes: Uint8Array): EncodedPacket[] {
    this.#pages.push(bytes);
    const packets = this.#packets;
    this.#packets = [];
    return packets;
  }

  end(): EncodedPacket[] {
    return [];
  }

  #onPage({ isContinued, isFirst, isLast, granule, serial, sequence }: OggPage): void {
    // Streams that are multiplexed begin together, before any sound; one that begins later is chained. A damaged page may say
    // that it is the first or last one: the former stands at 0, and after the latter no page of its stream follows.
    const isChained = granule === 0 && (this.#ended || this.#decoded > 0);
    if (isFirst && (this.#serial === undefined || isChained)) this.#beginLink(serial, sequence);
    this.#isForeign = serial !== this.#serial;
    if (this.#isForeign) return;
    if (this.#ended) {
      this.#ended = false;
      this.#isDamaged = true;
      if (this.#part) this.#part.end = Infinity;
    }
    const isGap = sequence !== this.#sequence;
    this.#sequence = sequence + 1;
    if (isGap) this.#isDamaged = true;
    if (isGap || !isContinued) this.#partial.drop(this.#partial.length);
    this.#dropsRest = isContinued && this.#partial.length === 0;
    if (isLast) {
      this.#ended = true;
      // The last page may say that it ends before its packets do (RFC 7845 §4.4).
      if (this.#part && granule >= 0) this.#part.end = this.#decoded + Math.max(0, granule - this.#granule);
    }
    if (granule >= 0) this.#granule = granule;
  }

  #beginLink(serial: number, sequence: number): void {
    if (this.#serial !== undefined && !this.#ended) this.#isDamaged = true;
    this.#serial = serial;
    this.#sequence = sequence;
    this.#headers = 0;
    this.#decoded = 0;
    this.#granule = 0;
    this.#ended = false;
  }

  /** A packet is a row of segments, of 255 bytes each but the last; it may go on in the next page. */
  #onSegment(segment: Uint8Array): void {
    if (this.#isForeign) return;
    if (!this.#dropsRest) this.#partial.add(segment);
    if (segment.length === 255) return;
    const data = this.#partial.bytes.slice();
    this.#partial.drop(data.length);
    if (this.#dropsRest) this.#dropsRest = false;
    else if (this.#headers < 2) this.#takeHeader(data);
    else if (this.#part && data.length > 0) {
      const samples = opusPacketSamples(data);
      this.#decoded += samples;
      this.#packets.push({ data, samples, part: this.#part });
    }
  }

  /** The first two packets are OpusHead and OpusTags. */
  #takeHeader(packet: Uint8Array<ArrayBuffer>): void {
    this.#headers += 1;
    if (this.#headers === 2) return;
    if (packet.length >= 19 && isPlainOpusHead(packet)) {
      const view = new DataView(packet.buffer);
      this.#part = {
        // Without the OpusHead as `description`, decoders take bare packets and leave pre-skip and gain to us: all do the same then.
        config: { codec: 'opus', sampleRate: opusRate, numberOfChannels: packet[9]! },
        skip: view.getUint16(10, true),
        end: Infinity,
        padding: 0,
        isCut: false,
        // In dB, as eight bits before and eight behind the point (RFC 7845 §5.1). The tags' R128 gains are left to libraries of music.
        gain: 10 ** (view.getInt16(16, true) / 256 / 20),
      };
      return;
    }
    if (!this.#part) throw notAudio('The Ogg stream is not Opus.');
    // A link of another codec: its sound is left out.
    this.#isDamaged = true;
    this.#serial = undefined;
    this.#isForeign = true;
  }
}
