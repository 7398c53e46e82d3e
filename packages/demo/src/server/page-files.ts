import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';
const script = 'text/javascript; charset=utf-8';
const json = 'application/json';
const svg = 'image/svg+xml';

// Addresses count from src/server as well as from dist/server, where the build puts this file.
const source = (name: string) => (): URL => new URL(`../../src/${name}`, import.meta.url);
const built = (name: string) => (): URL => new URL(`../../dist/page/${name}`, import.meta.url);
const fromPackage = (specifier: string) => (): string => createRequire(import.meta.url).resolve(specifier);

const files: Readonly<Record<string, readonly [type: string, locate: () => URL | string]>> = {
  '/': [html, source('page/index.html')],
  '/page.css': [css, source('page/page.css')],
  '/errors': [html, source('error-explorer/index.html')],
  '/error-explorer.css': [css, source('error-explorer/error-explorer.css')],
  '/icon.svg': [svg, source('page/icon.svg')],
  '/main.js': [script, built('main.js')],
  '/main.js.map': [json, built('main.js.map')],
  '/recording-worklet.js': [script, fromPackage('@saystream/player/recording-worklet')],
  '/socket-worker.js': [script, fromPackage('@saystream/player/socket-worker')],
};

/** A file of the page, or nothing when there is none under that path. The table is closed: no path is ever joined. */
export async function readPageFile(path: string): Promise<{ type: string; bytes: Buffer } | undefined> {
  if (!Object.hasOwn(files, path)) return undefined;
  const [type, locate] = files[path]!;
  return { type, bytes: await readFile(locate()) };
}
