import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { audixaKey, type AudixaKey } from '../../tests/audixa-calls.ts';
import { hearStream } from '../../tests/hear-stream.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 1 });
});
afterAll(() => emulator.close());

const dayMs = 86_400_000;

interface History {
  readonly limit: number;
  readonly offset: number;
  readonly length: number;
  readonly history: readonly Record<string, unknown>[];
}
const historyOf = async (key: AudixaKey, query = '') => (await key.get(`/history${query}`)).json as unknown as History;
const idsOf = ({ history }: History) => history.map((item) => item['generation_id']);

async function createMany(key: AudixaKey, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await key.create(`Text ${i}.`));
  return ids;
}

describe('GET /v3/history', () => {
  test('has the documented members, and neither texts nor error messages', async () => {
    const key = audixaKey(emulator);
    const id = await key.create('Hello.');
    emulator.clock.advance(10_000);
    expect(await historyOf(key)).toEqual({
      limit: 20,
      offset: 0,
      length: 1,
      history: [
        {
          generation_id: id,
          status: 'COMPLETED',
          voice_id: 'am_ethan',
          voice_name: 'Ethan',
          model: 'base',
          tokens: 8,
          dollar_cost: 0.000008,
          method: 'CREDITS_BALANCE',
          audio_url: `${emulator.url}/audio/${id}.wav`,
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        },
      ],
    });
  });

  test('is empty for a key that has asked for nothing, and of this key alone', async () => {
    await audixaKey(emulator).create('Somebody else’s.');
    expect(await historyOf(audixaKey(emulator))).toEqual({ limit: 20, offset: 0, length: 0, history: [] });
  });

  test('comes newest first, in pages without gap or overlap; 20 unless told otherwise', async () => {
    const key = audixaKey(emulator);
    const ids = (await createMany(key, 23)).toReversed();
    expect(idsOf(await historyOf(key))).toEqual(ids.slice(0, 20));
    expect(idsOf(await historyOf(key, '?offset=20'))).toEqual(ids.slice(20));
    expect(await historyOf(key, '?limit=5&offset=21')).toMatchObject({ limit: 5, offset: 21, length: 2 });
    expect(idsOf(await historyOf(key, '?limit=100'))).toEqual(ids);
  });

  test('can be narrowed to a status, in capitals', async () => {
    const key = audixaKey(emulator);
    const [done] = await createMany(key, 1);
    emulator.clock.advance(10_000);
    const [young] = await createMany(key, 1);
    expect(idsOf(await historyOf(key, '?status=COMPLETED'))).toEqual([done]);
    // A slow machine may find it out of the queue already.
    const underWay = [...idsOf(await historyOf(key, '?status=IN_QUEUE')), ...idsOf(await historyOf(key, '?status=GENERATING'))];
    expect(new Set(underWay)).toEqual(new Set([young]));
    expect(idsOf(await historyOf(key, '?status=FAILED'))).toEqual([]);
  });

  test.each(['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'status=completed', 'status=DONE'])(
    '%s is refused with its field',
    async (query) => {
      const { status, json } = await audixaKey(emulator).get(`/history?${query}`);
      expect([status, json]).toMatchObject([400, { errors: [{ field: query.split('=')[0] }] }]);
    },
  );

  test('holds failed jobs and streams, and no lost ones', async () => {
    const failing = audixaKey(emulator, 'fails');
    const id = await failing.create('Hello.');
    emulator.clock.advance(10_000);
    expect((await historyOf(failing, '?status=FAILED')).history).toMatchObject([
      { generation_id: id, status: 'FAILED', audio_url: null },
    ]);
    const lost = audixaKey(emulator, 'lost');
    await lost.create('Hello.');
    expect(await historyOf(lost)).toMatchObject({ length: 0 });
    const streaming = audixaKey(emulator, 'burst');
    const request = JSON.stringify({ text: 'Hello.', voice_id: 'am_ethan' });
    await hearStream(`${emulator.audixa.wsUrl}?api_key=${streaming.apiKey}`, { send: [request] });
    expect((await historyOf(streaming)).history).toMatchObject([{ status: 'COMPLETED', audio_url: expect.any(String) }]);
  });
});

describe('custom endpoints', () => {
  const body = { text: 'Hello.', voice_id: 'am_ethan' };

  test.each(['mine', 'my-voice_2', '%E2%9C%93'])(
    '/v3/custom/%s/tts makes a job, whose id is in the path of its status',
    async (slug) => {
      const key = audixaKey(emulator);
      const created = await key.post(body, `/custom/${slug}/tts`);
      const id = String(created.json['generation_id']);
      expect([created.status, created.json['status']]).toEqual([200, 'IN_QUEUE']);
      emulator.clock.advance(10_000);
      const shown = await key.get(`/custom/${slug}/generations/${id}`);
      expect([shown.status, shown.json]).toEqual([200, await key.job(id)]);
      expect(shown.json).toMatchObject({ status: 'COMPLETED', audio_url: expect.any(String) });
    },
  );

  test('they check as the others do, and have no voices and no history', async () => {
    const key = audixaKey(emulator);
    expect((await key.post({}, '/custom/mine/tts')).status).toBe(400);
    for (const path of ['generations/gen_unknown', 'generations/%', 'generations/', 'voices', 'history', 'tts/more']) {
      expect([path, (await key.get(`/custom/mine/${path}`)).status]).toEqual([path, 404]);
    }
    expect((await key.get('/custom//generations/gen_unknown')).status).toBe(404);
    const id = await audixaKey(emulator).create('Somebody else’s.');
    expect((await key.get(`/custom/mine/generations/${id}`)).status).toBe(404);
  });
});

describe('what expires', () => {
  test('a file is kept for 7 days; then the record says EXPIRED and the file is 404', async () => {
    const key = audixaKey(emulator);
    const id = await key.create('Hello.');
    emulator.clock.advance(10_000);
    const done = await key.job(id);
    const file = String(done['audio_url']);
    emulator.clock.advance(7 * dayMs - 60_000);
    expect([(await fetch(file)).status, (await key.job(id))['status']]).toEqual([200, 'COMPLETED']);
    emulator.clock.advance(60_000);
    expect([(await fetch(file)).status, await key.job(id)]).toEqual([404, { ...done, status: 'EXPIRED', audio_url: null }]);
    expect((await historyOf(key, '?status=EXPIRED')).history).toMatchObject([{ generation_id: id, status: 'EXPIRED' }]);
  });

  test('what has no file cannot lose it: a failed job stays FAILED, a stuck one GENERATING', async () => {
    const [failing, stuck] = [audixaKey(emulator, 'fails'), audixaKey(emulator, 'stuck')];
    const [failed, waiting] = [await failing.create('Hello.'), await stuck.create('Hello.')];
    emulator.clock.advance(8 * dayMs);
    expect([(await failing.job(failed))['status'], (await stuck.job(waiting))['status']]).toEqual(['FAILED', 'GENERATING']);
  });

  test('an id is known for ever; ids-expire: it is 404 after 24 hours, in the history and as a file too', async () => {
    const [usual, expiring] = [audixaKey(emulator), audixaKey(emulator, 'ids-expire')];
    const [kept, lost] = [await usual.create('Hello.'), await expiring.create('Hello.')];
    emulator.clock.advance(dayMs - 60_000);
    const { status, audio_url } = await expiring.job(lost);
    expect(status).toBe('COMPLETED');
    emulator.clock.advance(60_000);
    expect((await usual.job(kept))['status']).toBe('COMPLETED');
    const gone = await expiring.get(`/tts?generation_id=${lost}`);
    expect([gone.status, gone.json]).toEqual([404, { detail: 'Generation not found' }]);
    expect((await fetch(String(audio_url))).status).toBe(404);
    expect(await historyOf(expiring)).toMatchObject({ length: 0 });
  });
});
