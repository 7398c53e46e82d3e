import { expect, test } from './emulated-page.ts';

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

test('the self-contained module needs no import map', async ({ page, site }) => {
  await page.goto(`${site}/script-tag.html`);
  const names = await page.evaluate(async (path) => Object.keys((await import(path)) as object), '/dist/saystream.browser.js');
  expect(names).toEqual(expect.arrayContaining(['createAudixa', 'createPlayer', 'isSpeechError', 'parseAudixaError']));
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
