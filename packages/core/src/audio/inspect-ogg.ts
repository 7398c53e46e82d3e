import type { AudioFileFacts } from './inspect-audio-file.ts';

/** "OggS", which each page begins with. */
const oggs = 0x4f67_6753;
const pageHeaderBytes = 27;
const firstPageFlag = 2;
const lastPageFlag = 4;
/** Opus counts time in samples at 48,000 Hz, whatever it was made from (RFC 7845 §4). */
const opusRate = 48_000;

/** One logical stream. A file may hold several, one after the other. */
interface Link {
  /** In Hz; 0 for a codec that is not read here. */
  readonly rate: number;
  /** Samples to drop at the beginning. */
  readonly skip: number;
  /** The longest that one packet plays, in samples, where packets do not say it themselves; 0 for Opus. */
  readonly packetSamples: number;
  /** Packets that are no sound. */
  headers: number;
  sequence: number;
  /** The position where the sound begins: not 0 when a live stream was joined. */
  start?: number;
  position: number;
  /** What the packets decode to. */
  decoded: number;
  isEnded: boolean;
}

/** How long an Opus packet plays, in samples (RFC 6716 §3.1, §3.2). */
function opusSamples(toc: number, count: number): number {
  const config = toc >> 3;
  const frame = config < 12 ? [480, 960, 1_920, 2_880][config % 4] : config < 16 ? 480 << (config % 2) : 120 << (config % 4);
  return (frame ?? 0) * ([1, 2, 2][toc & 3] ?? count & 63);
}

/** A stream by its first packet: Opus (RFC 7845 §5.1), Vorbis (Vorbis I §4.2.2), or something else. */
function readLink(view: DataView, at: number, sequence: number): Link {
  const known = { sequence, position: 0, decoded: 0, isEnded: false };
  const word = at + 28 <= view.byteLength ? view.getUint32(at) : 0;
  // "Opus", and 1 with "vor".
  if (word === 0x4f70_7573)
    return { ...known, rate: opusRate, skip: view.getUint16(at + 10, true), packetSamples: 0, headers: 2 };
  if (word !== 0x0176_6f72) return { ...known, rate: 0, skip: 0, packetSamples: 0, headers: 0 };
  return {
    ...known,
    rate: view.getUint32(at + 12, true),
    skip: 0,
    packetSamples: 1 << (view.getUint8(at + 28) >> 4),
    headers: 3,
  };
}

/** Counts the packets that end in a page: a packet is a row of segments, of 255 bytes each but the last. */
function countPackets(link: Link, bytes: Uint8Array, table: Uint8Array, bodyAt: number): void {
  let at = bodyAt;
  let packetAt = at;
  for (const size of table) {
    at += size;
    if (size === 255) continue;
    if (link.headers > 0) link.headers -= 1;
    else link.decoded += link.packetSamples || opusSamples(bytes[packetAt] ?? 0, bytes[packetAt + 1] ?? 0);
    packetAt = at;
  }
}

/** How long the stream plays, in seconds; undefined when only a decoder can tell: Vorbis that was joined while it was live. */
function secondsOf({ rate, skip, packetSamples, start = 0, position, decoded, isEnded }: Link): number | undefined {
  if (rate === 0 || (packetSamples > 0 && start > 0)) return undefined;
  // The last page may say that the sound ends before its packets do.
  const samples = isEnded || packetSamples > 0 ? Math.min(decoded, position - start) : decoded;
  return Math.max(0, samples - skip) / rate;
}

/** Walks the pages (RFC 3533 §6), over stray bytes and damage. Undefined when the file does not begin with one. */
export function inspectOgg(bytes: Uint8Array): AudioFileFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const links: Link[] = [];
  const linkOf = new Map<number, Link>();
  let isCut = false;
  if (bytes.length < pageHeaderBytes || view.getUint32(0) !== oggs) return undefined;
  for (let at = 0; at + pageHeaderBytes <= bytes.length;) {
    if (view.getUint32(at) !== oggs) {
      at += 1;
      continue;
    }
    const flags = view.getUint8(at + 5);
    const low = view.getUint32(at + 6, true);
    const position = low + view.getInt32(at + 10, true) * 2 ** 32;
    const serial = view.getUint32(at + 14, true);
    const sequence = view.getUint32(at + 18, true);
    const tableAt = at + pageHeaderBytes;
    const bodyAt = tableAt + view.getUint8(at + 26);
    const table = bytes.subarray(tableAt, bodyAt);
    at = table.reduce((sum, size) => sum + size, bodyAt);
    if (at > bytes.length) {
      isCut = true;
      break;
    }
    let link = linkOf.get(serial);
    if (flags & firstPageFlag) {
      link = readLink(view, bodyAt, sequence - 1);
      links.push(link);
      linkOf.set(serial, link);
    }
    if (!link) continue;
    // A live stream may begin with any page behind its headers.
    isCut ||= link.start !== undefined && sequence !== link.sequence + 1;
    link.sequence = sequence;
    link.isEnded ||= (flags & lastPageFlag) > 0;
    countPackets(link, bytes, table, bodyAt);
    if (link.decoded === 0 || position < 0) continue;
    // A first page that is also the last may end early; any other says where the sound begins (RFC 7845 §4.5).
    link.start ??= Math.max(0, position - link.decoded);
    link.position = position;
  }
  const seconds = links.map(secondsOf);
  isCut ||= links.length === 0 || links.some(({ isEnded }) => !isEnded);
  const total = seconds.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0);
  if (total === 0 && !isCut) return undefined;
  return { mimeType: 'audio/ogg', ...(total >= 0 && { durationMs: total * 1_000 }), isCut };
}
