import { afterEach, expect, test } from 'vitest';

import type * as PlayerModule from '../index.ts';
import type { PlaybackReport } from '../index.ts';
import { closePlayers, makePlayer } from '../../tests/test-player.ts';
import { saveWav } from './save-wav.ts';

interface Page extends Window {
  readonly player?: typeof PlayerModule;
}

/** `Array.from` as Prototype 1.7.3 and MooTools 1.4.5 replace it: both ignore the second argument. */
const replacements: Readonly<Record<string, string>> = {
  'Prototype 1.7.3':
    '(from) => { const all = new Array(from.length); for (let i = 0; i < from.length; i += 1) all[i] = from[i]; return all; }',
  'MooTools 1.4.5': "(from) => typeof from === 'object' ? Array.prototype.slice.call(from) : [from]",
};
const libraries = Object.keys(replacements);
const files = ['chirp-24000-mono.flac', 'chirp-24000-stereo.flac', 'chirp.wav', 'lame-24000-mono.mp3', 'opus-48000-mono.ogg'];

const fixture = (name: string): string => new URL(`../../tests/fixtures/${name}`, import.meta.url).href;
const workletUrl = new URL('../pcm-worklet.ts', import.meta.url).href;
const entry = new URL('../index.ts', import.meta.url).href;

const frames: HTMLIFrameElement[] = [];
afterEach(async () => {
  for (const frame of frames.splice(0)) frame.remove();
  await closePlayers();
});

/** Plays in a page of its own, where `library` has replaced built-ins before the player is loaded. */
async function playBeside(library: string, file: string): Promise<PlaybackReport> {
  const frame = document.createElement('iframe');
  frames.push(frame);
  frame.srcdoc = `<script type="module">
    window.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() }; // the runner rewrites every import()
    Array.from = ${replacements[library]};
    window.player = await import('${entry}');</script>`;
  document.body.append(frame);
  const inside = frame.contentWindow as Page;
  while (!inside.player) await new Promise((resolve) => setTimeout(resolve, 10));
  const player = inside.player.createPlayer({ workletUrl });
  const report = await player.play(await inside.fetch(fixture(file))).done;
  await player.close();
  return report;
}

test.each(libraries.flatMap((library) => files.map((file) => [file, library] as const)))(
  '%s is heard in a page with %s',
  async (file, library) => {
    const { verdict, heardMs, error } = await playBeside(library, file);
    expect({ verdict, error }).toEqual({ verdict: 'completed', error: undefined });
    expect(Math.abs(heardMs - 600)).toBeLessThan(30);
  },
);

test('two equal channels are mixed to the samples of one', async () => {
  const [mono, stereo] = await Promise.all(files.slice(0, 2).map(async (name) => saveWav(await fetch(fixture(name)))));
  expect(stereo).toEqual(mono);
});

test('a file without any sound fails as not-audio instead of being completed', async () => {
  const wav = new Uint8Array(await (await fetch(fixture('chirp.wav'))).arrayBuffer()).slice(0, 45);
  // One byte of data is no sample.
  new DataView(wav.buffer).setUint32(40, 1, true);
  const report = await makePlayer().play(new Blob([wav])).done;
  expect(report).toMatchObject({ verdict: 'failed', heardMs: 0, error: { kind: 'not-audio' } });
});
