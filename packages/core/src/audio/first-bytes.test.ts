import { expect, test } from 'vitest';

import { recogniseFirstBytes } from './first-bytes.ts';

const ascii = (value: string) => new TextEncoder().encode(value);

test.each([
  ['RIFF', ascii('RIFF'), 'wav'],
  ['an ID3 tag', ascii('ID3\u0004'), 'not-audio'],
  ['an Ogg page', ascii('OggS'), 'not-audio'],
  ['a web page', ascii('<htm'), 'not-audio'],
  ['a JSON error', ascii('{"de'), 'not-audio'],
  ['an MP3 frame', Uint8Array.of(0xff, 0xfb, 0x90, 0xc4), 'not-audio'],
  ['silence', new Uint8Array(4), 'float32'],
  ['a loud sample', Uint8Array.of(0, 0, 0x80, 0x3f), 'float32'],
  ['a quiet sample whose bytes happen to be letters', ascii('ab ='), 'float32'],
  ['NaN', Uint8Array.of(0, 0, 0xc0, 0x7f), 'float32'],
] as const)('%s is recognised', (_name, bytes, expected) => {
  expect(recogniseFirstBytes(bytes)).toBe(expected);
});

test('no ordinary sample is ever taken for something else', () => {
  const bytes = new Uint8Array(4);
  const view = new DataView(bytes.buffer);
  const taken: number[] = [];
  for (let i = 0; i < 200_000; i += 1) {
    view.setFloat32(0, Math.sin(i * 1.37) * (i % 7 === 0 ? 1e-6 : 1), true);
    if (recogniseFirstBytes(bytes) !== 'float32') taken.push(view.getFloat32(0, true));
  }
  expect(taken).toEqual([]);
});
