import { createKeyRedactor } from '@saystream/errors';
import { expect, test } from 'vitest';

import { joined } from './read-pieces.ts';
import { createKeyWatch, KeyInAudioError, redactPieces } from './redact-pieces.ts';

const apiKey = 'ax_L1ve-k9Zq7p2';
const upstream = { apiKey, redact: createKeyRedactor(apiKey) };
const encoder = new TextEncoder();
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function* cut(bytes: Uint8Array<ArrayBuffer>, every: number) {
  for (let at = 0; at < bytes.length; at += every) yield bytes.slice(at, at + every);
}

async function passed(bytes: Uint8Array<ArrayBuffer>, every: number, type: string, ok = true): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  const answer = { ok, headers: new Headers({ 'content-type': type }) };
  for await (const piece of redactPieces(cut(bytes, every), answer, upstream)) all.push(piece);
  return joined(all);
}

test('a key that is cut anywhere between pieces is struck, and lengths and other bytes stay', async () => {
  const said = `{"é":"${apiKey}","b":"${btoa(apiKey)}","c":"${'x'.repeat(5_000)}","d":"${apiKey}"}`;
  const bytes = encoder.encode(said);
  for (const every of [1, 2, 3, 7, 16, 1_000, 9_999]) {
    const clean = await passed(bytes, every, 'application/json');
    expect(clean).toHaveLength(bytes.length);
    expect(textOf(clean)).toBe(upstream.redact(said));
    expect(textOf(clean)).not.toContain(apiKey);
  }
});

test('audio passes byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7_919) % 256);
  for (const every of [1_000, 65_536]) expect(await passed(bytes, every, 'audio/wav')).toEqual(bytes);
});

test('audio that holds the key ends before the piece that completes it', async () => {
  const bytes = new Uint8Array([...new Uint8Array(1_000), ...encoder.encode(apiKey), ...new Uint8Array(1_000)]);
  for (const every of [3, 10, 700, 5_000]) await expect(passed(bytes, every, 'audio/wav')).rejects.toThrow(KeyInAudioError);
});

test('an error said to be audio is a text, and so is JSON', async () => {
  expect(textOf(await passed(encoder.encode(`no ${apiKey}`), 4, 'audio/mpeg', false))).toBe(`no ${'*'.repeat(apiKey.length)}`);
  expect(textOf(await passed(encoder.encode(`{"no":"${apiKey}"}`), 99, 'audio/mpeg'))).not.toContain(apiKey);
});

test('a body that breaks off within the key shows no more than three characters of it', async () => {
  const said = `{"detail":"Your key ${apiKey.slice(0, 9)}`;
  expect(textOf(await passed(encoder.encode(said), 5, 'application/json', false))).toBe('{"detail":"Your key *********');
});

test('a short key is not searched for in audio: its bytes occur by chance', () => {
  expect(createKeyWatch('short')(encoder.encode('short'))).toBe(false);
});
