import { ByteQueue } from './byte-queue.ts';
import type { FrameReader, RawPcmFormat } from './pcm-samples.ts';
import { createFrameReader, isReadable } from './pcm-samples.ts';
import { createResampler } from './resample.ts';
import { notAudio, truncated } from './source-errors.ts';
import type { SampleSink, StreamDecoder } from './stream-decoder.ts';

/** Of the chunks that are read: format, 64-bit lengths. All others are skipped. */
const readChunkBytes = 1 << 16;
/** Three hours of 48 kHz stereo. Longer ones, and zero, are placeholders of writers that do not know the length. */
const dataBytesAtMost = 2 ** 30;
const extensible = 0xfffe;
const ieeeFloat = 3;

/** Undefined when the format is none that is read here. */
function formatAt(view: DataView, at: number, size: number): RawPcmFormat | undefined {
  if (size < 16) throw notAudio('The WAV header is too short.');
  const tag = view.getUint16(at, true);
  // The real tag of WAVE_FORMAT_EXTENSIBLE is the beginning of its SubFormat GUID.
  const kind = tag === extensible && size >= 26 ? view.getUint16(at + 24, true) : tag;
  const channels = view.getUint16(at + 2, true);
  const bits = view.getUint16(at + 14, true);
  // A block may be larger than its bits need, which then stand at its upper end.
  const blockBits = (view.getUint16(at + 12, true) / channels) * 8;
  const format = {
    channels,
    sampleRate: view.getUint32(at + 4, true),
    bits: blockBits >= bits && blockBits % 8 === 0 ? blockBits : Math.ceil(bits / 8) * 8,
    float: kind === ieeeFloat,
    littleEndian: true,
  };
  return (kind === 1 || kind === ieeeFloat) && isReadable(format) ? format : undefined;
}

/**
 * RIFF/WAVE while it arrives: integers of 8 to 32 bits, floats, any rate and channel count, any chunks before the data, and
 * files joined to it.
 * @param openWhole takes the whole file when its encoding is not read here
 */
export function createWavStream(sink: SampleSink, openWhole: () => StreamDecoder): StreamDecoder {
  return new WavStream(sink, openWhole);
}

class WavStream implements StreamDecoder {
  readonly #queue = new ByteQueue();
  readonly #sink: SampleSink;
  readonly #openWhole: () => StreamDecoder;
  #whole: StreamDecoder | undefined;
  /** The first twelve bytes of the file that is read. */
  #riff: Uint8Array<ArrayBuffer> | undefined;
  #received = 0;
  #format: RawPcmFormat | undefined;
  #reader: FrameReader | undefined;
  /** The rate of the first file. */
  #rate: number | undefined;
  #resample: ReturnType<typeof createResampler> | undefined;
  /** Bytes of sound still to come; Infinity when the writer did not know. */
  #left = 0;
  /** The length of RF64. */
  #longBytes = 0;
  /** Bytes of a chunk still to be passed over. */
  #skip = 0;
  /** Whether a chunk of odd length has ended: the next one begins at an even address, but some writers forget it. */
  #isPadded = false;
  /** Between a file's beginning and its data. */
  #isInHeader = true;

  constructor(sink: SampleSink, openWhole: () => StreamDecoder) {
    this.#sink = sink;
    this.#openWhole = openWhole;
  }

  push(bytes: Uint8Array): void | Promise<void> {
    if (this.#whole) return this.#whole.push(bytes);
    this.#received += bytes.length;
    this.#queue.add(bytes);
    while (this.#left > 0 ? this.#readSamples() : this.#passOver() && this.#readChunk());
  }

  end(): void | Promise<void> {
    if (this.#whole) return this.#whole.end();
    const isWhole = this.#riff && this.#received >= 8 + new DataView(this.#riff.buffer).getUint32(4, true);
    if (this.#isInHeader && isWhole && this.#rate === undefined) throw notAudio('The WAV file holds no samples.');
    const isJoinCut = this.#left === 0 && this.#queue.length > 0 && 'RIFF'.startsWith(this.#queue.tag());
    const isCut = this.#left === Infinity ? this.#queue.length > 0 : this.#left > 0;
    if (this.#isInHeader || isJoinCut || isCut) throw truncated('WAV file');
  }

  close(): void {
    this.#whole?.close?.();
  }

  #readSamples(): boolean {
    const queue = this.#queue;
    const { frameBytes, read } = this.#reader!;
    const samples = read(new DataView(queue.bytes.buffer, queue.bytes.byteOffset, Math.min(queue.length, this.#left)));
    const used = samples.length * frameBytes;
    queue.drop(used);
    this.#left -= used;
    if (samples.length > 0) this.#sink.onSamples(this.#resample?.(samples) ?? samples);
    // A length that is no multiple of a frame.
    if (this.#left >= frameBytes || this.#left > queue.length) return false;
    queue.drop(this.#left);
    this.#left = 0;
    return true;
  }

  #passOver(): boolean {
    const queue = this.#queue;
    const skipped = Math.min(this.#skip, queue.length);
    queue.drop(skipped);
    this.#skip -= skipped;
    if (this.#skip > 0 || queue.length === 0) return false;
    if (this.#isPadded && queue.bytes[0] === 0) queue.drop(1);
    this.#isPadded = false;
    return true;
  }

  /** Reads one chunk's beginning. False when more bytes are needed, or the file is none of ours. */
  #readChunk(): boolean {
    const queue = this.#queue;
    if (queue.length < 12) return this.#isInHeader && queue.length >= 8 && queue.tag() === 'data' && this.#beginData();
    const tag = queue.tag();
    const view = queue.view();
    const size = view.getUint32(4, true);
    if (/^(RIFF|RF64)$/.test(tag) && queue.tag(8) === 'WAVE') return this.#beginFile();
    if (!this.#riff) throw notAudio('This is no WAV file.');
    if (tag === 'data' && this.#isInHeader) return this.#beginData();
    const isRead = this.#isInHeader && (tag === 'fmt ' || tag === 'ds64');
    if (isRead && size <= readChunkBytes && queue.length < 8 + size) return false;
    if (isRead && tag === 'ds64' && size >= 16) this.#longBytes = Number(view.getBigUint64(16, true));
    if (isRead && tag === 'fmt ' && !this.#takeFormat(view, size)) return false;
    this.#skip = 8 + size;
    this.#isPadded = size % 2 === 1;
    return true;
  }

  #beginFile(): boolean {
    this.#riff = this.#queue.bytes.slice(0, 12);
    this.#queue.drop(12);
    this.#format = undefined;
    this.#longBytes = 0;
    this.#isInHeader = true;
    return true;
  }

  #takeFormat(view: DataView, size: number): boolean {
    const format = formatAt(view, 8, size);
    this.#format = format;
    // A joined file that is not read here stays unread, and the source incomplete.
    if (format || this.#rate !== undefined) return true;
    this.#whole = this.#openWhole();
    void this.#whole.push(this.#riff!);
    void this.#whole.push(this.#queue.bytes);
    return false;
  }

  #beginData(): boolean {
    const queue = this.#queue;
    if (!this.#format && this.#rate !== undefined) throw truncated('WAV file');
    if (!this.#format) throw notAudio('The WAV file has no format before its samples.');
    const size = queue.view().getUint32(4, true);
    const dataBytes = size === 0xffff_ffff && this.#longBytes ? this.#longBytes : size;
    this.#left = dataBytes > 0 && dataBytes <= dataBytesAtMost ? dataBytes : Infinity;
    this.#isPadded = dataBytes % 2 === 1;
    this.#reader = createFrameReader(this.#format);
    this.#isInHeader = false;
    const { sampleRate } = this.#format;
    if (this.#rate === undefined) this.#sink.onRate((this.#rate = sampleRate));
    this.#resample = sampleRate === this.#rate ? undefined : createResampler(sampleRate, this.#rate);
    queue.drop(8);
    return true;
  }
}
