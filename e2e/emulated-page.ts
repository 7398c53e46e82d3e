import { test as base } from '@playwright/test';
import { startEmulator, type Emulator } from '@saystream/emulator';

import { serveBuiltPackages, type BuiltPackages } from './serve-built-packages.ts';

interface Workers {
  /** One emulator for all tests of a file. */
  emulator: Emulator;
  /** Serves the built packages and the test pages. */
  server: BuiltPackages;
  /** Its origin. */
  site: string;
}

/** Playwright's `test` with an emulator and a site that serves the built packages. */
export const test = base.extend<object, Workers>({
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
      const server = await serveBuiltPackages(emulator.url);
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  site: [({ server }, use) => use(server.url), { scope: 'worker' }],
});

export { expect } from '@playwright/test';
