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
      const mixed = mixedDown(audio);
      onRate(audio.sampleRate);
      if (mixed.length > 0) onSamples(mixed);
    },
  };
}

/** Averages the channels. Old page libraries replace `Array.from`, which then ignores its second argument: this loops instead. */
function mixedDown(audio: AudioBuffer): Float32Array {
  const { numberOfChannels, length } = audio;
  const mixed = audio.getChannelData(0);
  for (let channel = 1; channel < numberOfChannels; channel += 1) {
    const samples = audio.getChannelData(channel);
    for (let at = 0; at < length; at += 1) mixed[at] = mixed[at]! + samples[at]!;
  }
  if (numberOfChannels > 1) for (let at = 0; at < length; at += 1) mixed[at] = mixed[at]! / numberOfChannels;
  return mixed;
}

/** Of the first frame, when the file begins with one or with an ID3 tag before it. */
function mp3RateOf(file: Uint8Array): number | undefined {
  const tagged = String.fromCharCode(...file.subarray(0, 3)) === 'ID3';
  const at = tagged ? 10 + file.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0) : 0;
  return readMp3Header(file, at)?.sampleRate;
}
