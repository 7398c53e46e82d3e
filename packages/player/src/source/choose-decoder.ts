import { Mp3Frames, readMp3Header } from '../decode/mp3-frames.ts';
import { OggOpusPackets } from '../decode/ogg-opus-packets.ts';
import { createPcmStream, pcmFormatOf } from '../decode/pcm-stream.ts';
import { notAudio } from '../decode/source-errors.ts';
import type { SampleSink, StreamDecoder } from '../decode/stream-decoder.ts';
import { createWavStream } from '../decode/wav-stream.ts';
import { createWebCodecStream, hasWebCodec } from '../decode/web-codec-stream.ts';
import { createWholeFile } from '../decode/whole-file.ts';

/** Where an Ogg file's first packet begins, and its mark, is within these. */
export const firstBytesNeeded = 36;

const textTypes = /^(text\/|application\/(.+\+)?(json|xml)\b)/i;

const tagAt = (bytes: Uint8Array, at: number, length = 4): string => String.fromCharCode(...bytes.subarray(at, at + length));

/** Pages, JSON and plain words: what a server sends in the place of audio. */
const looksLikeText = (bytes: Uint8Array): boolean =>
  /^[\uFEFF\s]*[<{["]/.test(tagAt(bytes, 0, firstBytesNeeded)) || /^[\t\n\r -~]{16,}$/.test(tagAt(bytes, 0, firstBytesNeeded));

/**
 * By the first bytes, because servers name types wrongly; by `mimeType` where samples have no header.
 * @param first the first `firstBytesNeeded` bytes, fewer only when there are no more
 * @throws PlaybackError `not-audio`
 */
export async function chooseDecoder(first: Uint8Array, mimeType: string, sink: SampleSink): Promise<StreamDecoder> {
  if (first.length === 0) throw notAudio('There is no audio: the source is empty.');
  const tag = tagAt(first, 0);
  if (/^(RIFF|RF64)$/.test(tag) && 'WAVE'.startsWith(tagAt(first, 8))) return createWavStream(sink);
  if (tag === 'OggS' && tagAt(first, 28, 8) === 'OpusHead') {
    return (await hasWebCodec('opus')) ? createWebCodecStream(new OggOpusPackets(), 'Ogg Opus', sink) : createWholeFile(sink);
  }
  const raw = pcmFormatOf(mimeType);
  if (raw) return createPcmStream(raw, sink);
  if (tag.startsWith('ID3') || readMp3Header(first)) {
    return (await hasWebCodec('mp3')) ? createWebCodecStream(new Mp3Frames(), 'MP3', sink) : createWholeFile(sink);
  }
  if (textTypes.test(mimeType) || looksLikeText(first)) {
    throw notAudio(
      `This is text${mimeType ? ` (${mimeType.slice(0, 80)})` : ''}, not audio.`,
      'Check the address: a page or an error message was sent.',
    );
  }
  return createWholeFile(sink);
}
