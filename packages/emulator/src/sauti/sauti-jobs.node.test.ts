import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { ask } from '../../tests/read-answer.ts';
import { readWav } from '../../tests/read-wav.ts';
import { sautiKey, swahili, type SautiKey } from '../../tests/sauti-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  // At its own rate a job takes as long as it is heard, so that only the test's clock brings it on.
  emulator = await startEmulator({ rate: 1 });
});
afterAll(() => emulator.close());

/** 120 s of sound. */
const longText = 'a'.repeat(2_001);
const wholeSeconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const idOf = async (accepted: Promise<{ json: Record<string, unknown> }>) => String((await accepted).json['job_id']);
const statusOf = async (key: SautiKey, id: string) => {
  const { status, json } = await key.get(`/tts/jobs/${id}`);
  return status === 200 ? json['status'] : status;
};
const audioStatus = async (key: SautiKey, id: string) => (await key.get(`/tts/jobs/${id}/audio`)).status;

describe('creating one', () => {
  test('a text of more than 2,000 characters becomes one by itself, and is in the ledger', async () => {
    const before = emulator.ledger.length;
    const { status, json } = await sautiKey(emulator).synthesise(longText);
    expect([status, json]).toEqual([
      202,
      { job_id: expect.stringMatching(/^job_\w+$/), status: 'queued', created_at: expect.stringMatching(wholeSeconds) },
    ]);
    expect(emulator.ledger.slice(before)).toMatchObject([
      { vendor: 'sauti', generationId: json['job_id'], characters: 2_001, samples: 2_001 * 1_440 },
    ]);
  });

  test('POST /v1/tts/jobs takes the voice in the body, and a short text as well', async () => {
    const { status, json } = await sautiKey(emulator).createJob('Habari.');
    expect([status, json]).toEqual([
      202,
      { job_id: expect.any(String), status: 'queued', created_at: expect.stringMatching(wholeSeconds) },
    ]);
  });

  test.each([
    ['no voice', { text: 'Habari.' }, 400, /'voice_id'/],
    ['a voice that is no text', { text: 'Habari.', voice_id: [swahili] }, 400, /'voice_id'/],
    ['an unknown voice', { text: 'Habari.', voice_id: 'nobody' }, 422, /'nobody' is not supported/],
    ['no text', { voice_id: swahili }, 400, /'text'/],
    ['a member that is not known', { text: 'Habari.', voice_id: swahili, model_id: 1 }, 400, /'model_id'/],
    ['a text that is too long', { text: 'a'.repeat(5_001), voice_id: swahili }, 422, /5000/],
  ])('%s is refused', async (_title, body, status, detail) => {
    const before = emulator.ledger.length;
    const answer = await sautiKey(emulator).createJob(body);
    expect([answer.status, answer.json['instance']]).toEqual([status, status === 400 ? '/v1/tts/jobs' : undefined]);
    expect(answer.json['detail']).toMatch(detail);
    expect(emulator.ledger).toHaveLength(before);
  });
});

describe('following one', () => {
  test('it is queued, running and succeeded by the clock; a long one runs for 12 s', async () => {
    const key = sautiKey(emulator, 'sauti-queued-20000');
    const id = await idOf(key.synthesise(longText));
    expect(await statusOf(key, id)).toBe('queued');
    emulator.clock.advance(20_000);
    expect(await statusOf(key, id)).toBe('running');
    emulator.clock.advance(8_000);
    expect(await statusOf(key, id)).toBe('running');
    emulator.clock.advance(4_000);
    expect(await statusOf(key, id)).toBe('succeeded');
  });

  test('an ordinary job is no longer queued after 50 ms, and a short one runs for its length', async () => {
    const key = sautiKey(emulator);
    const id = await idOf(key.createJob('a'.repeat(100)));
    emulator.clock.advance(50);
    expect(await statusOf(key, id)).toBe('running');
    emulator.clock.advance(6_000);
    expect(await statusOf(key, id)).toBe('succeeded');
  });

  test('a slower pace lengthens the work, a faster one shortens it', async () => {
    const slow = sautiKey(emulator, 'pace-0.5');
    const id = await idOf(slow.createJob('a'.repeat(50)));
    emulator.clock.advance(3_200);
    expect(await statusOf(slow, id)).toBe('running');
    emulator.clock.advance(2_850);
    expect(await statusOf(slow, id)).toBe('succeeded');
  });

  test('completed_at is on finished ones alone, in whole seconds', async () => {
    const key = sautiKey(emulator);
    const id = await idOf(key.createJob('Habari.'));
    expect((await key.get(`/tts/jobs/${id}`)).json).not.toHaveProperty('completed_at');
    emulator.clock.advance(10_000);
    expect((await key.get(`/tts/jobs/${id}`)).json).toEqual({
      job_id: id,
      status: 'succeeded',
      created_at: expect.stringMatching(wholeSeconds),
      completed_at: expect.stringMatching(wholeSeconds),
    });
  });

  test('an unknown one, and another key’s, is 404', async () => {
    const key = sautiKey(emulator);
    const id = await idOf(key.createJob('Habari.'));
    for (const [asker, job] of [
      [key, 'job_unknown'],
      [sautiKey(emulator), id],
    ] as const) {
      expect([await statusOf(asker, job), await audioStatus(asker, job)]).toEqual([404, 404]);
    }
  });
});

describe('its audio', () => {
  test('is 409 job_not_complete before, and a raw WAV file after', async () => {
    const key = sautiKey(emulator);
    const id = await idOf(key.createJob('Habari.'));
    const early = await key.get(`/tts/jobs/${id}/audio`);
    expect([early.status, early.headers.get('content-type'), early.json]).toEqual([
      409,
      'application/problem+json',
      {
        type: 'https://sauti.finiflowlabs.com/errors/job_not_complete',
        title: 'Conflict',
        status: 409,
        detail: 'Job has not completed yet. Poll the status endpoint before downloading audio.',
        instance: `/v1/tts/jobs/${id}/audio`,
      },
    ]);
    emulator.clock.advance(10_000);
    const { status, headers, bytes } = await key.get(`/tts/jobs/${id}/audio`);
    expect([status, headers.get('content-type'), readWav(bytes).rate]).toEqual([200, 'audio/wav', 16_000]);
    expect(headers.get('content-length')).toBe(String(bytes.length));
  });

  test('holds what a short text would have been answered with, settings included', async () => {
    const key = sautiKey(emulator);
    const body = { text: 'Habari.', voice_settings: { speaking_rate: 1.5 } };
    const id = await idOf(key.createJob({ ...body, voice_id: swahili }));
    emulator.clock.advance(10_000);
    const { bytes } = await key.get(`/tts/jobs/${id}/audio`);
    expect(bytes).toEqual(Buffer.from(String((await key.synthesise(body)).json['audio_base64']), 'base64'));
  });
});

describe('scenarios', () => {
  test('sauti-job: a short text is answered with 202', async () => {
    expect((await sautiKey(emulator, 'sauti-job').synthesise('Habari.')).status).toBe(202);
  });

  test('sauti-direct: a long text is answered with 200', async () => {
    const { status, json } = await sautiKey(emulator, 'sauti-direct').synthesise(longText);
    expect([status, json['characters_synthesized']]).toEqual([200, 2_001]);
  });

  test('sauti-job-fails: it ends failed with an error, and its download stays 409', async () => {
    const key = sautiKey(emulator, 'sauti-job-fails');
    const id = await idOf(key.synthesise('Habari.'));
    emulator.clock.advance(10_000);
    expect((await key.get(`/tts/jobs/${id}`)).json).toMatchObject({
      status: 'failed',
      completed_at: expect.any(String),
      error: expect.any(String),
    });
    expect(await audioStatus(key, id)).toBe(409);
  });

  test('sauti-job-stuck: it runs for ever', async () => {
    const key = sautiKey(emulator, 'sauti-job-stuck');
    const id = await idOf(key.synthesise('Habari.'));
    emulator.clock.advance(86_400_000);
    expect([await statusOf(key, id), await audioStatus(key, id)]).toEqual(['running', 409]);
  });

  test('sauti-job-vanishes: it is queued, and then 404', async () => {
    const key = sautiKey(emulator, 'sauti-job-vanishes~sauti-queued-60000');
    const id = await idOf(key.synthesise('Habari.'));
    expect(await statusOf(key, id)).toBe('queued');
    emulator.clock.advance(60_000);
    expect([await statusOf(key, id), await audioStatus(key, id)]).toEqual([404, 404]);
  });

  test('sauti-job-unknown-status: it is finalising before it has succeeded', async () => {
    const key = sautiKey(emulator, 'sauti-job-unknown-status~sauti-queued-60000~sauti-running-0');
    // The word lasts 200 ms: a slow machine may need more than one look.
    await expect
      .poll(async () => {
        const id = await idOf(key.synthesise('Habari.'));
        emulator.clock.advance(60_000);
        const early = await statusOf(key, id);
        emulator.clock.advance(200);
        return [early, await statusOf(key, id)];
      })
      .toEqual(['finalising', 'succeeded']);
  });

  test('sauti-late-audio: the first download after success is 409', async () => {
    const key = sautiKey(emulator, 'sauti-late-audio');
    const id = await idOf(key.synthesise('Habari.'));
    expect(await audioStatus(key, id)).toBe(409);
    emulator.clock.advance(10_000);
    expect([await statusOf(key, id), await audioStatus(key, id), await audioStatus(key, id)]).toEqual(['succeeded', 409, 200]);
  });

  test('sauti-queued-<ms> and sauti-running-<ms> are as long as they say', async () => {
    const key = sautiKey(emulator, 'sauti-job~sauti-queued-30000~sauti-running-40000');
    const id = await idOf(key.synthesise('Habari.'));
    const after: unknown[] = [];
    for (const ms of [20_000, 10_000, 20_000, 20_000]) {
      emulator.clock.advance(ms);
      after.push(await statusOf(key, id));
    }
    expect(after).toEqual(['queued', 'running', 'running', 'succeeded']);
  });
});

test('a page can move the clock too', async () => {
  const key = sautiKey(emulator, 'sauti-job~sauti-queued-60000~sauti-running-0');
  const id = await idOf(key.synthesise('Habari.'));
  await ask(`${emulator.url}/emulator/clock?advance=60000`, { method: 'POST' });
  expect(await statusOf(key, id)).toBe('succeeded');
});
