import { behindId3, isCutFile, sampleRateOf } from './file-facts.ts';
import { notAudio, tooLarge, truncated } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

/** About an hour of MP3 speech. */
export const fileLimitBytes = 32 * 2 ** 20;
const usualRate = 48_000;

/**
 * The last resort, for formats and browsers that cannot be decoded piece by piece: everything is gathered, then given to
 * `decodeAudioData`. That resamples to its context's rate, which is therefore the file's own where it is known.
 */
export function createWholeFile(sink: SampleSink): StreamDecoder {
  return createGathered((file) => decodeWhole(file, sink));
}

/** Gathers all bytes, then gives them to `decode`. */
export function createGathered(decode: (file: Uint8Array<ArrayBuffer>) => Promise<void>): StreamDecoder {
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
      await decode(file);
    },
  };
}

async function decodeWhole(file: Uint8Array<ArrayBuffer>, { onRate, onSamples }: SampleSink): Promise<void> {
  if (typeof OfflineAudioContext === 'undefined') throw notAudio('There is no decoder for it here.');
  const sampleRate = sampleRateOf(file) ?? usualRate;
  const context = openContext(sampleRate);
  // Firefox refuses FLAC behind a tag. The copy is there because the decoder takes the buffer away.
  const audio = await context.decodeAudioData(behindId3(file).slice().buffer).catch((cause: unknown) => {
    throw isCutFile(file, 0) ? truncated('file', cause) : notAudio('The browser knows no audio in this file.', undefined, cause);
  });
  const mixed = mixedDown(audio);
  onRate(audio.sampleRate);
  if (mixed.length > 0) onSamples(mixed);
  // Browsers decode what is there of a file that was cut.
  if (isCutFile(file, audio.duration)) throw truncated('file');
}

/** Browsers refuse rates that they cannot resample to. */
function openContext(sampleRate: number): OfflineAudioContext {
  try {
    return new OfflineAudioContext(1, 1, sampleRate);
  } catch {
    return new OfflineAudioContext(1, 1, usualRate);
  }
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
