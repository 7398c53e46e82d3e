import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@playwright/test';

/** A name that each package brings. */
const names = {
  errors: 'parseAudixaError',
  core: 'createSpeechStream',
  audixa: 'createAudixa',
  sauti: 'createSauti',
  moknah: 'createMoknah',
  player: 'createPlayer',
  saystream: 'diagnose',
};

const textOf = (name: string, kind: string): string =>
  readFileSync(fileURLToPath(new URL(`../packages/${name}/dist/${name}.${kind}.js`, import.meta.url)), 'utf8');

const orders = [Object.keys(names), Object.keys(names).toReversed()];

for (const order of orders) {
  test(`script-tag files add to one global: ${order.join(', ')}`, async ({ page }) => {
    for (const name of order) await page.addScriptTag({ content: textOf(name, 'global') });
    const types = await page.evaluate(
      (all) => all.map((name) => typeof (globalThis as never as { saystream: Record<string, unknown> }).saystream[name]),
      Object.values(names),
    );
    expect(types).toEqual(types.map(() => 'function'));
  });
}

test('an error of one script-tag file is recognised by the copy in another', async ({ page }) => {
  await page.addScriptTag({ content: textOf('audixa', 'global') });
  const error = await page.evaluateHandle(async () => {
    const { saystream } = globalThis as never as { saystream: { createAudixa(options: object): never } };
    const client: { generate(request: object): Promise<unknown> } = saystream.createAudixa({
      relay: 'http://127.0.0.1:9/speech',
    });
    return client.generate({ text: 'Hello.', voiceId: 'am_ethan' }).catch((thrown: unknown) => thrown);
  });
  await page.addScriptTag({ content: textOf('errors', 'global') });
  const seen = await error.evaluate((thrown) => {
    const { saystream } = globalThis as never as {
      saystream: { isSpeechError(value: unknown): boolean };
    };
    return saystream.isSpeechError(thrown);
  });
  expect(seen).toBe(true);
});

for (const name of Object.keys(names)) {
  test(`${name}.browser.js is whole: no import of a package is left`, () => {
    expect(textOf(name, 'browser')).not.toMatch(/(?:from|import)\s*["'][@\w]/);
  });
}
