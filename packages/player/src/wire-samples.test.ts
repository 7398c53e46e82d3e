import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createWireSamples } from './wire-samples.ts';

const bufferOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;

/** All samples that come of `bytes`, cut where `cuts` says. */
function decode(encoding: 'f32le' | 's16le', bytes: Uint8Array, cuts: readonly number[]): number[] {
  const samplesOf = createWireSamples(encoding);
  const samples: number[] = [];
  let at = 0;
  for (const size of [...cuts, bytes.length]) {
    samples.push(...samplesOf(bufferOf(bytes.subarray(at, at + size))));
    at = Math.min(bytes.length, at + size);
  }
  return samples;
}

const cuts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });

describe('createWireSamples', () => {
  it('gives every float as it was sent, wherever the frames are cut', () => {
    fc.assert(
      fc.property(cuts, (sizes) => {
        const sent = Float32Array.from({ length: 300 }, (_, at) => Math.sin(at));
        expect(decode('f32le', new Uint8Array(sent.buffer), sizes)).toEqual([...sent]);
      }),
    );
  });

  it('gives every 16-bit integer as a part of one, wherever the frames are cut', () => {
    fc.assert(
      fc.property(cuts, (sizes) => {
        const sent = Int16Array.from({ length: 300 }, (_, at) => at * 200 - 30_000);
        expect(decode('s16le', new Uint8Array(sent.buffer), sizes)).toEqual([...sent].map((sample) => sample / 32_768));
      }),
    );
  });

  it.each([
    '{"type":"error","message":"no"}',
    'RIFF\u0000\u0000\u0000\u0000WAVEfmt ',
    '<!doctype html><html>',
    'ID3 and more of it',
  ])('leaves it to the page to say what %j is, rather than playing it', (text) => {
    const samplesOf = createWireSamples('f32le');
    expect(samplesOf(bufferOf(new TextEncoder().encode(text)))).toHaveLength(0);
    expect(samplesOf(new Float32Array(100).buffer)).toHaveLength(0);
  });

  it('limits what is too loud later on, as the page does', () => {
    const sent = Float32Array.of(0, 0, 0, 0, 2, NaN, -5);
    expect(decode('f32le', new Uint8Array(sent.buffer), [])).toEqual([0, 0, 0, 0, 1, 0, -1]);
  });
});
