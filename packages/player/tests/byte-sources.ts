import type { EncodedSource } from '@saystream/player';
import { pcmSourceOf } from '@saystream/player';

/** `bytes` in pieces whose sizes are taken in turn, as a network might cut them; `error` breaks it afterwards. */
export function inPieces(bytes: Uint8Array, sizes: readonly number[], error?: unknown): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) return controller.enqueue(bytes.slice(at, (at += sizes[turn++ % sizes.length] ?? 1)));
      return error === undefined ? controller.close() : controller.error(error);
    },
  });
}

/** All that a source gives, and how it ended. */
export interface Decoded {
  readonly samples: Float32Array;
  readonly error: unknown;
  readonly sampleRate: number | undefined;
}

export async function decoded(source: EncodedSource, mimeType?: string): Promise<Decoded> {
  const pcm = pcmSourceOf(source, mimeType === undefined ? {} : { mimeType });
  const chunks: Float32Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of pcm) chunks.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  const samples = Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
  const format = await Promise.resolve(pcm.format).catch(() => undefined);
  return { samples, error, sampleRate: format?.sampleRate };
}

interface WavOptions {
  readonly rate?: number;
  readonly bits?: number;
  readonly float?: boolean;
  readonly channels?: number;
  readonly extensible?: boolean;
  /** What the header says; the true length when absent. */
  readonly dataBytes?: number;
  /** Put before the data, of an odd length to need a padding byte. */
  readonly list?: boolean;
}

/** A WAV file of `samples`, the same in every channel. Written for tests, apart from what is tested. */
export function wavFile(samples: Float32Array, options: WavOptions = {}): Uint8Array<ArrayBuffer> {
  const { rate = 24_000, bits = 16, float = false, channels = 1, extensible = false, list = false } = options;
  const fmtBytes = extensible ? 40 : 16;
  const listBytes = list ? 12 : 0;
  const width = bits / 8;
  const bytes = samples.length * channels * width;
  const view = new DataView(new ArrayBuffer(28 + fmtBytes + listBytes + bytes));
  let at = 0;
  const text = (tag: string): void => [...tag].forEach((letter) => view.setUint8(at++, letter.charCodeAt(0)));
  const u16 = (value: number): void => (view.setUint16(at, value, true), void (at += 2));
  const u32 = (value: number): void => (view.setUint32(at, value, true), void (at += 4));
  const kind = float ? 3 : 1;
  void [text('RIFF'), u32(view.byteLength - 8), text('WAVE'), text('fmt '), u32(fmtBytes)];
  void [
    u16(extensible ? 0xfffe : kind),
    u16(channels),
    u32(rate),
    u32(rate * channels * width),
    u16(channels * width),
    u16(bits),
  ];
  if (extensible) void [u16(22), u16(bits), u32(0), u16(kind), u16(0), u32(0x0010_0000), u32(0xaa00_0080), u32(0x719b_3800)];
  if (list) void [text('LIST'), u32(3), text('abc'), view.setUint8(at++, 0)];
  void [text('data'), u32(options.dataBytes ?? bytes)];
  const put = (sample: number): void => {
    if (float && bits === 32) view.setFloat32(at, sample, true);
    else if (float) view.setFloat64(at, sample, true);
    else if (bits === 8) view.setUint8(at, Math.round(sample * 128) + 128);
    else if (bits === 24)
      void [view.setUint8(at, Math.round(sample * 2 ** 23)), view.setInt16(at + 1, Math.round(sample * 2 ** 23) >> 8, true)];
    else if (bits === 32) view.setInt32(at, Math.round(sample * 2 ** 31), true);
    else view.setInt16(at, Math.round(sample * 2 ** 15), true);
    at += width;
  };
  for (const sample of samples) for (let channel = 0; channel < channels; channel += 1) put(sample);
  return new Uint8Array(view.buffer);
}
