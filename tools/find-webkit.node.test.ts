import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

const findWebKit = new URL('find-webkit.mjs', import.meta.url).href;

/** The only folder on the path, so that nothing that this machine has is found. */
let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'find-webkit-'));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

function command(name: string): string {
  const path = join(bin, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

interface Found {
  path: string | null;
  log: string[];
}

function find(environment: Record<string, string> = {}): Found {
  const program = `
    const log = [];
    const { findWebKit } = await import(${JSON.stringify(findWebKit)});
    const path = findWebKit({ log: (line) => log.push(line) }) ?? null;
    console.log(JSON.stringify({ path, log }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { PATH: bin, ...environment },
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as Found;
}

test('without a driver there is no WebKit, and nothing is said', () => {
  expect(find()).toEqual({ path: null, log: [] });
});

test('WebKitGTK is found where it has a display or Xvfb', () => {
  const path = command('WebKitWebDriver');
  expect(find().path).toBeNull();
  expect(find({ DISPLAY: ':9' }).path).toBe(path);
  command('Xvfb');
  expect(find()).toEqual({ path, log: [`browser: ${path} (already installed; unit tests only)`] });
});

test('WPE is found where its browser is, after WebKitGTK', () => {
  const path = command('WPEWebDriver');
  expect(find().path).toBeNull();
  command('cog');
  expect(find().path).toBe(path);
  const gtk = command('WebKitWebDriver');
  expect(find({ DISPLAY: ':9' }).path).toBe(gtk);
});

test('what SAYSTREAM_WEBKIT names is used, and when it is empty none is', () => {
  const path = command('WPEWebDriver');
  expect(find({ SAYSTREAM_WEBKIT: path }).path).toBe(path);
  expect(find({ SAYSTREAM_WEBKIT: '', DISPLAY: ':9' })).toEqual({
    path: null,
    log: ['browser: no WebKit (from SAYSTREAM_WEBKIT)'],
  });
  expect(() => find({ SAYSTREAM_WEBKIT: join(bin, 'none') })).toThrow('is not an executable file');
});
