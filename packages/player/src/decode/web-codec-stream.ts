import type { EncodedPackets } from './encoded-packets.ts';
import { notAudio, truncated } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

/** Whether this browser decodes `codec` by itself, packet by packet. */
export async function hasWebCodec(codec: 'mp3' | 'opus'): Promise<boolean> {
  if (typeof AudioDecoder === 'undefined') return false;
  const config = { codec, sampleRate: 48_000, numberOfChannels: 1 };
  return AudioDecoder.isConfigSupported(config).then(
    ({ supported }) => supported === true,
    () => false,
  );
}

/** Enough in flight to keep the decoder busy; more would only be held in memory. */
const queuedAtMost = 64;

/** Decodes with the browser's own decoder, and cuts off what encoder and decoder added at both ends. */
export function createWebCodecStream(packets: EncodedPackets, what: string, sink: SampleSink): StreamDecoder {
  let decoder: AudioDecoder | undefined;
  let failure: Error | undefined;
  let decoded = 0;
  let given = 0;
  let timestamp = 0;
  let wake = (): void => {};

  const take = (data: AudioData): void => {
    const samples = mixedDown(data);
    const { skip, total = Infinity } = packets.trim;
    const from = Math.min(samples.length, Math.max(0, skip - decoded));
    const kept = samples.subarray(from, Math.max(from, Math.min(samples.length, from + total - given)));
    if (decoded === 0) sink.onRate(data.sampleRate);
    decoded += samples.length;
    given += kept.length;
    data.close();
    if (kept.length > 0) sink.onSamples(kept);
  };
  const open = (config: AudioDecoderConfig): AudioDecoder => {
    const opened = new AudioDecoder({ output: take, error: (error) => ((failure = error), wake()) });
    opened.addEventListener('dequeue', () => wake());
    opened.configure(config);
    return opened;
  };
  const decode = async (encoded: readonly Uint8Array<ArrayBuffer>[]): Promise<void> => {
    for (const data of encoded) {
      if (failure) throw damaged(what, failure);
      decoder ??= open(packets.config!);
      decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: (timestamp += 1000), data }));
      if (decoder.decodeQueueSize > queuedAtMost) await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    push: (bytes) => decode(packets.push(bytes)),
    async end() {
      await decode(packets.end());
      await decoder?.flush().catch((error: unknown) => (failure ??= error as Error));
      if (failure) throw damaged(what, failure);
      if (!decoder && !packets.config) throw notAudio(`No sound was found in the ${what}.`);
      if (packets.isCut || decoded < (packets.trim.promised ?? 0)) throw truncated(what);
    },
    close() {
      if (decoder && decoder.state !== 'closed') decoder.close();
      wake();
    },
  };
}

const damaged = (what: string, cause: unknown): Error =>
  notAudio(`The browser could not decode the ${what}.`, 'Check that the file is whole, or send WAV.', cause);

function mixedDown(data: AudioData): Float32Array {
  const { numberOfChannels: channels, numberOfFrames: frames } = data;
  const mixed = new Float32Array(frames);
  const plane = new Float32Array(frames);
  for (let channel = 0; channel < channels; channel += 1) {
    data.copyTo(plane, { planeIndex: channel, format: 'f32-planar' });
    for (let at = 0; at < frames; at += 1) mixed[at] = mixed[at]! + plane[at]! / channels;
  }
  return mixed;
}
