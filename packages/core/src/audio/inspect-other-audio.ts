import { id3Bytes } from './id3-tag.ts';
import type { AudioFileFacts } from './inspect-audio-file.ts';

type Inspect = (view: DataView) => Omit<AudioFileFacts, 'mimeType'>;

/** STREAMINFO has the rate in 20 bits and the number of samples in 36 (RFC 9639 §8.2). Its end shows only in decoding. */
const inspectFlac: Inspect = (view) => {
  const samples = (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22);
  return { ...(samples > 0 && { durationMs: (samples / (view.getUint32(18) >>> 12)) * 1_000 }), isCut: false };
};

/** Each frame has its length in 13 bits (ISO/IEC 13818-7 §6.2). */
const inspectAdts: Inspect = (view) => {
  let at = 0;
  while (at + 7 <= view.byteLength && view.getUint16(at) >> 4 === 0xfff)
    at += Math.max(7, (view.getUint32(at + 2) >> 5) & 0x1fff);
  return { isCut: at > view.byteLength };
};

/** Boxes with their lengths, one after the other (ISO/IEC 14496-12 §4.2). */
const inspectMp4: Inspect = (view) => {
  let at = 0;
  while (at + 8 <= view.byteLength) at += view.getUint32(at) || view.byteLength;
  return { isCut: at !== view.byteLength };
};

const webm: Inspect = () => ({ isCut: false });

/** By the letters that a file begins with, or has at its fifth byte. */
const formats: Readonly<Record<string, readonly [mimeType: string, inspect: Inspect]>> = {
  fLaC: ['audio/flac', inspectFlac],
  ftyp: ['audio/mp4', inspectMp4],
  '\u001aEß£': ['audio/webm', webm],
};

/**
 * Recognises FLAC, AAC, MP4 and WebM, which the browser's decoder reads. A vendor that answers with one of them unasked has
 * made sound, and the caller paid for it. FLAC and WebM do not show where they are cut.
 */
export function inspectOtherAudio(bytes: Uint8Array): AudioFileFacts | undefined {
  const tagged = bytes.subarray(id3Bytes(bytes, 0));
  const view = new DataView(tagged.buffer, tagged.byteOffset, tagged.length);
  const letters = String.fromCharCode(...tagged.subarray(0, 8));
  const isAdts = tagged.length > 7 && (view.getUint16(0) & 0xfff6) === 0xfff0;
  const [mimeType, inspect] = formats[letters.slice(0, 4)] ?? formats[letters.slice(4)] ?? ['audio/aac', isAdts && inspectAdts];
  try {
    return inspect ? { mimeType, ...inspect(view) } : undefined;
  } catch {
    // The header is not complete.
    return { mimeType, isCut: true };
  }
}
