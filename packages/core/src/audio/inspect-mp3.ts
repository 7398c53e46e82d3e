import type { AudioFileFacts } from './inspect-audio-file.ts';

/** Of layer III, in kbit/s, by the index in the frame's header: MPEG-1, then MPEG-2 and 2.5 (ISO/IEC 11172-3, 13818-3). */
const bitrates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
/** Of MPEG-1, in Hz; halved for MPEG-2 and quartered for 2.5. */
const sampleRates = [44_100, 48_000, 32_000] as const;

/** Length of an ID3 tag at the beginning: ten bytes and a length in four times seven bits. */
const tagBytes = (bytes: Uint8Array): number =>
  bytes[0] === 0x49 ? bytes.subarray(6, 10).reduce((length, byte) => length * 128 + byte, 0) + 10 : 0;

/** Walks the frames from the first to the last. Undefined when there is no frame at all. */
export function inspectMp3(bytes: Uint8Array): AudioFileFacts | undefined {
  let seconds = 0;
  let at = tagBytes(bytes);
  while (at + 4 <= bytes.length) {
    const [sync = 0, version = 0, rates = 0] = bytes.subarray(at, at + 3);
    // What follows the last frame, such as an ID3v1 tag, belongs to no frame.
    if (sync !== 0xff || (version & 0xe6) !== 0xe2) break;
    const mpeg1 = (version & 0x18) === 0x18;
    const bitrate = bitrates[mpeg1 ? 0 : 1][rates >> 4];
    const sampleRate = (sampleRates[(rates >> 2) & 3] ?? 0) / (mpeg1 ? 1 : version & 0x10 ? 2 : 4);
    if (!bitrate || !sampleRate) break;
    const samples = mpeg1 ? 1_152 : 576;
    seconds += samples / sampleRate;
    at += Math.floor(((samples / 8) * bitrate * 1_000) / sampleRate) + ((rates >> 1) & 1);
  }
  return seconds > 0 ? { mimeType: 'audio/mpeg', durationMs: seconds * 1_000, isCut: at > bytes.length } : undefined;
}
