import { id3Bytes } from './id3-tag.ts';
import { looksLikeText, type AudioFileFacts } from './inspect-audio-file.ts';
import { readMp3Frame, readMp3Info, type Mp3Frame } from './mp3-frame.ts';

/** A first frame that is not within so many bytes is none: raw samples may look like one by chance. */
const leadBytes = 2 ** 17;

/** Length of a tag at `at`: ID3v2 with its footer, APE, ID3v1; 0 when there is none. */
function tagBytes(bytes: Uint8Array, at: number): number {
  const text = String.fromCharCode(...bytes.subarray(at, at + 8));
  if (text === 'APETAGEX') return bytes.subarray(at + 12, at + 16).reduceRight((length, byte) => length * 256 + byte, 0) + 32;
  return text.startsWith('TAG') ? 128 : id3Bytes(bytes, at);
}

/** One stream of frames. A file may hold several, joined. */
interface Piece extends Mp3Frame {
  count: number;
  /** By the tag of the piece; 0 when unknown. */
  readonly promised: number;
  readonly added: number;
  /** Bytes between two frames are neither frame nor tag. */
  hasGap: boolean;
}

/** Walks all frames, over tags, stray bytes and damage. Undefined when there is no frame at all. */
export function inspectMp3(bytes: Uint8Array): AudioFileFacts | undefined {
  const pieces: Piece[] = [];
  let piece: Piece | undefined;
  let hasGap = false;
  let at = 0;
  /** Where the last frame or tag ends. */
  let end = 0;

  /** Whether the header is one: out of step, or at the beginning, others of its kind must follow. */
  function isFrame({ sampleRate, bytes: length }: Mp3Frame): boolean {
    const inStep = at === end;
    let following = !inStep ? 2 : sampleRate === piece?.sampleRate ? 0 : 1;
    for (let next = at + length; following > 0; following -= 1) {
      if (next === bytes.length || (inStep && next > bytes.length)) return true;
      const frame = readMp3Frame(bytes, next);
      if (frame?.sampleRate !== sampleRate) return inStep && tagBytes(bytes, next) > 0;
      next += frame.bytes;
    }
    return true;
  }

  while (at < bytes.length && (piece || at < leadBytes)) {
    const frame = readMp3Frame(bytes, at);
    const isSound = frame && isFrame(frame);
    const length = isSound ? frame.bytes : tagBytes(bytes, at);
    if (length === 0) {
      at += 1;
      continue;
    }
    hasGap ||= at !== end;
    if (isSound && at + length <= bytes.length) {
      const info = readMp3Info(bytes, at, frame);
      if (info || piece?.sampleRate !== frame.sampleRate) {
        piece = { ...frame, count: 0, promised: info?.frames ?? 0, added: info?.added ?? 0, hasGap: false };
        pieces.push(piece);
      } else piece.hasGap ||= hasGap;
      if (!info) piece.count += 1;
      hasGap = false;
    }
    at += length;
    end = at;
  }

  const seconds = pieces.reduce(
    (sum, { count, samples, added, sampleRate }) => sum + Math.max(0, count * samples - added) / sampleRate,
    0,
  );
  const rest = bytes.subarray(end);
  const isCut =
    end > bytes.length ||
    // The first bytes of a header that is not complete, or a text instead of the next frame.
    (rest.length < 4 ? rest[0] === 0xff : looksLikeText(rest)) ||
    pieces.some(({ count, promised, hasGap: holed }) => (promised ? count < promised : holed || count === 0));
  return pieces.length > 0 || (isCut && end > bytes.length && bytes[0] === 0xff)
    ? { mimeType: 'audio/mpeg', durationMs: seconds * 1_000, isCut }
    : undefined;
}
