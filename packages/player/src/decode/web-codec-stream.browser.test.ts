import { expect, it } from 'vitest';

import { chirp, fidelity, lag } from '../../tests/chirp.ts';
import { pcmSourceOf } from '../source/pcm-source-of.ts';

const fixture = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(new URL(`../../tests/fixtures/${name}`, import.meta.url))).arrayBuffer());

/** `bytes` in pieces of `size`, as a network would give them. */
const inPieces = (bytes: Uint8Array, size: number): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
};

async function decoded(bytes: Uint8Array, size: number) {
  const source = pcmSourceOf(inPieces(bytes, size));
  const chunks: Float32Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of source) chunks.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  const samples = Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
  return { samples, chunks: chunks.length, error, ...(await source.format) };
}

it.each([
  ['lame-24000-mono.mp3', 24_000, 20],
  ['opus-48000-mono.ogg', 48_000, 15],
  ['plain-44100-stereo.mp3', 44_100, 20],
] as const)('probe %s', async (name, rate) => {
  const { samples, sampleRate, chunks, error } = await decoded(await fixture(name), 700);
  const wanted = chirp(rate);
  const late = lag(samples, wanted);
  console.log(
    name,
    sampleRate,
    rate,
    samples.length,
    wanted.length,
    'chunks',
    chunks,
    'lag',
    late,
    'dB',
    fidelity(samples, wanted, late),
    String(error),
  );
  expect(sampleRate).toBe(rate);
});
