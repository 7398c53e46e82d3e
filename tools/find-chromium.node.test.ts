import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

const findChromium = fileURLToPath(new URL('find-chromium.mjs', import.meta.url));

/** The only folder on the path, so that nothing that this machine has is found. */
let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'find-chromium-'));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** A command, as a script for /bin/sh. */
function command(name: string, script: string): string {
  const path = join(bin, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Looks for a browser in a process of its own, where Playwright's downloads are refused. */
function find(environment: Record<string, string> = {}): { path: string; log: string; error: string } {
  const program = `
    const lines = [];
    const { findChromium } = await import(${JSON.stringify(findChromium)});
    const out = await findChromium({ log: (line) => lines.push(line) }).then((path) => ({ path }), ({ message }) => ({ error: message }));
    console.log('RESULT' + JSON.stringify({ path: '', error: '', ...out, log: lines.join('\\n') }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: {
      PATH: bin,
      HOME: bin,
      PLAYWRIGHT_BROWSERS_PATH: join(bin, 'none'),
      PLAYWRIGHT_DOWNLOAD_HOST: 'http://127.0.0.1:1',
      ...environment,
    },
  });
  const result = stdout.split('RESULT')[1];
  if (!result) throw new Error(stderr);
  return JSON.parse(result) as { path: string; log: string; error: string };
}

test('a browser on the path is used', () => {
  const path = command('chromium', 'exit 0');
  expect(find()).toMatchObject({ path, log: `browser: ${path} (already installed)` });
});

test('the headless shell is preferred, because it is the smallest', () => {
  command('chromium', 'exit 0');
  const path = command('chromium-headless-shell', 'exit 0');
  expect(find().path).toBe(path);
});

test('a command that only advertises a browser is passed over', () => {
  command('chromium-browser', 'echo "please run: snap install chromium"; exit 1');
  const path = command('google-chrome', 'exit 0');
  expect(find().path).toBe(path);
});

test('SAYSTREAM_CHROMIUM comes before everything else', () => {
  command('chromium', 'exit 0');
  const path = command('my-own-browser', 'exit 0');
  expect(find({ SAYSTREAM_CHROMIUM: path })).toMatchObject({ path, log: `browser: ${path} (from SAYSTREAM_CHROMIUM)` });
});

test('SAYSTREAM_CHROMIUM that names nothing is said, not worked around', () => {
  command('chromium', 'exit 0');
  expect(find({ SAYSTREAM_CHROMIUM: '/nowhere/chrome' }).error).toBe(
    'SAYSTREAM_CHROMIUM=/nowhere/chrome is not an executable file.',
  );
});

test('with no browser and no way to get one, the message says exactly what to do', () => {
  command('apt-get', 'echo "E: Unable to fetch" >&2; exit 100');
  const { error, log } = find();
  expect(error).toBe(
    [
      'No Chromium was found, and none could be installed. Do one of these, then run the command again:',
      '  Debian or Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium',
      '  macOS:             brew install --cask chromium',
      '  anywhere:          install Google Chrome, or npx playwright@1.64.1 install --with-deps chromium',
      '  already have one:  SAYSTREAM_CHROMIUM=/path/to/chrome',
    ].join('\n'),
  );
  expect(log).toContain("trying Playwright's download");
}, 60_000);

test("root on Debian gets the package installed; nobody else's packages are touched", () => {
  const shell = join(bin, 'chromium-headless-shell');
  command('apt-get', `[ "$1" = install ] || exit 0\nprintf '#!/bin/sh\\nexit 0\\n' > ${shell}\n/bin/chmod 755 ${shell}`);
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  expect(find().path).toBe(mayInstall ? shell : '');
});
