import { expect, test } from './emulated-page.ts';

/** What pages do, one line each: what is called, and through which misbehaving account. */
const journeys: readonly (readonly [what: keyof typeof calls, scenario?: string])[] = [
  ['audixa-stream'],
  ['audixa-stream', 'close-1003'],
  ['audixa-stream', 'close-1008'],
  ['audixa-stream', 'close-1011-midway~lost'],
  ['audixa-stream', 'drop-midway'],
  ['audixa-stream', 'http-401'],
  ['audixa-stream', 'wrong-key-at-handshake'],
  ['audixa-stream', 'mp3-in-stream'],
  ['audixa-voices'],
  ['audixa-voices', 'http-401'],
  ['audixa-voices', 'http-429'],
  ['audixa-voices', 'http-500'],
  ['audixa-history'],
  ['audixa-generate'],
  ['audixa-generate', 'http-402'],
  ['audixa-generate', 'http-403'],
  ['sauti-stream'],
  ['sauti-stream', 'http-401'],
  ['sauti-stream', 'http-422'],
  ['sauti-stream', 'http-500'],
  ['sauti-voices'],
  ['sauti-voices', 'http-403'],
  ['sauti-job'],
  ['sauti-job', 'http-404'],
  ['moknah-stream'],
  ['moknah-stream', 'http-401'],
  ['moknah-stream', 'http-402'],
  ['moknah-stream', 'http-409'],
  ['moknah-generate'],
  ['moknah-generate', 'http-500'],
  ['moknah-voices'],
  ['moknah-voices', 'http-401'],
];

type Saystream = typeof import('saystream');

/** Each runs in the page, alone: nothing around it is there. What it throws is an ending like any other. */
const calls = {
  'audixa-stream': ({ createAudixa }: Saystream, relay: string) =>
    createAudixa({ relay, timeouts: { firstAudioMs: 3_000 } }).stream({ text: 'Habari.', voiceId: 'am_ethan' }).outcome,
  'audixa-voices': ({ createAudixa }: Saystream, relay: string) =>
    createAudixa({ relay, retry: { tries: 1 } })
      .voices()
      [Symbol.asyncIterator]()
      .next(),
  'audixa-history': ({ createAudixa }: Saystream, relay: string) =>
    createAudixa({ relay }).history()[Symbol.asyncIterator]().next(),
  'audixa-generate': ({ createAudixa }: Saystream, relay: string) =>
    createAudixa({ relay }).generate({ text: 'Habari.', voiceId: 'am_ethan' }),
  'sauti-stream': ({ createSauti }: Saystream, relay: string) =>
    createSauti({ relay, retry: { tries: 1 } }).stream({ text: 'Habari.', voiceId: 'sauti-swahili-v1' }).outcome,
  'sauti-voices': ({ createSauti }: Saystream, relay: string) =>
    createSauti({ relay, retry: { tries: 1 } })
      .voices()
      [Symbol.asyncIterator]()
      .next(),
  'sauti-job': ({ createSauti }: Saystream, relay: string) =>
    createSauti({ relay, retry: { tries: 1 } }).submitJob({ text: 'Habari.', voiceId: 'sauti-swahili-v1' }),
  'moknah-stream': ({ createMoknah }: Saystream, relay: string) =>
    createMoknah({ relay, retry: { tries: 1 } }).stream({ text: 'مرحبا بكم', voiceId: 7 }).outcome,
  'moknah-generate': ({ createMoknah }: Saystream, relay: string) =>
    createMoknah({ relay, retry: { tries: 1 } }).generate({ text: 'مرحبا بكم', voiceId: 7 }),
  'moknah-voices': ({ createMoknah }: Saystream, relay: string) =>
    createMoknah({ relay, retry: { tries: 1 } })
      .voices()
      [Symbol.asyncIterator]()
      .next(),
} as const;

test(`no vendor key is in anything that ${journeys.length} journeys show to a page`, async ({
  page,
  site,
  relays,
  emulator,
  keyWatch,
}) => {
  test.setTimeout(180_000);
  await page.goto(`${site}/script-tag.html`);
  const worked: string[] = [];
  for (const [what, scenario] of journeys) {
    const relay = relays.open(scenario, { limits: { connectsPerIpPerMinute: 1_000, queueWaitMs: 2_000 } });
    const result = await page
      .evaluate<{ verdict?: string } | undefined>(`(${String(calls[what])})(saystream, ${JSON.stringify(relay)})`)
      .catch((thrown: Error) => ({ verdict: thrown.message }));
    // What a page could keep, it keeps.
    await page.evaluate((kept) => localStorage.setItem(kept.relay, JSON.stringify(kept)), { relay, result });
    const ending = result?.verdict ?? 'completed';
    if (ending === 'completed') worked.push(what);
    else expect([what, ending, scenario]).toEqual([what, ending, expect.any(String)]);
  }
  // Every call works where nothing misbehaves: a journey that fails at its first step would leak nothing either.
  expect(new Set(worked)).toEqual(new Set(Object.keys(calls)));
  expect(emulator.ledger.length).toBeGreaterThan(5);

  await keyWatch.finish();
  const { requests, responses, frames, sockets, sent, lines } = keyWatch.looks;
  expect(requests).toBeGreaterThan(60);
  expect(responses).toBeGreaterThan(60);
  expect(sockets).toBeGreaterThanOrEqual(8);
  expect(frames).toBeGreaterThan(20);
  expect(sent).toBeGreaterThan(responses + frames);
  expect(lines).toBeGreaterThan(journeys.length);
  expect(keyWatch.leaks).toEqual([]);
});

test('the watch for keys sees one wherever it is', async ({ browser, server, site, emulator }) => {
  const { watchForKeys } = await import('./watch-for-keys.ts');
  const context = await browser.newContext();
  const watch = watchForKeys(context);
  server.onSent = (text) => watch.see('sent', text);
  const page = await context.newPage();
  await page.goto(`${site}/script-tag.html`);
  await page.evaluate(
    async ({ url, key }) => {
      await fetch(`${url}/script-tag.html?key=${key}`);
      // The site sends it back as a header.
      await fetch(`${url}/script-tag.html?policy=${key}`);
      await (await caches.open('kept')).put('/kept', new Response('nothing'));
      await fetch(`${url}/script-tag.html`, { headers: { 'x-api-key': key } });
      await fetch(`${url}/script-tag.html`, { method: 'POST', body: key });
      new WebSocket(`${url.replace('http', 'ws')}/?api_key=${key}`).onerror = () => undefined;
      localStorage.setItem('kept', key);
      console.log(key);
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    { url: site, key: emulator.scenario('close-1008') },
  );
  watch.see('lines', JSON.stringify({ type: 'request', code: emulator.scenario('close-1008') }));
  await watch.finish();
  const where = watch.leaks.map((leak) => leak.split(':')[0]);
  expect(where).toEqual(
    expect.arrayContaining(['request', 'request headers', 'request body', 'socket address', 'page', 'console', 'sent', 'lines']),
  );
  await context.close();
});
