import { ByteQueue } from './byte-queue.ts';

/** The CRC of Ogg (RFC 3533 §6, checksum): polynomial 0x04c11db7, not reflected, beginning at 0. */
const crcTable = Uint32Array.from({ length: 256 }, () => 0);
function updateCrc(crc: number, bytes: Uint8Array): number {
  if (crcTable[1] === 0) {
    for (let at = 0; at < 256; at += 1) {
      let value = at << 24;
      for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ (value < 0 ? 0x04c1_1db7 : 0);
      crcTable[at] = value;
    }
  }
  let updated = crc;
  for (const byte of bytes) updated = (updated << 8) ^ crcTable[(updated >>> 24) ^ byte]!;
  return updated;
}

/** Where a page's mark and version stand in `bytes`, or -1. With `orPart`, the beginning of a mark at the end counts. */
function findPage(bytes: Uint8Array, orPart = false): number {
  for (let at = 0; at < bytes.length; at += 1) {
    const isMark = bytes[at] === 0x4f && 'OggS\0'.startsWith(String.fromCharCode(...bytes.subarray(at, at + 5)));
    if (isMark && (orPart || at + 5 <= bytes.length)) return at;
  }
  return -1;
}

/** What a page's header says. */
export interface OggPage {
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The position at the end of the page; -1 when no packet ends in it. */
  readonly granule: number;
  readonly serial: number;
  readonly sequence: number;
}

/** Takes what pages hold. */
export interface OggListener {
  onPage(page: OggPage): void;
  /** A piece of a packet. The packet ends with it when it is shorter than 255 bytes. */
  onSegment(segment: Uint8Array): void;
  /** Bytes of a page are wrong, or bytes stand between pages. */
  onDamage(isBetweenPages: boolean): void;
}

/** Reads Ogg pages (RFC 3533) segment by segment: a page may hold a second of sound, which must not wait for its end. */
export class OggPages {
  readonly #queue = new ByteQueue();
  readonly #listener: OggListener;
  /** Of the page that is being read: the sizes of the segments still to come. */
  #segments: number[] = [];
  #crc = 0;
  #expectedCrc = 0;

  constructor(listener: OggListener) {
    this.#listener = listener;
  }

  /** Whether the bytes so far end within a page. */
  get isCut(): boolean {
    const { length } = this.#queue;
    return this.#segments.length > 0 || (length > 0 && 'OggS'.startsWith(this.#queue.tag()));
  }

  push(bytes: Uint8Array): void {
    this.#queue.add(bytes);
    while (this.#segments.length > 0 ? this.#takeSegment() : this.#openPage());
  }

  #takeSegment(): boolean {
    const size = this.#segments[0]!;
    if (this.#queue.length < size) return false;
    // A page that was cut: the next one begins in what should be its segments.
    const next = findPage(this.#queue.bytes.subarray(0, size + 5));
    if (next >= 0 && (next < size || this.#segments.length > 1)) {
      this.#segments = [];
      this.#queue.drop(next);
      this.#listener.onDamage(false);
      return true;
    }
    this.#segments.shift();
    const segment = this.#queue.bytes.subarray(0, size);
    this.#queue.drop(size);
    this.#crc = updateCrc(this.#crc, segment);
    this.#listener.onSegment(segment);
    if (this.#segments.length === 0) this.#checkCrc();
    return true;
  }

  /** Takes a page's header once it is there (RFC 3533 §6). False when more bytes are needed. */
  #openPage(): boolean {
    const queue = this.#queue;
    if (queue.length < 4) return false;
    if (queue.tag() !== 'OggS') return this.#findPage();
    const headerBytes = 27 + (queue.bytes[26] ?? 0);
    if (queue.length < 27 || queue.length < headerBytes) return false;
    const header = queue.bytes.slice(0, headerBytes);
    const view = new DataView(header.buffer);
    const flags = header[5]!;
    this.#expectedCrc = view.getInt32(22, true);
    view.setInt32(22, 0);
    this.#crc = updateCrc(0, header);
    this.#segments = [...header.subarray(27)];
    queue.drop(headerBytes);
    this.#listener.onPage({
      isContinued: (flags & 1) > 0,
      isFirst: (flags & 2) > 0,
      isLast: (flags & 4) > 0,
      granule: Number(view.getBigInt64(6, true)),
      serial: view.getUint32(14, true),
      sequence: view.getUint32(18, true),
    });
    if (headerBytes === 27) this.#checkCrc();
    return true;
  }

  #checkCrc(): void {
    if (this.#crc !== this.#expectedCrc) this.#listener.onDamage(false);
  }

  /** Passes over bytes that are no page, up to the next one. */
  #findPage(): boolean {
    const { bytes } = this.#queue;
    const next = findPage(bytes.subarray(1), true);
    this.#queue.drop(next < 0 ? bytes.length : 1 + next);
    this.#listener.onDamage(true);
    return true;
  }
}
