import type { AudioFileFacts } from './inspect-audio-file.ts';

/** Opus counts time in samples at 48,000 Hz, whatever it was made from (RFC 7845 §4). */
const granulesPerMs = 48;
const pageHeaderBytes = 27;
const lastPageFlag = 4;

/** Walks the pages from the first to the last (RFC 3533 §6), which says that it is the last and how long all was. */
export function inspectOgg(bytes: Uint8Array): AudioFileFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let ended = false;
  let granules = 0;
  let at = 0;
  while (!ended && at + pageHeaderBytes <= bytes.length && view.getUint32(at) === 0x4f676753) {
    const tableAt = at + pageHeaderBytes;
    const table = bytes.subarray(tableAt, tableAt + (bytes[at + 26] ?? 0));
    ended = ((bytes[at + 5] ?? 0) & lastPageFlag) > 0;
    // The upper half of the position would only matter after 24 hours.
    granules = view.getUint32(at + 6, true);
    at = tableAt + table.reduce((length, segment) => length + segment, table.length);
  }
  if (at === 0) return undefined;
  return { mimeType: 'audio/ogg', durationMs: granules / granulesPerMs, isCut: !ended || at > bytes.length };
}
