import { expect, test } from './built-demo.ts';
import { choose, fact, headline, open, paste } from './error-explorer-page.ts';

for (const { vendor, listed, title, facts, says } of [
  {
    vendor: 'Audixa',
    listed: /^401 · /,
    title: 'The key was refused',
    facts: { kind: 'unauthorized', retryable: 'no', billed: 'no', status: '401' },
    says: 'parseAudixaError',
  },
  {
    vendor: 'SAUTI',
    listed: /^429 · /,
    title: 'Too many requests',
    facts: { kind: 'rate-limited', retryable: 'yes', status: '429' },
    says: 'parseSautiError',
  },
  {
    vendor: 'Moknah',
    listed: /^402 · The account has run out of credit$/,
    title: 'The account has run out of credit',
    facts: { kind: 'insufficient-credits', code: 'INSUFFICIENT_CREDITS', 'credits.required': /^\d/, 'credits.remaining': /^\d/ },
    says: 'parseMoknahError',
  },
  {
    vendor: 'Any server',
    listed: /^503 · The vendor is not available$/,
    title: 'The vendor is not available',
    facts: { kind: 'unavailable', billed: 'unknown' },
    says: 'parseProblemDetails',
  },
  {
    vendor: 'Audixa stream',
    listed: /^1011 · /,
    title: 'The vendor failed',
    facts: { kind: 'vendor-fault', 'close.code': '1011', 'close.phase': 'streaming', 'close.wasClean': 'yes' },
    says: 'explainAudixaClose',
  },
] as const) {
  test(`a documented failure is explained: ${vendor}`, async ({ page, demo }) => {
    const { complaints, requests } = await open(page, demo);
    await choose(page, vendor);
    const value = await page.locator('#listed option', { hasText: listed }).first().getAttribute('value');
    await page.selectOption('#listed', value);
    await expect(headline(page)).toHaveText(title);
    for (const [member, expected] of Object.entries(facts)) await expect(fact(page, member), member).toHaveText(expected);
    await expect(page.locator('#advice')).not.toBeEmpty();
    await expect(page.locator('#using')).toContainText(says);
    await expect(page.locator('#reproducing')).toContainText(says);
    expect(JSON.parse(await page.locator('#json').innerText())).toMatchObject({ name: 'SpeechError', kind: facts.kind });
    await expect(page.locator('#spoken')).toContainText(title);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });
}

test('every listed failure stays chosen and is explained', async ({ page, demo }) => {
  const { complaints } = await open(page, demo);
  for (const vendor of ['Audixa', 'Audixa stream', 'SAUTI', 'Moknah', 'Any server']) {
    await choose(page, vendor);
    const strayed = await page.evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>('#listed')!;
      const options = [...select.options].filter(({ value }) => value !== '');
      return options.flatMap(({ value, text }) => {
        select.value = value;
        select.dispatchEvent(new Event('input', { bubbles: true }));
        const told = document.querySelector('#headline')?.textContent ?? '-';
        return select.value === value && text.includes(told) ? [] : [`${text}: ${told}`];
      });
    });
    expect(strayed, vendor).toEqual([]);
    expect(await page.locator('#listed option').count(), vendor).toBeGreaterThan(10);
  }
  expect(complaints).toEqual([]);
});

test('a response pasted with curl’s talk is split, explained as of its date, and sent nowhere', async ({ page, demo }) => {
  const { complaints, requests } = await open(page, demo);
  await choose(page, 'Moknah');
  const pasted = [
    '$ curl -i https://api.example/v1/tts',
    '  % Total    % Received % Xferd  Average Speed',
    '100    96  100    60  100    36   1200    720 --:--:-- --:--:-- --:--:--  1920',
    'HTTP/1.1 100 Continue',
    '',
    'HTTP/2 429 ',
    'date: Wed, 05 Nov 2025 00:00:00 GMT',
    'RateLimit-Reset: 1762300830',
    'set-cookie: session=secret',
    '',
    '{"success": false, "error": {"code": "RATE_LIMIT_EXCEEDED", "message": "Slow down"}}',
  ].join('\r\n');
  await paste(page, '#whole', pasted);
  await expect(page.locator('#status')).toHaveValue('429');
  await expect(page.locator('#headers')).toHaveValue('date: Wed, 05 Nov 2025 00:00:00 GMT\nRateLimit-Reset: 1762300830');
  await expect(page.locator('#body')).toHaveValue(/^\{"success": false/);
  await expect(page.locator('#arrived-at')).toHaveValue('Wed, 05 Nov 2025 00:00:00 GMT');
  await expect(page.locator('#whole-note')).toContainText('Split into the fields below.');
  await expect(fact(page, 'kind')).toHaveText('rate-limited');
  await expect(fact(page, 'code')).toHaveText('RATE_LIMIT_EXCEEDED');
  await expect(fact(page, 'retryAfterMs')).toHaveText('30.0 s');
  await expect(page).toHaveURL(/#of=moknah&status=429/);
  expect(page.url()).not.toContain('secret');

  await page.locator('#status').fill('401');
  await expect(page.locator('#whole')).toHaveValue('');
  await expect(headline(page)).toHaveText('The key was refused');
  await page.locator('#whole').fill('no response at all');
  await expect(page.locator('#whole-note')).toContainText('no status line');
  await expect(headline(page)).toHaveText('The key was refused');
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
});

test('a close is explained by its code and its phase; after “completed” it is no failure', async ({ page, demo }) => {
  const { complaints, requests } = await open(page, demo);
  await choose(page, 'Audixa stream');
  await expect(page.locator('#answer-parts')).toBeHidden();
  await page.locator('#code').fill('1006');
  await expect(page.locator('#was-clean')).not.toBeChecked();
  await expect(fact(page, 'kind')).toHaveText('connection-lost');
  await page.selectOption('#phase', 'connecting');
  await expect(fact(page, 'kind')).toHaveText('unreachable');
  await expect(page.locator('#listed option:checked')).toHaveText(/^1006 · /);
  await page.locator('#code').fill('1008');
  await page.locator('#error-message').fill('Invalid API key');
  await expect(page.locator('#sentence')).toContainText('Invalid API key');
  await expect(fact(page, 'close.wasClean')).toHaveText('yes');
  await page.locator('#was-clean').uncheck();
  await expect(fact(page, 'close.wasClean')).toHaveText('no');
  await page.selectOption('#phase', 'completed');
  await expect(headline(page)).toHaveText('No failure');
  await expect(page.locator('#json-part')).toBeHidden();
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
});

test('the address holds the question: a reload, a copied link and another hash all show it', async ({ page, demo }) => {
  const { complaints } = await open(page, demo);
  await choose(page, 'SAUTI');
  await page.locator('#status').fill('422');
  await page.locator('#headers').fill('x-request-id: abc');
  const body = '{\n  "detail": "é & = + % # 日本 🎙",\n  "errors": [{"pointer": "#/text", "detail": "too long"}]\n}';
  await page.locator('#body').fill(body);
  await expect(page).toHaveURL(/body=/);
  const said = await page.locator('#sentence').innerText();

  await page.reload();
  await expect(page.getByRole('radio', { name: 'SAUTI' })).toBeChecked();
  await expect(page.locator('#body')).toHaveValue(body);
  await expect(page.locator('#sentence')).toHaveText(said);
  await expect(fact(page, 'requestId')).toHaveText('abc');

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('#status').fill('400');
  await page.click('#copy-link');
  await expect(page.locator('#link-note')).toContainText('Copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#of=sauti&status=400');

  await page.evaluate(() => (location.hash = '#of=audixa-stream&code=4429&phase=waiting&wasClean=true'));
  await expect(headline(page)).toHaveText('Too many requests');
  await page.goBack();
  await expect(page.locator('#status')).toHaveValue('400');
  await page.click('#start-over');
  await expect(headline(page)).toHaveText('Nothing to explain yet');
  await expect(page).toHaveURL(/errors#of=sauti$/);

  const other = await page.context().newPage();
  await other.goto(link);
  await expect(other.locator('#status')).toHaveValue('400');
  await expect(other.locator('#body')).toHaveValue(body);
  expect(complaints).toEqual([]);
});

test('hostile input is shown as text: from a link and from the clipboard', async ({ page, demo }) => {
  const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  const question = { of: 'audixa', status: '422', headers: `X-A: ${hostile}`, body: hostile };
  const { complaints, requests } = await open(page, demo, `#${new URLSearchParams(question)}`);
  await expect(headline(page)).toHaveText('The request was refused');
  for (const body of [
    JSON.stringify({ detail: hostile, generation_id: hostile }),
    JSON.stringify({ detail: [{ loc: ['body', hostile], msg: hostile, type: hostile }] }),
    `</code></pre>${hostile}`,
  ]) {
    await paste(page, '#body', body);
    await expect(page.locator('#reproducing')).toContainText('<img src=x onerror=alert(1)>');
  }
  await choose(page, 'Moknah');
  await paste(page, '#body', JSON.stringify({ error: { code: hostile, message: hostile } }));
  await expect(fact(page, 'code')).toHaveText(hostile);
  await choose(page, 'Audixa stream');
  await page.locator('#code').fill('1011');
  await page.locator('#reason').fill(hostile);
  await page.locator('#error-message').fill(hostile);
  await expect(fact(page, 'close.code')).toHaveText('1011');
  expect(await page.locator('img, script:not([src])').count()).toBe(0);
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
});

test('5 MB in any field are cut, and the page goes on at once', async ({ page, demo }) => {
  const { complaints, requests } = await open(page, demo);
  const megabytes = 5_000_000;
  await paste(page, '#body', '{"detail":"<'.repeat(megabytes / 12));
  await expect(page.locator('#body-note')).toContainText('65,536', { timeout: 20_000 });
  await expect(page.locator('#link-note')).toContainText('too long for a link');
  await expect(page.locator('#copy-link')).toBeDisabled();
  expect(page.url()).toMatch(/errors$/);
  const whole = `HTTP/1.1 500 Oops\n${'a: b\n'.repeat(1000)}\n${'[{"x":'.repeat(megabytes / 6)}`;
  await paste(page, '#whole', whole);
  await expect(page.locator('#whole-note')).toContainText('98,304', { timeout: 20_000 });
  await expect(headline(page)).toHaveText('The vendor failed');

  // How long the page is busy with one key in the longest body that there can be.
  const began = Date.now();
  await page.locator('#body').focus();
  await page.keyboard.press('Backspace');
  await page.locator('#status').fill('401');
  await expect(headline(page)).toHaveText('The key was refused');
  expect(Date.now() - began).toBeLessThan(5000);
  expect(await page.locator('#body').evaluate((field: HTMLTextAreaElement) => field.value.length)).toBeLessThanOrEqual(65_536);
  await page.click('#start-over');
  await expect(page.locator('#copy-link')).toBeEnabled();
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
});

test('everything can be done by keyboard', async ({ page, demo }) => {
  const { complaints } = await open(page, demo);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Speak' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Audixa', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'SAUTI' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.locator('#listed')).toBeFocused();
  await page.keyboard.type('401');
  await expect(headline(page)).toHaveText('The key was refused');
  for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab');
  await expect(page.locator('#arrived-at')).toBeFocused();
  await page.keyboard.type('never');
  await expect(page.locator('#arrived-at-note')).toBeVisible();
  const copy = page.locator('[data-copies="json"]');
  for (let tabs = 0; tabs < 12 && !(await copy.evaluate((button) => button === document.activeElement)); tabs++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.locator('#spoken')).toHaveText('Copied');
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toMatchObject({ kind: 'unauthorized' });
  expect(complaints).toEqual([]);
});

test('on a phone a line at the bottom says the answer and leads to it', async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await open(page, demo);
  const lead = page.locator('#to-verdict');
  await expect(lead).toBeHidden();
  await page.locator('#status').fill('429');
  await expect(lead).toHaveText('Too many requests');
  await lead.click();
  await expect(headline(page)).toBeInViewport();
  await expect(headline(page)).toBeFocused();
  await expect(lead).toBeHidden();
});

test('without its list the page explains what is pasted', async ({ page, demo }) => {
  await page.route('**/documented-failures.json', (route) => route.abort());
  await page.goto(`${demo}errors`);
  await expect(page.locator('#listed')).toBeDisabled();
  await page.locator('#status').fill('413');
  await expect(headline(page)).toHaveText('The text is too large');
});

test('both pages lead to each other', async ({ page, demo }) => {
  await page.goto(demo);
  await page.getByRole('link', { name: 'Explain a failure' }).click();
  await expect(page).toHaveURL(`${demo}errors`);
  await expect(headline(page)).toBeVisible();
  await page.getByRole('link', { name: 'Speak' }).click();
  await expect(page).toHaveURL(demo);
  await expect(page.locator('#speak')).toBeVisible();
});

for (const width of [360, 390, 768, 1280]) {
  test(`nothing of it is wider than a screen of ${width} px`, async ({ page, demo }) => {
    await page.setViewportSize({ width, height: 800 });
    const body = JSON.stringify({ detail: 'W'.repeat(900), generation_id: 'gen_'.repeat(60) });
    await open(
      page,
      demo,
      `#${new URLSearchParams({ of: 'audixa', status: '400', headers: `x-request-id: ${'q'.repeat(300)}`, body })}`,
    );
    await expect(headline(page)).toHaveText('The request was refused');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const instrument = page.locator('#explanation');
    expect(await instrument.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  });
}
