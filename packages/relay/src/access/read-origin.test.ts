import { expect, test } from 'vitest';

import { readOrigin } from './read-origin.ts';

test.each([
  ['https://app.example', 'https://app.example'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['https://app.example:443', 'https://app.example'],
  ['http://app.example:80', 'http://app.example'],
  ['https://app.example:80', 'https://app.example:80'],
  ['HTTPS://App.Example', 'https://app.example'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['https://BÜCHER.example:8443', 'https://xn--bcher-kva.example:8443'],
  ['http://127.1:3000', 'http://127.0.0.1:3000'],
  ['http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
  ['https://tauri.localhost', 'https://tauri.localhost'],
  ['tauri://localhost', 'tauri://localhost'],
  ['Tauri://LocalHost', 'tauri://localhost'],
  ['capacitor://localhost', 'capacitor://localhost'],
  ['ionic://localhost', 'ionic://localhost'],
  ['ionic://localhost:8080', 'ionic://localhost:8080'],
  ['app://obsidian.md', 'app://obsidian.md'],
  ['app://-', 'app://-'],
  ['chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai', 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai'],
  ['moz-extension://a0b1c2d3-0000-4000-8000-000000000000', 'moz-extension://a0b1c2d3-0000-4000-8000-000000000000'],
])('reads %s as %s', (entry, origin) => {
  expect(readOrigin(entry)).toBe(origin);
});

test.each([
  ['https://app.example/', 'has a path. Did you mean https://app.example?'],
  ['https://app.example/page', 'has a path. Did you mean https://app.example?'],
  ['tauri://localhost/index.html', 'has a path. Did you mean tauri://localhost?'],
  ['https://app.example?x', 'has a path'],
  ['https://*.app.example', 'has a wildcard'],
  ['*', 'has a wildcard'],
  ['chrome-extension://*', 'has a wildcard'],
  ['app.example', 'has no scheme. Did you mean https://app.example?'],
  ['//app.example', 'has no scheme. Did you mean https://app.example?'],
  ['localhost:8080', 'has no scheme'],
  ['null', 'sandboxed frames'],
  ['wss://app.example', 'has the scheme wss'],
  ['file://', 'has the scheme file'],
  ['file://host', 'has the scheme file'],
  ['javascript://app.example', 'has the scheme javascript'],
  ['https://user:password@app.example', 'has a user name'],
  ['https://', 'is not an origin'],
  ['https://app.example:99999', 'is not an origin'],
  ['https://a.example,https://b.example', 'has a comma'],
  ['https://a.example https://b.example', 'has a comma or a blank'],
  ['', 'has no scheme'],
  [undefined, 'is not a string'],
  [/app/, 'is not a string'],
])('refuses %s with the mistake and the wanted form', (entry, why) => {
  expect(() => readOrigin(entry)).toThrow(TypeError);
  expect(() => readOrigin(entry)).toThrow(why);
  expect(() => readOrigin(entry)).toThrow(/such as https:\/\/app\.example, http:\/\/localhost:8080 or tauri:\/\/localhost\.$/);
});
