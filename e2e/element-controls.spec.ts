import type { Page } from '@playwright/test';

import { button, caption, expectState, first, openElements, stateOf, status, type SpokenElement } from './element-page.ts';
import { expect, test } from './emulated-page.ts';
import type { TestRelays } from './serve-relays.ts';

const position = (page: Page) => first(page).getByRole('slider');
const time = (page: Page) => first(page).locator('[part=time]');

/** A page that nobody has touched, whose element was told to play by a script: Playwright's own calls would count as gestures. */
async function openBlocked(page: Page, site: string, relays: TestRelays): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('load', () => {
      const element = document.querySelector('say-stream')!;
      void customElements.whenDefined('say-stream').then(() => {
        void element.play();
        setTimeout(() => console.log(`said ${element.shadowRoot?.querySelector('[role=status]')?.textContent}`), 1200);
      });
    });
  });
  const said = page.waitForEvent('console', (message) => message.text().startsWith('said'));
  // Not by openElements: it evaluates in the page, which lets the page sound.
  await page.goto(`${site}/strict/element.html?${new URLSearchParams({ relay: relays.open('burst') })}`);
  expect((await said).text()).toBe('said Click to hear it');
}

for (const [how, press] of [
  ['a click that takes its time', (page: Page) => button(page).click({ delay: 150 })],
  ['the space bar', (page: Page) => button(page).press('Space', { delay: 150 })],
  ['the enter key', (page: Page) => button(page).press('Enter')],
  ['a tap', (page: Page) => button(page).tap()],
  [
    'a press by a screen reader, which is a click and nothing before it',
    (page: Page) => button(page).evaluate((it) => (it as HTMLElement).click()),
  ],
] as const) {
  test(`what the page was not allowed to play is played by ${how}, and not held`, async ({ browser, site, relays }) => {
    const context = await browser.newContext({ hasTouch: true });
    const page = await context.newPage();
    await openBlocked(page, site, relays);
    await expect(button(page)).toHaveAccessibleName('Play');
    await press(page);
    await expectState(first(page), 'playing');
    await page.waitForTimeout(300);
    expect(await stateOf(first(page))).toBe('playing');
    await button(page).click();
    await expectState(first(page), 'paused');
    await context.close();
  });
}

test('the position can be moved while it is held, by pointer and by key, and is shown at once', async ({
  page,
  site,
  relays,
}) => {
  await openElements(page, site, relays, { scenario: 'burst' });
  await button(page).click();
  await expect(time(page)).toHaveText(/ \/ 0:1/);
  await button(page).click();
  await expectState(first(page), 'paused');
  const { x, y, width, height } = (await position(page).boundingBox())!;
  await page.mouse.click(x + width * 0.7, y + height / 2);
  await expect(time(page)).toHaveText('0:07 / 0:10');
  await expect(caption(page)).toContainText('Whoever sits on the left side');
  await page.keyboard.press('ArrowRight');
  await expect(time(page)).toHaveText(/0:0[89] \/ 0:10/); // to whole seconds
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(time(page)).toHaveText('0:02 / 0:10');
  await button(page).click();
  await expectState(first(page), 'playing');
  expect(await first(page).evaluate((it: SpokenElement) => it.currentTime)).toBeLessThan(3.5);
  await first(page).evaluate((it: SpokenElement) => (it.currentTime = 10.5));
  await expectState(first(page), 'ended');
  await expect(time(page)).toHaveText('0:10 / 0:10');
});

test('whoever holds the position with the keyboard is still there when the speech has ended', async ({ page, site, relays }) => {
  await openElements(page, site, relays, { scenario: 'burst', text: 'Short.' });
  await button(page).click();
  await expectState(first(page), 'playing');
  await page.keyboard.press('Tab');
  await expect(position(page)).toBeFocused();
  await expectState(first(page), 'ended');
  await expect(position(page)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  expect(await first(page).evaluate((it: SpokenElement) => [it.state, it.currentTime === it.duration])).toEqual(['ended', true]);
  await page.keyboard.press('Shift+Tab');
  await expect(button(page)).toBeFocused();
});

test('sound that has run dry says that it is loading, and the sentence comes back with it', async ({ page, site, relays }) => {
  await openElements(page, site, relays, { scenario: 'stall-midway-3000' });
  await button(page).click();
  await expect(caption(page)).not.toBeEmpty();
  await expectState(first(page), 'buffering');
  await expect(status(page)).toHaveText('Loading…');
  expect(await button(page).evaluate((it) => getComputedStyle(it).animationName)).toBe('wait');
  await expect(caption(page)).not.toBeEmpty();
  await expect(status(page)).toBeEmpty();
  await expectState(first(page), 'ended');
});

test('the rate is the listener’s: it changes while it speaks, costs nothing, and times stay those of the speech', async ({
  page,
  site,
  relays,
  emulator,
}) => {
  await openElements(page, site, relays, { scenario: 'burst', text: 'The ferry leaves at seven in the morning.' });
  const paid = emulator.ledger.length;
  const took = (rate: string) =>
    first(page).evaluate(async (it: SpokenElement, given) => {
      it.setAttribute('rate', given);
      const from = performance.now();
      const { heardMs, verdict } = await it.play();
      return { verdict, heardMs: Math.round(heardMs), ms: performance.now() - from };
    }, rate);
  const usual = await took('1');
  const fast = await took('2');
  const beyond = await took('7'); // as far as it goes
  for (const each of [fast, beyond]) {
    expect(each).toMatchObject({ verdict: 'completed', heardMs: usual.heardMs });
    expect(each.ms).toBeLessThan(usual.ms * 0.75);
  }
  const changed = await first(page).evaluate(async (it: SpokenElement) => {
    it.removeAttribute('rate');
    const from = performance.now();
    const done = it.play();
    setTimeout(() => it.setAttribute('rate', '2'), 300);
    await done;
    return performance.now() - from;
  });
  expect(changed).toBeGreaterThan(fast.ms);
  expect(changed).toBeLessThan(usual.ms);
  expect(emulator.ledger.length - paid).toBe(1);
});

test('an element that has spoken by itself does not begin again, or keep anything open, when it is moved', async ({
  page,
  site,
  relays,
}) => {
  await page.addInitScript(() => {
    const contexts: AudioContext[] = [];
    const Original = AudioContext;
    globalThis.AudioContext = class extends Original {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    };
    Object.assign(globalThis, { contexts });
  });
  await openElements(page, site, relays, { scenario: 'burst', text: 'Hi.' });
  await button(page).click();
  await expectState(first(page), 'ended');
  await first(page).evaluate((it) => {
    it.setAttribute('autoplay', '');
    document.body.append(it);
  });
  await page.waitForTimeout(1500);
  const states = await page.evaluate(() =>
    (globalThis as never as { contexts: AudioContext[] }).contexts.map(({ state }) => state),
  );
  expect(states).toEqual(['closed']);
  expect(await stateOf(first(page))).toBe('ended');
});
