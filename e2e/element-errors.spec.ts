import { axeFinds, button, expectState, first, openElements, stateOf, status, type SpokenElement } from './element-page.ts';
import { expect, test } from './emulated-page.ts';

test('a failure is one sentence for the listener, and the developer’s words are in the console and the event', async ({
  page,
  site,
  relays,
}) => {
  const complaints = await openElements(page, site, relays, { scenario: 'close-1008' });
  await first(page).evaluate((it: SpokenElement) => {
    it.addEventListener('error', ({ error, message }) => {
      document.title = `${(error as { kind: string }).kind}: ${message === it.error?.message}`;
    });
  });
  await button(page).click();
  await expect(page).toHaveTitle('unauthorized: true');
  expect(complaints).toEqual([expect.stringMatching(/^<say-stream>: .+ Check the key or token\.$/)]);
  await expect(status(page)).toHaveText('This text cannot be read aloud at the moment.');
  await expect(button(page)).toHaveAccessibleName('Play');
  expect(await first(page).evaluate((it: SpokenElement) => [it.state, it.error?.kind])).toEqual(['failed', 'unauthorized']);
  expect(await axeFinds(page)).toEqual([]);
});

test('a mistake in the attributes is shown where all failures are', async ({ page, site, relays }) => {
  await openElements(page, site, relays);
  const report = await first(page).evaluate((it: SpokenElement) => {
    it.removeAttribute('relay');
    return it.play().then(({ verdict, error }) => ({ verdict, kind: error?.kind }));
  });
  expect(report).toEqual({ verdict: 'failed', kind: 'invalid-request' });
  await expect(status(page)).toHaveText('This text cannot be read aloud at the moment.');
});

test('an error is told in the language of the page', async ({ page, site, relays }) => {
  for (const [lang, said] of [
    ['ar', 'تتعذر قراءة هذا النص صوتيًا الآن.'],
    ['sw', 'Maandishi haya hayawezi kusomwa kwa sauti kwa sasa.'],
  ] as const) {
    await openElements(page, site, relays, { scenario: 'close-1008', text: 'Neno.', lang });
    await button(page).click();
    await expect(status(page)).toHaveText(said);
    expect(await axeFinds(page)).toEqual([]);
  }
});

test('autoplay="false" neither speaks nor pays', async ({ page, site, relays, emulator }) => {
  await openElements(page, site, relays);
  const before = emulator.ledger.length;
  await page.evaluate(() => {
    const element = document.createElement('say-stream');
    Object.assign(element, { relay: new URLSearchParams(location.search).get('relay'), voice: 'am_ethan', textContent: 'No.' });
    element.id = 'added';
    element.setAttribute('autoplay', 'false');
    document.body.append(element);
  });
  await page.waitForTimeout(500);
  expect(await stateOf(page.locator('#added'))).toBe('idle');
  expect(emulator.ledger.length).toBe(before);
  // Turned on later, it speaks.
  await page.locator('#added').evaluate((it: SpokenElement) => (it.autoplay = true));
  await expectState(page.locator('#added'), 'ended');
  expect(emulator.ledger.length).toBe(before + 1);
});
