import { afterEach, expect, test, vi } from 'vitest';

import { bearer } from '../../tests/fake-parts.ts';
import { ask, pay, relayTo, speech, startVendor } from '../../tests/relay-under-test.ts';

afterEach(() => vi.restoreAllMocks());

const trueNowMs = (): number => performance.timeOrigin + performance.now();
const [path, body] = speech.audixa;
const { text, voice_id } = body as { text: string; voice_id: string };

interface Made {
  readonly generation_id: string;
  readonly status: string;
  readonly voice_id: string;
  readonly model: string;
  readonly created_at: string;
}

const job = (id: string, agoMs = 0): Made => ({
  generation_id: id,
  status: 'COMPLETED',
  voice_id,
  model: 'base',
  created_at: new Date(Math.floor((trueNowMs() - agoMs) / 1_000) * 1_000).toISOString(),
});

/** A vendor whose POST breaks, after it made these jobs; the history holds them newest first. */
async function startForgetfulVendor(make: () => readonly Made[]) {
  let made: readonly Made[] = [];
  return startVendor(({ method, url }, response) => {
    response.setHeader('date', new Date(trueNowMs()).toUTCString());
    if (method === 'POST') {
      made = make();
      return void response.destroy();
    }
    const { pathname, searchParams } = new URL(url!, 'http://vendor.test');
    if (pathname.endsWith('/history')) return void response.end(JSON.stringify({ history: made.toReversed() }));
    const found = made.find(({ generation_id: id }) => id === searchParams.get('generation_id'));
    response.end(JSON.stringify({ ...found, input_text: text }));
  });
}

test.each<[string, () => number]>([
  ['right', () => 0],
  ['1.5 s ahead', () => 1_500],
  ['60 s behind', () => -60_000],
  ['jumping by minutes', () => (Math.random() - 0.5) * 600_000],
])('a relay whose clock is %s finds the lost job, and takes no stranger’s', async (_, offsetMs) => {
  const own = await startForgetfulVendor(() => [job('gen_stranger', 5_000), job('gen_own')]);
  const strangers = await startForgetfulVendor(() => [job('gen_stranger', 5_000)]);
  const found = relayTo(own.url);
  const lost = relayTo(strangers.url);
  const dateNow = vi.spyOn(Date, 'now').mockImplementation(() => trueNowMs() + offsetMs());
  const [foundAnswer, lostAnswer] = [await pay(found, path, body), await pay(lost, path, body)];
  dateNow.mockRestore();
  expect([foundAnswer.status, await foundAnswer.json()]).toMatchObject([200, { generation_id: 'gen_own' }]);
  expect(lostAnswer.status).toBe(502);
});

test('a vendor that dribbles its history holds the look-up no longer than the idle limit, in all', async () => {
  const vendor = await startVendor(({ method }, response) => {
    if (method === 'POST') return void response.destroy();
    response.writeHead(200).write('{"history":[');
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  });
  const startMs = performance.now();
  expect((await pay(relayTo(vendor.url, { limits: { idleMs: 600 } }), path, body)).status).toBe(502);
  expect(performance.now() - startMs).toBeLessThan(2_500);
});

test.each([
  ['a full page of others’ jobs', () => Array.from({ length: 5_000 }, (_, at) => job(`gen_${at}`))],
  ['malformed entries', () => [null, 7, 'x', [], {}, { ...job('x'), generation_id: 'i'.repeat(9_999) }] as unknown as Made[]],
] as const)('a history with %s leads to few questions', async (_, make) => {
  const vendor = await startVendor(({ method, url }, response) => {
    if (method === 'POST') return void response.destroy();
    response.end(JSON.stringify(url!.includes('/history') ? { history: make() } : { input_text: 'Another text.' }));
  });
  expect((await pay(relayTo(vendor.url), path, body)).status).toBe(502);
  // The paid one, and two looks at a page and at most twenty texts.
  expect(vendor.asked.length).toBeLessThanOrEqual(1 + 2 * 21);
});

test('the user’s history of a vendor that repeats its page is shown once, and the look ends', async () => {
  const vendor = await startVendor(({ method }, response) => {
    if (method === 'POST') return void response.end('{"generation_id":"gen_7"}');
    response.end(JSON.stringify({ history: Array.from({ length: 100 }, (_, at) => job(`gen_${at}`)) }));
  });
  const context = relayTo(vendor.url);
  await pay(context, path, body);
  const answer = await ask(context, 'audixa/v3/history', { headers: { authorization: bearer({ vendor: 'audixa' }) } });
  expect(await answer.json()).toMatchObject({ length: 1, history: [{ generation_id: 'gen_7' }] });
  // The paid one, and ten pages at most.
  expect(vendor.asked).toHaveLength(11);
});
