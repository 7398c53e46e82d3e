import { behindId3, isAdts } from '../decode/file-facts.ts';
import { looksLikeText } from '../decode/looks-like-text.ts';
import { Mp3Frames } from '../decode/mp3-frames.ts';
import { id3Bytes, readMp3Header } from '../decode/mp3-header.ts';
import { isPlainOpusHead, OggOpusPackets } from '../decode/ogg-opus-packets.ts';
import { createPcmStream, pcmFormatOf } from '../decode/pcm-stream.ts';
import { notAudio } from '../decode/source-errors.ts';
import type { SampleSink, StreamDecoder } from '../decode/stream-decoder.ts';
import { createWavStream } from '../decode/wav-stream.ts';
import { createWebCodecStream, hasWebCodec } from '../decode/web-codec-stream.ts';
import { createGathered, createWholeFile, fileLimitBytes } from '../decode/whole-file.ts';

/** An Ogg file's first packet, with the channel mapping of Opus, is within these. */
const telltaleBytes = 48;
const oggHeaderBytes = 28;

/** How many bytes `chooseDecoder` needs of a source that begins with `first`: what is behind an ID3 tag tells the format. */
export const firstBytesNeeded = (first: Uint8Array): number =>
  telltaleBytes + (tagAt(first, 0, 3) === 'ID3' && first.length >= 10 ? Math.min(id3Bytes(first), fileLimitBytes) : 0);

const textTypes = /^(text\/|application\/(.+\+)?(json|xml)\b)/i;

const tagAt = (bytes: Uint8Array, at: number, length = 4): string => String.fromCharCode(...bytes.subarray(at, at + length));

/** FLAC, Ogg, WAV, AIFF, CAF, Matroska, MP4 or AAC frames, which may stand behind an ID3 tag. */
const isOtherThanMp3 = (bytes: Uint8Array): boolean =>
  /^(fLaC|OggS|RIFF|FORM|caff|.E\xdf\xa3|....ftyp)/s.test(tagAt(bytes, 0, 8)) || isAdts(bytes);

/** MP3 begins with a frame or a tag. Zeros are space that a tag left. */
const looksLikeMp3 = (first: Uint8Array): boolean =>
  /^(ID3|APETAGEX|\0{48}$)/.test(tagAt(first, 0, telltaleBytes)) ? !isOtherThanMp3(behindId3(first)) : !!readMp3Header(first);

/** Gathers a file of unknown kind: MP3 behind stray bytes is most of its bytes, anything else is left to the browser. */
function createUnknown(sink: SampleSink): StreamDecoder {
  return createGathered(async (file) => {
    const frames = new Mp3Frames();
    const bytes = [...frames.push(file), ...frames.end()].reduce((sum, { data }) => sum + data.length, 0);
    const isMp3 = !isOtherThanMp3(file) && bytes > file.length / 2 && (await hasWebCodec('mp3'));
    const decoder = isMp3 ? createWebCodecStream(new Mp3Frames(), 'MP3', sink) : createWholeFile(sink);
    try {
      await decoder.push(file);
      await decoder.end();
    } finally {
      decoder.close?.();
    }
  });
}

/**
 * By the first bytes, because servers name types wrongly; by `mimeType` where samples have no header.
 * @param first the first `firstBytesNeeded` bytes, fewer only when there are no more
 * @throws PlaybackError `not-audio`
 */
export async function chooseDecoder(first: Uint8Array, mimeType: string, sink: SampleSink): Promise<StreamDecoder> {
  if (first.length === 0) throw notAudio('There is no audio: the source is empty.');
  const tag = tagAt(first, 0);
  const whole = (): StreamDecoder => createWholeFile(sink);
  if (/^(RIFF|RF64)$/.test(tag) && 'WAVE'.startsWith(tagAt(first, 8))) return createWavStream(sink, whole);
  if (tag === 'OggS' && isPlainOpusHead(first.subarray(oggHeaderBytes))) {
    return (await hasWebCodec('opus')) ? createWebCodecStream(new OggOpusPackets(), 'Ogg Opus', sink) : whole();
  }
  const raw = pcmFormatOf(mimeType);
  if (raw) return createPcmStream(raw, sink);
  if (looksLikeMp3(first)) {
    return (await hasWebCodec('mp3')) ? createWebCodecStream(new Mp3Frames(), 'MP3', sink) : whole();
  }
  if (textTypes.test(mimeType) || looksLikeText(first)) {
    throw notAudio(
      `This is text${mimeType ? ` (${mimeType.slice(0, 80)})` : ''}, not audio.`,
      'Check the address: a page or an error message was sent.',
    );
  }
  return createUnknown(sink);
}
