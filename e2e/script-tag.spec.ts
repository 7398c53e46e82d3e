import type { Page } from '@playwright/test';

import { expect, test } from './emulated-page.ts';

/** Plays the page's first element, once the script has loaded and defined it. Returns how the playback ended. */
const verdictOfElement = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    await customElements.whenDefined('say-stream');
    return (await document.querySelector('say-stream')!.play()).verdict;
  });

test('the script tag gives the global and nothing else', async ({ page, site }) => {
  await page.goto(`${site}/script-tag.html`);
  const added = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter((name) => !plain.has(name) && Number.isNaN(Number(name)));
  });
  expect(added.filter((name) => !name.startsWith('__') && !['speak', 'verdict'].includes(name))).toEqual(['saystream']);
  expect(
    await page.evaluate(() => typeof (globalThis as never as { saystream: { createAudixa: unknown } }).saystream.createAudixa),
  ).toBe('function');
});

test('the module for pages without a bundler needs no import map', async ({ page, site }) => {
  await page.goto(`${site}/script-tag.html`);
  const names = await page.evaluate(async (path) => Object.keys((await import(path)) as object), '/dist/saystream.browser.js');
  expect(names).toEqual(expect.arrayContaining(['createAudixa', 'createPlayer', 'isSpeechError', 'parseAudixaError']));
});

test('further script tags add textDeltas and speakable, which speak the Markdown of a response', async ({ page, site }) => {
  await page.goto(`${site}/script-tag.html`);
  for (const name of ['text-deltas', 'speakable']) await page.addScriptTag({ url: `/dist/saystream.${name}.js` });
  const said = await page.evaluate(async () => {
    interface Added {
      readonly createAudixa: unknown;
      textDeltas(source: Response): AsyncIterable<string>;
      speakable(source: AsyncIterable<string>): AsyncIterable<string>;
    }
    const { createAudixa, speakable, textDeltas } = (globalThis as never as { saystream: Added }).saystream;
    const headers = { 'content-type': 'text/event-stream' };
    const body = 'data: {"choices":[{"delta":{"content":"# A &eacute; *b*"}}]}\n\ndata: [DONE]\n\n';
    let text: string = typeof createAudixa;
    for await (const piece of speakable(textDeltas(new Response(body, { headers })))) text += ` ${piece}`;
    return text;
  });
  expect(said).toBe('function A é b.\n\n');
});

test('a page without the element does not load it; one that gets it later does, once', async ({ page, server, site }) => {
  const before = server.requested.length;
  const loads = (): number => server.requested.slice(before).filter((path) => path.endsWith('/saystream.element.js')).length;
  await page.goto(`${site}/script-tag.html`);
  await page.evaluate(() => document.body.append('Some more text.'));
  expect(loads()).toBe(0);
  const add = () => document.body.append(document.createElement('div').appendChild(document.createElement('say-stream')));
  await page.evaluate(add);
  await page.evaluate(async () => customElements.whenDefined('say-stream').then(() => {}));
  await page.evaluate(add);
  expect(await page.evaluate(() => [...document.querySelectorAll('say-stream')].map((it) => 'play' in it))).toEqual([true, true]);
  expect(loads()).toBe(1);
});

test('an element in a shadow tree is registered when it is asked for, under a name of its own too', async ({ page, site }) => {
  await page.goto(`${site}/script-tag.html`);
  const works = await page.evaluate(async () => {
    const { saystream } = globalThis as never as { saystream: { defineSayStream(name?: string): Promise<void> } };
    const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    shadow.innerHTML = '<say-stream></say-stream><read-aloud></read-aloud>';
    await saystream.defineSayStream();
    await saystream.defineSayStream('read-aloud');
    return [...shadow.children].map((it) => 'play' in it);
  });
  expect(works).toEqual([true, true]);
});

test('errors of the element are the script’s own: one class of errors in a page', async ({ page, site }) => {
  await page.goto(`${site}/script-tag.html`);
  const isOurs = await page.evaluate(async () => {
    const { saystream } = globalThis as never as { saystream: { SpeechError: new () => Error } };
    document.body.innerHTML = '<say-stream>Hello.</say-stream>';
    await customElements.whenDefined('say-stream');
    const { error } = await document.querySelector('say-stream')!.play();
    return error instanceof saystream.SpeechError;
  });
  expect(isOurs).toBe(true);
});

test('it speaks under a strict content-security policy, with the worklet from its file', async ({
  page,
  server,
  site,
  relays,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => message.text().includes('Content Security Policy') && refused.push(message.text()));
  await page.goto(`${site}/strict/strict.html?relay=${relays.open()}`);
  await page.click('#speak');
  await expect(page.locator('#verdict')).toHaveText('completed', { timeout: 15_000 });
  expect(server.requested).toContain('/strict/dist/pcm-worklet.js');
  expect(refused).toEqual([]);
});

test('it speaks under the same policy through a relay of another origin', async ({ page, site, relays }) => {
  const apart = site.replace('127.0.0.1', 'localhost');
  const complaints: string[] = [];
  page.on('console', (message) => /error|warning/.test(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const relay = `${site}${relays.open('', { origins: [apart] })}`;
  await page.goto(`${apart}/strict/element.html?${new URLSearchParams({ relay, text: 'Allowed.' })}`);
  const verdict = await verdictOfElement(page);
  expect(verdict).toBe('completed');
  expect(complaints).toEqual([]);
});

test('where scripts need trusted types it speaks as well, and only the worker is refused', async ({ page, site, relays }) => {
  const complaints: string[] = [];
  page.on('console', (message) => /error|warning/.test(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; media-src 'self'; style-src 'self'; require-trusted-types-for 'script'";
  await page.goto(`${site}/element.html?${new URLSearchParams({ policy, relay: relays.open(), text: 'Allowed.' })}`);
  const verdict = await verdictOfElement(page);
  expect(verdict).toBe('completed');
  expect(complaints).toEqual([expect.stringContaining('TrustedScriptURL')]);
});
