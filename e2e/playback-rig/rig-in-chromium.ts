import { test as base } from '@playwright/test';

import { startRigBench, type RigBench } from './rig-bench.ts';
import type { RigPage } from './run-delivery.ts';

const seconds = Number(process.env['SAYSTREAM_RIG_SECONDS'] ?? 4);

/** Playwright's `test` with a page of the rig, ready to be called. Sound needs no gesture here. */
export const test = base.extend<{ rigPage: RigPage }, { bench: RigBench }>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--autoplay-policy=no-user-gesture-required'] });
    },
    { scope: 'worker' },
  ],
  bench: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const bench = await startRigBench({ seconds });
      await use(bench);
      await bench.close();
    },
    { scope: 'worker' },
  ],
  rigPage: async ({ page, bench }, use) => {
    await use({
      rig: async (request) => {
        await page.goto(bench.rig.url);
        await page.waitForFunction('globalThis.rig');
        return page.evaluate((text) => (globalThis as never as { rig(text: string): Promise<string> }).rig(text), request);
      },
    });
  },
});

export { expect } from '@playwright/test';
