import { readMp3Header } from './mp3-frames.ts';
import { notAudio, tooLarge } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

/** About an hour of MP3 speech. */
const fileLimitBytes = 32 * 2 ** 20;
const usualRate = 48_000;

/**
 * The last resort, for formats and browsers that cannot be decoded piece by piece: everything is gathered, then given to
 * `decodeAudioData`. That resamples to its context's rate, which is therefore the file's own where it is known.
 */
export function createWholeFile({ onRate, onSamples }: SampleSink): StreamDecoder {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    push(piece) {
      bytes += piece.length;
      if (bytes > fileLimitBytes) throw tooLarge('A file that must be decoded as a whole', fileLimitBytes);
      pieces.push(piece.slice());
    },
    async end() {
      const file = new Uint8Array(bytes);
      pieces.reduce((at, piece) => (file.set(piece, at), at + piece.length), 0);
      if (typeof OfflineAudioContext === 'undefined') throw notAudio('There is no decoder for it here.');
      const sampleRate = mp3RateOf(file) ?? usualRate;
      const context = new OfflineAudioContext(1, 1, sampleRate);
      const audio = await context.decodeAudioData(file.buffer).catch((cause: unknown) => {
        throw notAudio('The browser knows no audio in this file.', undefined, cause);
      });
      const channels = Array.from({ length: audio.numberOfChannels }, (_, channel) => audio.getChannelData(channel));
      const mixed = channels.length === 1 ? channels[0]! : new Float32Array(audio.length);
      if (channels.length > 1) {
        for (const channel of channels) channel.forEach((sample, at) => (mixed[at] = mixed[at]! + sample / channels.length));
      }
      onRate(audio.sampleRate);
      onSamples(mixed);
    },
  };
}

/** Of the first frame, when the file begins with one or with an ID3 tag before it. */
function mp3RateOf(file: Uint8Array): number | undefined {
  const tagged = String.fromCharCode(...file.subarray(0, 3)) === 'ID3';
  const at = tagged ? 10 + file.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0) : 0;
  return readMp3Header(file, at)?.sampleRate;
}
