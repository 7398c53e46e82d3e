import { ByteQueue } from './byte-queue.ts';
import type { FrameReader, RawPcmFormat } from './pcm-samples.ts';
import { createFrameReader } from './pcm-samples.ts';
import { notAudio, truncated } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

const headerLimitBytes = 1 << 16;
/** What writers that cannot seek back leave as length: zero, or all ones down to what others round it to. */
const unknownFrom = 0x7fff_f000;
const extensible = 0xfffe;
const ieeeFloat = 3;

interface WavHeader {
  readonly format: RawPcmFormat;
  readonly dataAt: number;
  /** Infinity when the writer did not know. */
  readonly dataBytes: number;
}

function formatAt(view: DataView, at: number, size: number): RawPcmFormat {
  if (size < 16) throw notAudio('The WAV header is too short.');
  const tag = view.getUint16(at, true);
  // The real tag of WAVE_FORMAT_EXTENSIBLE is the beginning of its SubFormat GUID.
  const kind = tag === extensible && size >= 26 ? view.getUint16(at + 24, true) : tag;
  if (kind !== 1 && kind !== ieeeFloat) throw notAudio(`WAV of encoding ${kind} cannot be read.`);
  return {
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
    float: kind === ieeeFloat,
    littleEndian: true,
  };
}

/** The header, or undefined while it is not complete. */
function readHeader(queue: ByteQueue): WavHeader | undefined {
  if (queue.length < 12) return undefined;
  if (!/^(RIFF|RF64)$/.test(queue.tag()) || queue.tag(8) !== 'WAVE') throw notAudio('This is no WAV file.');
  const view = queue.view();
  let format: RawPcmFormat | undefined;
  for (let at = 12; at + 8 <= queue.length;) {
    const tag = queue.tag(at);
    const size = view.getUint32(at + 4, true);
    at += 8;
    if (tag === 'data') {
      if (!format) throw notAudio('The WAV file has its samples before their format.');
      return { format, dataAt: at, dataBytes: size > 0 && size < unknownFrom ? size : Infinity };
    }
    if (tag === 'fmt ' && at + size <= queue.length) format = formatAt(view, at, size);
    at += size + (size % 2); // chunks begin at even addresses
  }
  if (queue.length > headerLimitBytes) throw notAudio('The WAV file has no samples where they should be.');
  return undefined;
}

/** RIFF/WAVE while it arrives: integers of 8 to 32 bits, floats, any rate and channel count, any chunks before the data. */
export function createWavStream({ onRate, onSamples }: SampleSink): StreamDecoder {
  const queue = new ByteQueue();
  let reader: FrameReader | undefined;
  let left = Infinity;
  return {
    push(bytes) {
      if (left === 0) return; // chunks behind the data: tags and the like
      queue.add(bytes);
      if (!reader) {
        const header = readHeader(queue);
        if (!header) return;
        reader = createFrameReader(header.format);
        queue.drop(header.dataAt);
        left = header.dataBytes;
        onRate(header.format.sampleRate);
      }
      const view = new DataView(queue.bytes.buffer, queue.bytes.byteOffset, Math.min(queue.length, left));
      const samples = reader.read(view);
      const used = samples.length * reader.frameBytes;
      queue.drop(used);
      left -= used;
      if (left < reader.frameBytes) left = 0; // a length that is no multiple of a frame
      if (samples.length > 0) onSamples(samples);
    },
    end() {
      if (!reader || (left > 0 && left !== Infinity)) throw truncated('WAV file');
    },
  };
}
