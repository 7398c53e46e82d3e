import { expect as baseExpect, test as base } from '@playwright/test';
import { startEmulator, type Emulator } from '@saystream/emulator';

import { serveBuiltPackages, type BuiltPackages } from './serve-built-packages.ts';
import type { TestRelays } from './serve-relays.ts';
import { watchForKeys, type KeyWatch } from './watch-for-keys.ts';

interface Workers {
  /** One emulator for all tests of a file. */
  emulator: Emulator;
  /** Serves the built packages, the test pages and the relays. */
  server: BuiltPackages;
  /** Its origin. */
  site: string;
  /** Relays on the same origin. */
  relays: TestRelays;
}

/** Playwright's `test` with an emulator, and a site with the built packages and relays. Every journey is watched for keys. */
export const test = base.extend<{ keyWatch: KeyWatch; pagesShowKeys: boolean }, Workers>({
  /** True for the emulator's own page, whose purpose is to show its keys. */
  pagesShowKeys: [false, { option: true }],
  emulator: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const emulator = await startEmulator({ rate: 1.5 });
      await use(emulator);
      await emulator.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ emulator }, use) => {
      const server = await serveBuiltPackages(emulator);
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  site: [({ server }, use) => use(server.url), { scope: 'worker' }],
  relays: [({ server }, use) => use(server.relays), { scope: 'worker' }],
  keyWatch: [
    async ({ context, server, pagesShowKeys }, use) => {
      const watch = watchForKeys(context);
      server.onSent = (text) => watch.see('sent', text);
      server.relays.log = (line) => watch.see('lines', line);
      await use(watch);
      await watch.finish();
      if (!pagesShowKeys) baseExpect(watch.leaks).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
