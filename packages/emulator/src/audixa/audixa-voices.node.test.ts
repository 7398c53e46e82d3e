import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { audixaKey } from '../../tests/audixa-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

const voicesOf = async (query: string, key = audixaKey(emulator)) => {
  const { json } = await key.get(`/voices${query}`);
  return { ...json, voices: json['voices'] as Record<string, unknown>[] };
};

test('the list has the documented shape', async () => {
  const page = await voicesOf('');
  expect(page).toMatchObject({ limit: 100, offset: 0, length: page.voices.length });
  expect(page.voices[0]).toEqual({
    voice_id: 'am_ethan',
    name: 'Ethan',
    model: 'base',
    gender: 'Male',
    accent: 'American',
    description: expect.any(String),
    is_custom: false,
    free: true,
  });
  expect(page.voices.find((voice) => voice['is_custom'])).not.toHaveProperty('accent');
});

test('pages follow each other without gap or overlap, and the last one is short', async () => {
  const { voices: all } = await voicesOf('');
  const paged = [await voicesOf('?limit=6'), await voicesOf('?limit=6&offset=6'), await voicesOf('?limit=6&offset=12')];
  expect(paged.flatMap(({ voices }) => voices)).toEqual(all);
  expect(paged.at(-1)?.voices.length).toBeLessThan(6);
  expect(await voicesOf('?offset=1000')).toMatchObject({ length: 0, voices: [] });
});

test('there can be more voices than one page holds', async () => {
  const key = audixaKey(emulator, 'voices-250');
  const pages = [await voicesOf('', key), await voicesOf('?offset=100', key), await voicesOf('?offset=200', key)];
  expect(pages.map(({ voices }) => voices.length)).toEqual([100, 100, 50]);
  expect(new Set(pages.flatMap(({ voices }) => voices.map((voice) => voice['voice_id']))).size).toBe(250);
  const last = pages[2]?.voices.at(-1);
  expect((await key.post({ text: 'x', voice_id: last?.['voice_id'], model: last?.['model'] })).status).toBe(200);
});

test('it is filtered by model', async () => {
  const [base, advanced] = [await voicesOf('?model=base'), await voicesOf('?model=advanced')];
  expect(new Set(base.voices.map((voice) => voice['model']))).toEqual(new Set(['base']));
  expect(new Set(advanced.voices.map((voice) => voice['model']))).toEqual(new Set(['advanced']));
});

test.each(['limit=0', 'limit=501', 'limit=x', 'limit=1.5', 'offset=-1', 'model=turbo'])('%s is refused', async (query) => {
  expect((await audixaKey(emulator).get(`/voices?${query}`)).status).toBe(400);
});
