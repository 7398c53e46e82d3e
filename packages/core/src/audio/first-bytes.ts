/** What the first bytes of a stream of raw audio turn out to be. */
export type FirstBytes = 'float32' | 'wav' | 'not-audio';

/** Enough to recognise everything below. */
export const firstBytesNeeded = 4;

/** No voice is a thousand times over full scale; text and file headers read as float32 are, or are no numbers. */
const loudest = 1_000;
/**
 * Tells raw float32 samples from a file or a text that was sent instead. Raw audio has no header, so this is a guess
 * that errs only towards raw audio: a first sample of normal loudness is always taken for one.
 *
 * @param bytes at least `firstBytesNeeded` of them
 */
export function recogniseFirstBytes(bytes: Uint8Array): FirstBytes {
  const text = String.fromCharCode(...bytes.subarray(0, firstBytesNeeded));
  if (text === 'RIFF' || text === 'RF64') return 'wav';
  // As a number this could be a sample; Ogg, web pages and JSON could not.
  if (text.startsWith('ID3')) return 'not-audio';
  const first = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(0, true);
  const printable = /^[\t\n\r -~]{4}$/.test(text);
  const mp3Sync = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
  return (printable || mp3Sync) && !(Math.abs(first) <= loudest) ? 'not-audio' : 'float32';
}
