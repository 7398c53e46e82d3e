import { expect, test } from 'vitest';

import { readAudioFile } from '../../../../tests/audio-files/audio-files.ts';
import type { EncodedPacket, EncodedPackets } from './encoded-packets.ts';
import { Mp3Frames } from './mp3-frames.ts';
import { OggOpusPackets } from './ogg-opus-packets.ts';

const bytesOf = (packets: readonly EncodedPacket[]): string[] => packets.map(({ data }) => data.join());

/** Takes a file apart that arrives in the given pieces. */
function read(open: () => EncodedPackets, ...pieces: readonly Uint8Array[]) {
  const packets = open();
  const all = pieces.flatMap((piece) => packets.push(piece));
  all.push(...packets.end());
  const parts = [...new Set(all.map(({ part }) => part))];
  return { packets: bytesOf(all), parts, isCut: packets.isCut, isFound: packets.isFound };
}

const kinds = [
  // A damaged byte of a header costs its frame, and the one that a wrong length reaches into.
  ['mp3-mpeg2-24000.mp3', 'mp3-mpeg1-44100.mp3', () => new Mp3Frames(), 2],
  // A damaged byte of a page's header costs the page.
  ['opus-live-paged.opus', 'opus-mono.opus', () => new OggOpusPackets(), 50],
] as const;

test.each(kinds)('%s in two pieces, cut at any byte, gives the same packets', async (file, _other, open) => {
  const bytes = await readAudioFile(file);
  const whole = read(open, bytes);
  expect(whole.isCut).toBe(false);
  for (let at = 1; at < bytes.length; at += 1) {
    const { packets, isCut } = read(open, bytes.slice(0, at), bytes.slice(at));
    expect(packets).toEqual(whole.packets);
    expect(isCut).toBe(false);
  }
});

test.each(kinds)('%s without its end, at any byte, gives the packets that are there and is cut', async (file, _other, open) => {
  const bytes = await readAudioFile(file);
  const whole = read(open, bytes);
  for (let end = 0; end < bytes.length; end += 1) {
    const { packets, isCut, isFound } = read(open, bytes.slice(0, end));
    expect(packets).toEqual(whole.packets.slice(0, packets.length));
    if (packets.length < whole.packets.length) expect(isCut || !isFound, `cut at ${end}`).toBe(true);
  }
});

test.each(kinds)('%s joined to %s gives the packets of both, in parts of their own', async (file, other, open) => {
  const [first, second] = await Promise.all([readAudioFile(file), readAudioFile(other)]);
  const [one, two, both] = [read(open, first), read(open, second), read(open, first, second, first)];
  expect(both.packets).toEqual([...one.packets, ...two.packets, ...one.packets]);
  expect(both.parts).toEqual([...one.parts, ...two.parts, ...one.parts]);
  expect(both.isCut).toBe(false);
  const cut = read(open, first, second.slice(0, -200), first);
  expect(cut.isCut).toBe(true);
  expect(cut.packets.slice(-one.packets.length)).toEqual(one.packets);
});

/** The same sequence at every run. */
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

test.each(kinds)(
  '%s with a damaged byte loses no more than what it damages, and never in silence',
  async (file, _o, open, cost) => {
    const bytes = await readAudioFile(file);
    const whole = read(open, bytes);
    const random = seeded(7);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = bytes.slice();
      damaged[at] = damaged[at]! ^ (1 + Math.floor(random() * 255));
      try {
        const { packets, isCut } = read(open, damaged);
        const kept = new Set(packets);
        const lost = whole.packets.filter((packet) => !kept.has(packet)).length;
        // The damaged packet itself is among the packets, unless its header is gone.
        expect(lost, `byte ${at}`).toBeLessThanOrEqual(cost);
        if (packets.length < whole.packets.length) expect(isCut, `byte ${at}`).toBe(true);
      } catch (error) {
        // A stream whose first header is gone is none of ours.
        if (!(error instanceof Error && 'kind' in error)) throw error;
        expect(error.kind).toBe('not-audio');
      }
    }
  },
);

const long = [
  ['l-footer.mp3', () => new Mp3Frames()],
  ['o-trail-tag.ogg', () => new OggOpusPackets()],
] as const;

test.each(long)('%s without a run of bytes in the middle goes on behind it, and is cut', async (file, open) => {
  const bytes = await readAudioFile(file);
  const whole = read(open, bytes);
  const random = seeded(11);
  for (let round = 0; round < 300; round += 1) {
    const length = 1 + Math.floor(random() * 200);
    const from = 200 + Math.floor(random() * (bytes.length / 2));
    const { packets, isCut } = read(open, bytes.slice(0, from), bytes.slice(from + length));
    if (packets.length < whole.packets.length) expect(isCut, `${length} bytes at ${from}`).toBe(true);
    expect(packets.length, `${length} bytes at ${from}`).toBeGreaterThan(whole.packets.length - 6);
    expect(packets.at(-1), `${length} bytes at ${from}`).toBe(whole.packets.at(-1));
  }
});
