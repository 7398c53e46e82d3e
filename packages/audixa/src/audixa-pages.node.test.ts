import { expect, test } from 'vitest';

import { startJobVendor } from '../tests/job-vendor.ts';
import { createAudixa } from './index.ts';

const clientOf = (baseUrl: string, totalMs: number) =>
  createAudixa({ apiKey: 'key-of-a-test', baseUrl, timeouts: { totalMs }, retry: { tries: 1 } });

const itemOf = {
  voices: (id: number) => ({ voice_id: `v${id}` }),
  history: (id: number) => ({ generation_id: `g${id}`, status: 'X' }),
};

/** A listing of pages that are always full; `idOf` names each item. */
async function startEndlessVendor(idOf: (at: number) => number) {
  return startJobVendor(({ path }, query) => {
    const member = path.endsWith('/voices') ? 'voices' : 'history';
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    return { [member]: Array.from({ length: limit }, (_, at) => itemOf[member](idOf(offset + at))) };
  });
}

test.each(['voices', 'history'] as const)(
  '%s of a vendor whose pages never end are paced, and end at the total limit',
  async (list) => {
    const vendor = await startEndlessVendor((at) => at);
    const startMs = performance.now();
    let items = 0;
    const listing = async () => {
      for await (const _ of clientOf(vendor.baseUrl, 1_200)[list]({ pageSize: 10 })) items += 1;
    };
    await expect(listing()).rejects.toMatchObject({ kind: 'timeout', limit: 'total', billed: 'no' });
    expect(performance.now() - startMs).toBeLessThan(2_000);
    expect(items).toBeGreaterThanOrEqual(50);
    expect(vendor.asked.length).toBeLessThanOrEqual(8);
  },
);

test.each(['voices', 'history'] as const)('%s of a vendor that repeats its page end as a bad response', async (list) => {
  const vendor = await startEndlessVendor((at) => at % 10);
  const ids: unknown[] = [];
  const listing = async () => {
    for await (const item of clientOf(vendor.baseUrl, 10_000)[list]({ pageSize: 10 })) ids.push(item);
  };
  await expect(listing()).rejects.toMatchObject({ kind: 'bad-response' });
  expect(ids).toHaveLength(10);
  expect(vendor.asked).toHaveLength(2);
});

test('a vendor that never answers a later page is a timeout of the whole listing', async () => {
  const vendor = await startJobVendor((_, query) =>
    query.get('offset') === '0' ? { voices: Array.from({ length: 5 }, (_item, id) => itemOf.voices(id)) } : undefined,
  );
  const ids: string[] = [];
  const listing = async () => {
    for await (const { voiceId } of clientOf(vendor.baseUrl, 600).voices({ pageSize: 5 })) ids.push(voiceId);
  };
  await expect(listing()).rejects.toMatchObject({ kind: 'timeout', limit: 'total' });
  expect(ids).toHaveLength(5);
});

test('the time that the caller takes for an item does not count', async () => {
  const vendor = await startJobVendor((_, query) => {
    const offset = Number(query.get('offset'));
    return { voices: Array.from({ length: offset < 6 ? 3 : 1 }, (_item, at) => itemOf.voices(offset + at)) };
  });
  const ids: string[] = [];
  for await (const { voiceId } of clientOf(vendor.baseUrl, 400).voices({ pageSize: 3 })) {
    ids.push(voiceId);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect(ids).toEqual(['v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6']);
});
