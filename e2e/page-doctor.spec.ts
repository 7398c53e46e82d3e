import type { Page } from '@playwright/test';
import type { DiagnoseOptions, Finding } from 'saystream/doctor';

import { answeringRelay, type RelayAnswer } from './answering-relay.ts';
import { expect, test } from './emulated-page.ts';

const examine = (page: Page, options: DiagnoseOptions = {}): Promise<Finding[]> =>
  page.evaluate(
    (given) => (globalThis as never as { saystream: { diagnose(given: object): Promise<Finding[]> } }).saystream.diagnose(given),
    options,
  );

/** What is wrong; autoplay is not, because Playwright's calls count as gestures. */
const wrong = (findings: readonly Finding[]): Finding[] => findings.filter(({ verdict }) => verdict !== 'ok');

const open = (page: Page, site: string, policy = ''): Promise<unknown> =>
  page.goto(`${site}/doctor.html?${new URLSearchParams({ policy })}`);

async function withRelay<T>(answer: RelayAnswer, work: (url: string) => Promise<T>): Promise<T> {
  const relay = await answeringRelay(answer);
  return work(relay.url).finally(() => relay.close());
}

test('a healthy page has nothing to change', async ({ page, site }) => {
  await open(page, site);
  await page.click('#gesture');
  await withRelay({ status: 204, origin: site }, async (relay) => {
    const findings = await examine(page, { relay });
    const checks = ['secure-context', 'worklet', 'worker', 'autoplay', 'sample-rate', 'codecs', 'relay', 'socket'];
    expect(findings.map(({ check }) => check)).toEqual(checks);
    expect(findings.map(({ verdict }) => verdict)).toEqual(checks.map(() => 'ok'));
    expect(findings.map(({ fix }) => fix)).toEqual(checks.map(() => ''));
  });
});

test('before the first click, the page is told to wait for one', async ({ page, site }) => {
  // Playwright's own calls count as gestures, so the page examines itself, and says what it found on the console.
  await page.addInitScript(() => {
    const scope = globalThis as never as { saystream: { diagnose(): Promise<Finding[]> } };
    addEventListener('load', () => void scope.saystream.diagnose().then((found) => console.log(JSON.stringify(found))));
  });
  const said = page.waitForEvent('console', (message) => message.text().startsWith('['));
  await open(page, site);
  const findings = JSON.parse((await said).text()) as Finding[];
  expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([
    {
      check: 'autoplay',
      verdict: 'warning',
      found: 'The page may not sound before the listener clicks, taps or presses a key.',
      fix: 'Call play() or unlock() in a handler of click, pointerup or keydown.',
    },
  ]);
});

test('under the policy that the documentation asks for, nothing is refused while looking', async ({ page, site }) => {
  const refused: string[] = [];
  page.on('console', (message) => message.text().includes('Content Security Policy') && refused.push(message.text()));
  await withRelay({ status: 204, origin: site }, async (relay) => {
    const { origin, host } = new URL(relay);
    const policy = `default-src 'none'; script-src 'self'; connect-src ${origin} ws://${host}; media-src 'self'; style-src 'self'`;
    await open(page, site, policy);
    expect(wrong(await examine(page, { relay }))).toEqual([]);
  });
  expect(refused).toEqual([]);
});

test('a policy that refuses the worklet is named, with the directive as it should be', async ({ page, site }) => {
  const scripts = `script-src ${site}/dist/saystream.global.js ${site}/dist/saystream.doctor.js`;
  await open(page, site, `${scripts}; worker-src 'self'`);
  const [finding, ...others] = wrong(await examine(page));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ check: 'worklet', verdict: 'broken' });
  expect(finding?.found).toContain('script-src');
  expect(finding?.fix).toBe(`Change the Content-Security-Policy header to: ${scripts} 'self'`);
});

test('a worklet that is refused as a file and allowed as a blob is a warning', async ({ page, site }) => {
  const scripts = `script-src ${site}/dist/saystream.global.js ${site}/dist/saystream.doctor.js blob:`;
  await open(page, site, `${scripts}; worker-src 'self'`);
  expect(wrong(await examine(page))).toMatchObject([
    { check: 'worklet', verdict: 'warning', fix: `Change the Content-Security-Policy header to: ${scripts} 'self'` },
  ]);
});

test('a worklet that is not there is told apart from one that is refused', async ({ page, site }) => {
  await open(page, site);
  const missing = { workletUrl: '/nowhere/pcm-worklet.js' };
  expect(wrong(await examine(page, missing)).find(({ check }) => check === 'worklet')).toMatchObject({
    verdict: 'warning',
    found: `${site}/nowhere/pcm-worklet.js is not there, or is no JavaScript; a blob is used instead.`,
  });
  await open(page, site, "script-src 'self'");
  expect(wrong(await examine(page, missing)).find(({ check }) => check === 'worklet')).toMatchObject({
    verdict: 'broken',
    found: `${site}/nowhere/pcm-worklet.js is not there, or is no JavaScript, and a blob is refused as well.`,
    fix: 'Serve pcm-worklet.js there, as text/javascript, or pass its address as workletUrl.',
  });
});

test('a policy without workers is a warning', async ({ page, site }) => {
  await open(page, site, "script-src 'self'; worker-src 'none'");
  expect(wrong(await examine(page))).toMatchObject([
    { check: 'worker', verdict: 'warning', fix: "Change the Content-Security-Policy header to: worker-src 'self'" },
  ]);
});

test('a worker that is not there, or of another origin, is a warning that says where it belongs', async ({ page, site }) => {
  await open(page, site, "script-src 'self'");
  const fix = 'Serve socket-worker.js from the origin of the page, as text/javascript, and pass its address as workerUrl.';
  const without = 'without a worker, a page that is busy interrupts the sound';
  const apart = site.replace('127.0.0.1', 'localhost');
  for (const [workerUrl, problem] of [
    [`${site}/nowhere/socket-worker.js`, 'is not there, or is no JavaScript'],
    [`${site}/doctor.html`, 'is not there, or is no JavaScript'],
    [`${apart}/dist/socket-worker.js`, 'is of another origin'],
  ]) {
    const [finding, ...others] = wrong(await examine(page, { workerUrl: workerUrl! }));
    expect(others).toEqual([]);
    expect(finding).toEqual({ check: 'worker', verdict: 'warning', found: `${workerUrl} ${problem}: ${without}.`, fix });
  }
});

test('where the page requires trusted types, the fix is a policy that lets the worker through, and it does', async ({
  page,
  site,
}) => {
  await open(page, site, "script-src 'self'; require-trusted-types-for 'script'");
  const [finding, ...others] = wrong(await examine(page));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    check: 'worker',
    verdict: 'warning',
    found: expect.stringContaining('require-trusted-types-for'),
  });
  const [, statement] = /^Before it is used: (.+)$/.exec(finding!.fix)!;
  await page.addInitScript(statement!);
  await page.reload();
  expect(wrong(await examine(page))).toEqual([]);
});

test('a relay of http: in a page of https: is told to be served over https', async ({ page, site }) => {
  await page.route('https://secure.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${site}${pathname}` }) });
  });
  await page.goto('https://secure.example/doctor.html');
  const findings = await examine(page, { relay: 'http://relay.example/speech' });
  expect(findings.find(({ check }) => check === 'relay')).toEqual({
    check: 'relay',
    verdict: 'broken',
    found: 'http://relay.example/speech/diagnose is http: in a page of https:, which browsers refuse.',
    fix: 'Serve the relay over https, at https://relay.example.',
  });
});

test('a page without a secure context is told to be served over https', async ({ page, site }) => {
  await page.route('http://insecure.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${site}${pathname}` }) });
  });
  await page.goto('http://insecure.example/doctor.html');
  const findings = wrong(await examine(page));
  expect(findings.map(({ check }) => check)).toEqual(['secure-context', 'worklet', 'codecs']);
  expect(findings[0]?.fix).toBe('Serve the page from https://insecure.example, or open it from http://localhost.');
});

for (const [status, title, verdict, fix] of [
  [401, 'not_authorized', 'broken', 'Sign in'],
  [403, 'wrong_origin', 'broken', 'Add '],
  [404, 'no_such_route', 'broken', 'Mount createRelay()'],
  [429, 'too_many_streams', 'warning', 'Wait'],
  [503, 'store_down', 'warning', 'Start the relay’s store'],
  [200, 'a home page', 'broken', 'Correct the address'],
] as const) {
  test(`a relay that answers ${status} is ${verdict}, with its own words`, async ({ page, site }) => {
    await open(page, site);
    await withRelay({ status, origin: site, problem: { title } }, async (relay) => {
      const [finding, ...others] = wrong(await examine(page, { relay }));
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ check: 'relay', verdict });
      expect(finding?.found).toContain(`answers ${status} (${title})`);
      expect(finding?.fix).toContain(fix);
    });
  });
}

test('a relay that does not let the origin read is told apart from one that is not there', async ({ page, site }) => {
  await open(page, site);
  const gone = await withRelay({ status: 204 }, async (relay) => {
    expect(wrong(await examine(page, { relay }))).toEqual([
      {
        check: 'relay',
        verdict: 'broken',
        found: `${relay}/diagnose answers, but does not let this origin read the answer (CORS).`,
        fix: `Add '${site}' to the origins of the relay, so that it answers with Access-Control-Allow-Origin: ${site} and Access-Control-Allow-Credentials: true.`,
      },
    ]);
    return relay;
  });
  expect(wrong(await examine(page, { relay: gone }))).toMatchObject([
    { check: 'relay', verdict: 'broken', found: `${gone}/diagnose cannot be reached.` },
    { check: 'socket', verdict: 'broken' },
  ]);
});

test('a relay that the policy refuses is named with the directive as it should be', async ({ page, site }) => {
  const relayIs = { status: 204, origin: site };
  await open(page, site, "default-src 'self'");
  await withRelay(relayIs, async (relay) => {
    // A worker from a file is not under the page's connect-src, so the player's socket would open.
    const fix = `Change the Content-Security-Policy header to: connect-src 'self' ${new URL(relay).origin}`;
    expect(wrong(await examine(page, { relay }))).toMatchObject([{ check: 'relay', fix }]);
  });
  await open(page, site, "default-src 'self'; worker-src 'none'");
  await withRelay(relayIs, async (relay) => {
    const { origin, host } = new URL(relay);
    expect(wrong(await examine(page, { relay }))).toMatchObject([
      { check: 'worker' },
      { check: 'relay', fix: `Change the Content-Security-Policy header to: connect-src 'self' ${origin}` },
      { check: 'socket', fix: `Change the Content-Security-Policy header to: connect-src 'self' ws://${host}` },
    ]);
  });
});

test('a relay behind a proxy without sockets is found by its socket', async ({ page, site }) => {
  await open(page, site);
  await withRelay({ status: 204, origin: site, accepts: false }, async (relay) => {
    const [finding, ...others] = wrong(await examine(page, { relay }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: 'socket', verdict: 'broken' });
    expect(finding?.fix).toContain('upgrade');
  });
});

test('the real relay lets a healthy page in, and its refusal of a stranger is told in its own words', async ({
  page,
  site,
  relays,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => message.text().includes('Content Security Policy') && refused.push(message.text()));
  await open(page, site, "default-src 'none'; script-src 'self'; connect-src 'self'; media-src 'self'; style-src 'self'");
  expect(wrong(await examine(page, { relay: relays.open() }))).toEqual([]);
  const closed = relays.open('', { authorize: () => null });
  const [finding, ...others] = wrong(await examine(page, { relay: closed }));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ check: 'relay', verdict: 'broken' });
  expect(finding?.found).toContain('answers 401 (');
  expect(finding?.fix).toContain('authorize()');
  expect(refused).toEqual([]);
});
