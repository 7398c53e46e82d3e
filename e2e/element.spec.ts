import {
  arabic,
  axeFinds,
  button,
  caption,
  expectState,
  first,
  openElements,
  stateOf,
  status,
  type SpokenElement,
} from './element-page.ts';
import { expect, test } from './emulated-page.ts';

const heard = (it: SpokenElement): number => it.currentTime;

test('by keyboard alone a text is heard, held and heard to its end', async ({ page, site, relays }) => {
  const complaints = await openElements(page, site, relays, { text: 'Hello from a web page. It ends here.' });
  await expect(status(page)).toHaveText('Listen to this text');
  await page.keyboard.press('Tab');
  await expect(button(page)).toBeFocused();
  await expect(button(page)).toHaveAccessibleName('Play');
  await page.keyboard.press('Space');
  await expectState(first(page), 'playing');
  await expect(button(page)).toHaveAccessibleName('Pause');
  await expect(caption(page)).toHaveText('≈ Hello from a web page.');
  await page.keyboard.press('Enter');
  await expectState(first(page), 'paused');
  const held = await first(page).evaluate(heard);
  await page.waitForTimeout(300);
  expect(await first(page).evaluate(heard)).toBeCloseTo(held, 1);
  await page.keyboard.press('Enter');
  await expect(caption(page)).toHaveText('≈ It ends here.', { timeout: 15_000 });
  await expectState(first(page), 'ended');
  await expect(status(page)).toHaveText('Listen to this text');
  await expect(first(page).locator('[part=time]')).toHaveText(/^0:0[1-9] \/ 0:0[1-9]$/);
  const states = await first(page).evaluate((it: SpokenElement) => it.states);
  expect(states[0]).toBe('waiting');
  expect(states.at(-1)).toBe('ended');
  expect(states.filter((state) => state === 'paused')).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('what was heard to its end is not paid for again, until the text is another', async ({ page, site, relays, emulator }) => {
  const complaints = await openElements(page, site, relays, { text: 'Once.' });
  const paid = () => emulator.ledger.length;
  const before = paid();
  const speak = () => first(page).evaluate(async (it: SpokenElement) => (await it.play()).verdict);
  expect(await speak()).toBe('completed');
  const { heardMs } = await first(page).evaluate((it: SpokenElement) => it.play());
  expect(heardMs).toBeCloseTo(1000 * (await first(page).evaluate((it: SpokenElement) => it.duration)), 0);
  expect(paid() - before).toBe(1);
  await first(page).evaluate((it) => (it.textContent = 'Twice.'));
  expect(await speak()).toBe('completed');
  expect(paid() - before).toBe(2);
  expect(complaints).toEqual([]);
});

test('one speaks at a time: another element of the page pauses the first, another tab pauses that', async ({
  page,
  site,
  relays,
  context,
}) => {
  const complaints = await openElements(page, site, relays);
  const second = page.locator('#second');
  await button(page).click();
  await expectState(first(page), 'playing');
  await second.getByRole('button').click();
  await expectState(second, 'playing');
  expect(await stateOf(first(page))).toBe('paused');
  const tab = await context.newPage();
  const others = await openElements(tab, site, relays);
  await button(tab).click();
  await expectState(first(tab), 'playing');
  await expectState(second, 'paused');
  await button(page).click();
  await expectState(first(tab), 'paused');
  expect({ complaints, others }).toEqual({ complaints: [], others: [] });
});

for (const [vendor, voice, speed] of [
  ['audixa', 'am_ethan', '1.1'],
  ['sauti', 'sauti-swahili-v1', '1.2'],
  ['moknah', '1', '0.9'],
] as const) {
  test(`it speaks through ${vendor}`, async ({ page, site, relays, emulator }) => {
    const complaints = await openElements(page, site, relays, { text: 'Hello there.' });
    const report = await first(page).evaluate(
      (it: SpokenElement, attributes) => {
        for (const [name, value] of Object.entries(attributes)) it.setAttribute(name, value);
        return it.play().then(({ verdict, error }) => ({ verdict, error: error?.message }));
      },
      { vendor, voice, speed },
    );
    expect(report).toEqual({ verdict: 'completed', error: undefined });
    expect(emulator.ledger.at(-1)).toMatchObject({ vendor, text: 'Hello there.' });
    expect(complaints).toEqual([]);
  });
}

test('a busy page does not break its sound: a worker holds the socket, and what it brought can be heard again', async ({
  page,
  site,
  relays,
  emulator,
}) => {
  const complaints = await openElements(page, site, relays, {
    scenario: 'pace-1.5',
    text: 'The ferry leaves at seven in the morning, and the sea is calm.',
  });
  const paid = emulator.ledger.length;
  const reports = await first(page).evaluate(async (it: SpokenElement) => {
    it.addEventListener('statechange', () => {
      const until = it.state === 'playing' ? performance.now() + 500 : 0;
      while (performance.now() < until);
    });
    const told = [await it.play(), await it.play()];
    return told.map(({ verdict, underruns, heardMs }) => ({ verdict, underruns, heardMs: Math.round(heardMs) }));
  });
  expect(reports[0]).toMatchObject({ verdict: 'completed', underruns: 0 });
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[0]!.heardMs).toBeGreaterThan(3000);
  expect(emulator.ledger.length - paid).toBe(1);
  expect(complaints).toEqual([]);
});

test('a page can give it a voice of its own client', async ({ page, site, relays, emulator }) => {
  const complaints = await openElements(page, site, relays, { text: 'From my own client.' });
  const verdict = await first(page).evaluate((it: SpokenElement) => {
    const { createAudixa } = (globalThis as never as { saystream: typeof import('saystream') }).saystream;
    it.speaker = createAudixa({ relay: it.getAttribute('relay') ?? '' }).voice('am_ethan');
    it.removeAttribute('relay');
    return it.play().then((report) => report.verdict);
  });
  expect(verdict).toBe('completed');
  expect(emulator.ledger.at(-1)?.text).toBe('From my own client.');
  expect(complaints).toEqual([]);
});

test('an element that is taken away while it speaks leaves nothing', async ({ page, site, relays }) => {
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
  const complaints = await openElements(page, site, relays);
  await button(page).click();
  await expectState(first(page), 'playing');
  await expect(caption(page)).not.toBeEmpty();
  const left = () =>
    page.evaluate(async () => ({
      open: (globalThis as never as { contexts: AudioContext[] }).contexts.filter(({ state }) => state !== 'closed').length,
      locks: (await navigator.locks.query()).held?.length,
      title: navigator.mediaSession.metadata?.title,
      marks: CSS.highlights.size,
    }));
  expect(await left()).toEqual({ open: 1, locks: 1, title: expect.stringMatching(/^The ferry/) as unknown, marks: 1 });
  await first(page).evaluate((it) => it.remove());
  await expect.poll(left).toEqual({ open: 0, locks: 0, title: undefined, marks: 0 });
  expect(complaints).toEqual([]);
});

test('the waveform shows what was heard in another colour than what has only arrived', async ({ page, site, relays }) => {
  await openElements(page, site, relays, { scheme: 'light' });
  await button(page).click();
  const [arrived, heardBars] = [0, 1].map((at) => first(page).locator('[part=waveform] path').nth(at));
  await expect(heardBars!).toHaveAttribute('d', /M.+M/);
  await expect(arrived!).toHaveAttribute('d', /V1\.[1-9]/);
  const colours = await Promise.all([arrived!, heardBars!].map((path) => path.evaluate((it) => getComputedStyle(it).stroke)));
  expect(colours[1]).toBe('rgb(10, 104, 69)');
  expect(colours[0]).not.toBe(colours[1]);
});

test('an element that is moved goes on', async ({ page, site, relays }) => {
  const complaints = await openElements(page, site, relays);
  await button(page).click();
  await expectState(first(page), 'playing');
  await first(page).evaluate((it) => document.body.append(it));
  await page.waitForTimeout(300);
  expect(await stateOf(first(page))).toBe('playing');
  expect(complaints).toEqual([]);
});

test('autoplay asks the browser before the vendor', async ({ page, site, relays, emulator }) => {
  await openElements(page, site, relays);
  const before = emulator.ledger.length;
  const add = (text: string) =>
    page.evaluate((said) => {
      const element = document.createElement('say-stream');
      element.id = 'added';
      element.setAttribute('autoplay', '');
      element.textContent = said;
      element.setAttribute('relay', new URLSearchParams(location.search).get('relay') ?? '');
      element.setAttribute('voice', 'am_ethan');
      document.body.append(element);
    }, text);
  await add('By itself.');
  await expectState(page.locator('#added'), 'ended');
  expect(emulator.ledger.length - before).toBe(1);
  // Playwright's own calls count as gestures: a page that nobody touches makes the element itself.
  await page.addInitScript(() => {
    addEventListener('load', () => {
      document.querySelector('#second')?.remove();
      const element = document.querySelector('#first');
      element?.setAttribute('autoplay', '');
      if (element) document.body.append(element);
      setTimeout(() => console.log(`state ${(element as HTMLElement & { state?: string }).state}`), 2500);
    });
  });
  const said = page.waitForEvent('console', (message) => message.text().startsWith('state'));
  await page.reload();
  expect((await said).text()).toBe('state idle');
  expect(emulator.ledger.length - before).toBe(1);
});

test('without script the text is read as it stands', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site}/strict/element.html`);
  await expect(page.getByText('It crosses the strait in forty minutes')).toBeVisible();
  await context.close();
});

for (const [look, how, media] of [
  ['light', { scheme: 'light' }, {}],
  ['dark', { scheme: 'dark' }, { colorScheme: 'dark' }],
  ['Arabic', { text: arabic, lang: 'ar', dir: 'rtl' }, { reducedMotion: 'reduce' }],
  ['forced colours', {}, { forcedColors: 'active' }],
] as const) {
  test(`axe finds nothing in any state: ${look}`, async ({ page, site, relays }) => {
    await page.emulateMedia(media);
    const complaints = await openElements(page, site, relays, how);
    expect(await axeFinds(page)).toEqual([]);
    await button(page).click();
    await expectState(first(page), 'playing');
    await expect(caption(page)).not.toBeEmpty();
    expect(await axeFinds(page)).toEqual([]);
    await button(page).click();
    await expectState(first(page), 'paused');
    expect(await axeFinds(page)).toEqual([]);
    await first(page).evaluate((it: SpokenElement) => it.stop());
    await expectState(first(page), 'stopped');
    expect(await axeFinds(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

test('while it waits it says so, moves only for those who like motion, and axe finds nothing', async ({ page, site, relays }) => {
  await openElements(page, site, relays, { scenario: 'handshake-stall' });
  await button(page).click();
  await expect(status(page)).toHaveText('Loading…');
  const moves = () => button(page).evaluate((it) => getComputedStyle(it).animationName);
  expect(await moves()).toBe('wait');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moves()).toBe('none');
  expect(await axeFinds(page)).toEqual([]);
});

test('an Arabic sentence runs from right to left, the controls as everywhere', async ({ page, site, relays }) => {
  const complaints = await openElements(page, site, relays, { text: arabic, lang: 'ar', dir: 'rtl' });
  await first(page).evaluate((it) => it.setAttribute('label-pause', 'إيقاف مؤقت'));
  await button(page).click();
  await expect(caption(page)).toContainText('تغادر العبّارة في السابعة صباحًا.');
  await expect(button(page)).toHaveAccessibleName('إيقاف مؤقت');
  expect(await caption(page).evaluate((it) => getComputedStyle(it).direction)).toBe('rtl');
  const [left, right] = await Promise.all([button(page).boundingBox(), first(page).locator('[part=time]').boundingBox()]);
  expect(left!.x).toBeLessThan(right!.x);
  expect(complaints).toEqual([]);
});

for (const width of [320, 390]) {
  test(`the element is no wider than a phone of ${width} px, whatever it shows`, async ({ page, site, relays }) => {
    await page.setViewportSize({ width, height: 700 });
    await openElements(page, site, relays, { text: `${'W'.repeat(60)}. And more.` });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    // The page's own text is its own matter.
    await page.addStyleTag({ url: '/strict/element.css' });
    await first(page).evaluate((it) => (it.style.overflowWrap = 'anywhere'));
    expect(await overflow()).toBeLessThanOrEqual(0);
    await button(page).click();
    await expect(caption(page)).toContainText('WWW');
    expect(await overflow()).toBeLessThanOrEqual(0);
    const { width: wide } = (await button(page).boundingBox())!;
    expect(wide).toBeGreaterThanOrEqual(44);
  });
}
