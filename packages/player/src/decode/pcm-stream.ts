import { ByteQueue } from './byte-queue.ts';
import type { RawPcmFormat } from './pcm-samples.ts';
import { createFrameReader } from './pcm-samples.ts';
import { notAudio, truncated } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

/**
 * The format that a media type tells, such as `audio/pcm;rate=24000`, or undefined when it is not one of raw samples.
 * `audio/pcm`: little-endian, 16 bits unless `bits` says 8, 24 or 32 (or 64 with `encoding=float`, whose default is 32).
 * `audio/L16` and `audio/L24`: big-endian (RFC 3190), unless `endian=little` or `codec=pcm` says what some speech services send.
 * @throws PlaybackError `not-audio` without a rate: nothing in the samples would tell it
 */
export function pcmFormatOf(mimeType: string): RawPcmFormat | undefined {
  const [type = '', ...rest] = mimeType.toLowerCase().split(';');
  const linear = /^audio\/(?:x-)?(?:pcm|l(8|16|24))$/.exec(type.trim());
  if (!linear) return undefined;
  const parameters = new Map(
    rest.map((each) => each.split('=').map((part) => part.trim().replace(/^"|"$/g, '')) as [string, string]),
  );
  const sampleRate = Number(parameters.get('rate') ?? parameters.get('samplerate'));
  if (!(sampleRate >= 1)) {
    throw notAudio(`The media type ${type} does not say its rate.`, 'Give it one, such as audio/pcm;rate=24000.');
  }
  const float = /^(ieee-)?float/.test(parameters.get('encoding') ?? '');
  const endian = parameters.get('endian') ?? (linear[1] && parameters.get('codec') !== 'pcm' ? 'big' : 'little');
  return {
    sampleRate,
    channels: Number(parameters.get('channels') ?? 1),
    bits: Number(linear[1] ?? parameters.get('bits') ?? (float ? 32 : 16)),
    float,
    littleEndian: !endian.startsWith('big'),
  };
}

/** Raw samples, in chunks of any size. */
export function createPcmStream(format: RawPcmFormat, { onRate, onSamples }: SampleSink): StreamDecoder {
  const reader = createFrameReader(format);
  const queue = new ByteQueue();
  onRate(format.sampleRate);
  return {
    push(bytes) {
      queue.add(bytes);
      const samples = reader.read(queue.view());
      queue.drop(samples.length * reader.frameBytes);
      if (samples.length > 0) onSamples(samples);
    },
    end() {
      if (queue.length > 0) throw truncated('raw audio');
    },
  };
}
