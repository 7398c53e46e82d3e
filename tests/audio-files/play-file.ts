import { pcmSourceOf } from '../../packages/player/src/source/pcm-source-of.ts';

/** What the player makes of a file. */
export interface Decoded {
  readonly sampleRate: number | undefined;
  readonly samples: Float32Array;
  /** Of the error at the end. */
  readonly kind: string | undefined;
}

/** Decodes `bytes`, which arrive in pieces of `size`. */
export async function decode(bytes: Uint8Array<ArrayBuffer>, size = 4_000): Promise<Decoded> {
  let at = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
    at < bytes.length ? controller.enqueue(bytes.slice(at, (at += size))) : controller.close();
  const pcm = pcmSourceOf(new ReadableStream<Uint8Array>({ pull }));
  const chunks: Float32Array[] = [];
  let kind: string | undefined;
  try {
    for await (const chunk of pcm) chunks.push(chunk);
  } catch (error) {
    ({ kind } = error as { kind: string });
  }
  const samples = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  chunks.reduce((to, chunk) => (samples.set(chunk, to), to + chunk.length), 0);
  const format = await Promise.resolve(pcm.format).catch(() => undefined);
  return { sampleRate: format?.sampleRate, samples, kind };
}
