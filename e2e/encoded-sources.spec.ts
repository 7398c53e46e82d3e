import { expect, test } from './emulated-page.ts';

/** What the page is served: the player's fixtures, and samples made here. */
const files = [
  { file: 'chirp.wav', heardMs: 600 },
  { file: 'chirp.pcm', heardMs: 600 },
  { file: 'lame-24000-mono.mp3', heardMs: 600 },
  { file: 'opus-48000-mono.ogg', heardMs: 600 },
] as const;

for (const { file, heardMs } of files) {
  test(`${file} is heard whole by the script tag's player, under a strict policy and without a violation`, async ({
    page,
    site,
    server,
  }) => {
    await page.goto(`${site}/strict/encoded.html?file=/strict/audio/${file}`);
    await page.click('#play');
    await expect(page.locator('#report')).not.toBeEmpty();
    const report = JSON.parse((await page.locator('#report').textContent()) ?? '{}') as { heardMs: number };
    expect(report).toMatchObject({ verdict: 'completed', violations: [] });
    expect(report.heardMs).toBeCloseTo(heardMs, 0);
    expect(server.requested).toContain('/strict/dist/saystream.decoders.js');
  });
}

test('a page in the place of audio is not-audio', async ({ page, site }) => {
  await page.goto(`${site}/strict/encoded.html?file=/strict/strict.html`);
  await page.click('#play');
  await expect(page.locator('#report')).toContainText('"kind":"not-audio"');
});
