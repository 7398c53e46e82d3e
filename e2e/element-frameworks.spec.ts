import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { build, type Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';

import { expectState, openElements, type SpokenElement } from './element-page.ts';
import { expect, test } from './emulated-page.ts';

const here = fileURLToPath(new URL('frameworks/', import.meta.url));

const svelteFiles: Plugin = {
  name: 'svelte-files',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compile(await readFile(path, 'utf8'), { filename: path, generate: 'client' }).js.code,
    }));
  },
};

async function bundle(file: string): Promise<string> {
  // react-dom of 18 asks for `react`, which is 19 here.
  const alias: Record<string, string> = file.startsWith('react-18') ? { react: 'react-18' } : {};
  const { outputFiles } = await build({
    entryPoints: [`${here}${file}`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'framed',
    jsx: 'automatic',
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: {},
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    alias,
    plugins: [svelteFiles],
  });
  return outputFiles[0]?.text ?? '';
}

interface Framed {
  mount(root: Element, speaker: unknown, autoplay: boolean): void;
}

for (const [framework, file, isProperty] of [
  ['React 19', 'react.tsx', true],
  ['React 18', 'react-18.ts', false],
  ['Preact', 'preact.tsx', true],
  ['Vue', 'vue.ts', true],
  ['Svelte', 'svelte.ts', true],
] as const) {
  test(`${framework} gives it a voice and a speed, and autoplay={false} does not pay`, async ({
    page,
    site,
    relays,
    emulator,
  }) => {
    await openElements(page, site, relays);
    await page.evaluate(await bundle(file).then((code) => `${code}; globalThis.framed = framed`));
    const paid = emulator.ledger.length;
    const mount = (autoplay: boolean) =>
      page.evaluate((plays) => {
        const { framed, saystream } = globalThis as never as { framed: Framed; saystream: typeof import('saystream') };
        document.querySelector('#root')?.remove();
        const root = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'root' }));
        const relay = new URLSearchParams(location.search).get('relay') ?? '';
        framed.mount(root, saystream.createAudixa({ relay }).voice('af_luna'), plays);
      }, autoplay);
    await mount(false);
    const element = page.locator('#framed');
    const seen = await element.evaluate((it: SpokenElement) => ({
      speaker: it.speaker?.vendor,
      speakerAttribute: it.getAttribute('speaker'),
      speed: it.speed,
      autoplay: it.autoplay,
      label: it.getAttribute('label-play'),
    }));
    expect(seen).toEqual({ speaker: 'audixa', speakerAttribute: null, speed: 1.5, autoplay: false, label: 'Cheza' });
    expect(await element.getAttribute('autoplay')).toBe(isProperty ? null : 'false');
    await page.waitForTimeout(400);
    expect(emulator.ledger.length).toBe(paid);
    await mount(true);
    await expectState(element, 'ended');
    expect(emulator.ledger.slice(paid)).toMatchObject([{ text: 'Habari.', voiceId: 'af_luna' }]);
  });
}

test('the types of React, Preact, Vue and Svelte know the element', () => {
  const tsc = fileURLToPath(new URL('../node_modules/typescript/lib/tsc.js', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', here], { encoding: 'utf8', timeout: 60_000 });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});
