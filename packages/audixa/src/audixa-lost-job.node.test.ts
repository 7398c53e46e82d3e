import { afterEach, expect, test, vi } from 'vitest';

import { asWholeSeconds, startJobVendor, trueNowMs } from '../tests/job-vendor.ts';
import { createAudixa } from './index.ts';

afterEach(() => vi.restoreAllMocks());

const voiceId = 'am_ethan';
const text = 'Once, and paid once.';
const fast = { tries: 1, baseDelayMs: 5, maxDelayMs: 50 };
const job = (id: string, more: object = {}) => ({
  generation_id: id,
  status: 'COMPLETED',
  voice_id: voiceId,
  model: 'base',
  created_at: asWholeSeconds(trueNowMs()),
  ...more,
});

/** A vendor that accepts a job and loses its answer, beside a stranger's job of the same text that is `agoMs` older. */
async function startForgetfulVendor({ agoMs = 5_000, isAccepted = true, dateOf = asWholeSeconds } = {}) {
  const made: ReturnType<typeof job>[] = [];
  return startJobVendor(({ method, path }, query) => {
    if (method === 'POST') {
      made.push(job('gen_stranger', { created_at: dateOf(trueNowMs() - agoMs) }));
      if (isAccepted) made.push(job('gen_own', { created_at: dateOf(trueNowMs()) }));
      return 500;
    }
    if (path.endsWith('/history')) return { history: made.toReversed() };
    const found = made.find(({ generation_id: id }) => id === query.get('generation_id'));
    return found ? { ...found, input_text: text } : 404;
  });
}

/** Makes `Date.now` wrong by what `offsetMs` says; the vendor's clock stays right. */
function skewClock(offsetMs: () => number): void {
  vi.spyOn(Date, 'now').mockImplementation(() => trueNowMs() + offsetMs());
}

const clocks: readonly (readonly [string, () => number])[] = [
  ['right', () => 0],
  ['1.5 s ahead', () => 1_500],
  ['an hour ahead', () => 3_600_000],
  ['60 s behind', () => -60_000],
  ['a day behind', () => -86_400_000],
  ['jumping by minutes at every reading', () => (Math.random() - 0.5) * 600_000],
];

test.each(clocks)('with a clock that is %s the lost job is found, and a stranger’s is not taken', async (_, offsetMs) => {
  skewClock(offsetMs);
  const found = await startForgetfulVendor();
  const audixa = (baseUrl: string) => createAudixa({ apiKey: 'key-of-a-test', baseUrl, retry: fast });
  expect(await audixa(found.baseUrl).submit({ text, voiceId })).toMatchObject({ generationId: 'gen_own' });
  const lost = await startForgetfulVendor({ isAccepted: false });
  await expect(audixa(lost.baseUrl).submit({ text, voiceId })).rejects.toMatchObject({ billed: 'unknown' });
});

test('a time without a zone is UTC, and a job without a readable time is not adopted', async () => {
  const audixa = (baseUrl: string) => createAudixa({ apiKey: 'key-of-a-test', baseUrl, retry: fast });
  const naive = await startForgetfulVendor({ dateOf: (ms) => new Date(ms).toISOString().replace('Z', '000') });
  expect(await audixa(naive.baseUrl).submit({ text, voiceId })).toMatchObject({ generationId: 'gen_own' });
  const unreadable = await startForgetfulVendor({ dateOf: () => 'a moment ago' });
  await expect(audixa(unreadable.baseUrl).submit({ text, voiceId })).rejects.toMatchObject({ billed: 'unknown' });
});

test('waiting out refusals does not widen the search: what others made meanwhile is theirs', async () => {
  const made: ReturnType<typeof job>[] = [];
  let posts = 0;
  const vendor = await startJobVendor(({ method, path }) => {
    if (method === 'POST') {
      posts += 1;
      if (posts > 1) return 500;
      made.push(job('gen_stranger'));
      return 429;
    }
    return path.endsWith('/history') ? { history: made } : { ...made[0], input_text: text };
  });
  const retry = { tries: 2, baseDelayMs: 4_000, maxDelayMs: 4_000 };
  const audixa = createAudixa({ apiKey: 'key-of-a-test', baseUrl: vendor.baseUrl, retry });
  await expect(audixa.submit({ text, voiceId })).rejects.toMatchObject({ billed: 'unknown' });
  expect(posts).toBe(2);
});

test.each([
  ['others’ jobs', (at: number) => job(`gen_${at}`, { voice_id: 'other' })],
  ['jobs of the same voice', (at: number) => job(`gen_${at}`)],
  ['the same job', () => job('gen_same')],
] as const)('a history that always gives a full page of %s ends within the total limit', async (_, item) => {
  let made = 0;
  const vendor = await startJobVendor(({ method, path }, query) => {
    if (method === 'POST') return 500;
    if (!path.endsWith('/history')) return { ...job(query.get('generation_id') ?? ''), input_text: 'Another text.' };
    return { history: Array.from({ length: Number(query.get('limit')) }, () => item((made += 1))) };
  });
  const audixa = createAudixa({
    apiKey: 'key-of-a-test',
    baseUrl: vendor.baseUrl,
    timeouts: { totalMs: 1_500 },
    retry: { ...fast, maxDelayMs: 60_000 },
  });
  const startMs = performance.now();
  await expect(audixa.submit({ text, voiceId })).rejects.toMatchObject({ billed: 'unknown' });
  expect(performance.now() - startMs).toBeLessThan(2_500);
  expect(vendor.asked.length).toBeLessThan(40);
});
