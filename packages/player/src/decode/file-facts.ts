import { Mp3Frames } from './mp3-frames.ts';
import { id3Bytes, readMp3Header } from './mp3-header.ts';
import { OggPages } from './ogg-pages.ts';

/** How much shorter than promised a file may be because of resampling, in seconds. */
const toleranceS = 0.005;

const tagAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** What is behind an ID3 tag, if there is one. */
export const behindId3 = (bytes: Uint8Array): Uint8Array =>
  tagAt(bytes, 0).startsWith('ID3') && bytes.length >= 10 ? bytes.subarray(id3Bytes(bytes)) : bytes;

/** Whether AAC frames begin here (ISO/IEC 13818-7, ADTS): the sync word and layer 0. */
export const isAdts = ([b0, b1 = 0]: Uint8Array): boolean => b0 === 0xff && (b1 & 0xf6) === 0xf0;

/** FLAC's STREAMINFO follows the four letters and its own header of four bytes (RFC 9639 §8.2). */
function flacFacts(file: Uint8Array): { readonly sampleRate: number; readonly samples: number } {
  const view = viewOf(file);
  return { sampleRate: view.getUint32(18) >>> 12, samples: (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22) };
}

/** The rate that the file says, in Hz. Undefined when it is of another format, or does not say it near its beginning. */
export function sampleRateOf(file: Uint8Array): number | undefined {
  const audio = behindId3(file);
  const tag = tagAt(audio, 0);
  if (audio.length < 64) return undefined;
  if (tag === 'fLaC') return flacFacts(audio).sampleRate;
  if (tag === 'RIFF' && tagAt(audio, 12) === 'fmt ') return viewOf(audio).getUint32(24, true);
  // FLAC in Ogg: the page's and the mapping's header are before it.
  if (tag === 'OggS' && tagAt(audio, 37) === 'fLaC') return flacFacts(audio.subarray(37)).sampleRate;
  // The identification header of Vorbis, in the first page.
  if (tag === 'OggS' && tagAt(audio, 29) === 'vorb') return viewOf(audio).getUint32(40, true);
  return readMp3Header(audio)?.sampleRate;
}

/** Whether a file, of which `durationS` seconds could be decoded, is shorter than it says. False for formats that do not say it. */
export function isCutFile(file: Uint8Array, durationS: number): boolean {
  const audio = behindId3(file);
  const tag = tagAt(audio, 0);
  if (tag === 'fLaC' && audio.length >= 26) {
    const { samples, sampleRate } = flacFacts(audio);
    return durationS < samples / sampleRate - toleranceS;
  }
  if (tag === 'OggS') return isCutOgg(audio);
  if (/^(RIFF|RF64)$/.test(tag))
    return isCutIn(audio, 12, (view, at) => [tagAt(audio, at) === 'data', 8 + view.getUint32(at + 4, true)]);
  if (tagAt(audio, 4) === 'ftyp') return isCutIn(audio, 0, (view, at) => [true, view.getUint32(at)]);
  if (isAdts(audio)) return isCutIn(audio, 0, (view, at) => [true, (view.getUint32(at + 2) >> 5) & 0x1fff]);
  if (!readMp3Header(audio)) return false;
  const frames = new Mp3Frames();
  frames.push(audio);
  frames.end();
  return frames.isCut;
}

/** Each stream in it must have its last page. */
function isCutOgg(file: Uint8Array): boolean {
  const open = new Set<number>();
  let isDamaged = false;
  const pages = new OggPages({
    onPage({ serial, isFirst, isLast }) {
      if (isFirst) open.add(serial);
      if (isLast) open.delete(serial);
    },
    onSegment() {},
    onDamage: (isBetweenPages) => (isDamaged ||= !isBetweenPages || open.size > 0),
  });
  pages.push(file);
  return isDamaged || open.size > 0 || pages.isCut;
}

/** Walks chunks or boxes whose lengths `read` tells, with whether their ends count. A length under 8 has a meaning of its own. */
function isCutIn(file: Uint8Array, from: number, read: (view: DataView, at: number) => readonly [boolean, number]): boolean {
  const view = viewOf(file);
  for (let at = from; at + 8 <= file.length;) {
    const [counts, bytes] = read(view, at);
    if (bytes < 8 || bytes > 2 ** 30) return false;
    at += bytes + (from > 0 ? bytes % 2 : 0);
    if (counts && at - (bytes % 2) > file.length) return true;
  }
  return false;
}
