import { expect, test } from 'vitest';

import { json, scripted, voiceId } from '../tests/emulated-audixa.ts';
import { keepClaimed } from './audixa-lost-job.ts';
import { createAudixa } from './index.ts';

const unusable = ['', '.', '..', '\ud800', 'a\udfffb'];
const account = { apiKey: 'the-vendor-key', dangerouslyAllowBrowser: true } as const;

test.each(unusable)('the id %j is a mistake of the caller, and nothing is sent', async (id) => {
  const { audixa, sent } = scripted(undefined, json({ status: 'COMPLETED' }));
  await expect(audixa.generation(id)).rejects.toThrow(/^generationId must/);
  expect(() => audixa.voice(id)).toThrow(/^voiceId must/);
  expect(() => audixa.stream({ text: 'Hi.', voiceId: id })).toThrow(/^voiceId must/);
  await expect(audixa.submit({ text: 'Hi.', voiceId: id })).rejects.toThrow(/^voiceId must/);
  expect(sent).toEqual([]);
});

test.each(unusable.slice(1))('a custom endpoint %j is refused at construction', (slug) => {
  expect(() => createAudixa({ ...account, slug })).toThrow(/^createAudixa: slug must/);
});

test.each(unusable)('a generation that the vendor calls %j has no name', async (id) => {
  const { audixa } = scripted(undefined, json({ generation_id: id }));
  await expect(audixa.submit({ text: 'Hi.', voiceId })).rejects.toMatchObject({ kind: 'bad-response', billed: 'unknown' });
});

test.each(['key\n', ' key', 'key ', '\tkey', ' ', 'k\u00e9y', 'клю\u0447', '\u200bkey'])(
  'the key %j is refused at construction',
  (apiKey) => {
    expect(() => createAudixa({ ...account, apiKey })).toThrow(/^createAudixa: apiKey .*AUDIXA_API_KEY/);
  },
);

test('a client remembers the newest 5,000 generations, and no more', () => {
  const claimed = new Set<string>();
  for (let count = 0; count < 5_100; count += 1) keepClaimed(claimed, `gen_${count}`);
  expect(claimed.size).toBe(5_000);
  expect([claimed.has('gen_99'), claimed.has('gen_100'), claimed.has('gen_5099')]).toEqual([false, true, true]);
});
