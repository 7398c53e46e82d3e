import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect, test as base } from '@playwright/test';

export { expect };

/** The built demo, started as `pnpm start` does, without a vendor's key. */
export const test = base.extend<object, { demo: string }>({
  demo: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const main = fileURLToPath(new URL('../packages/demo/dist/server/main.js', import.meta.url));
      const env = { ...process.env, PORT: '0', AUDIXA_API_KEY: '' };
      const server = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      await use(await addressOf(server));
      server.kill('SIGTERM');
      const code = await new Promise((resolve) => {
        server.on('exit', resolve);
      });
      expect(code).toBe(0);
    },
    { scope: 'worker' },
  ],
});

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout) {
    for await (const line of createInterface({ input: stdout })) {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) return url;
    }
  }
  throw new Error('The demo ended before it said its address.');
}
