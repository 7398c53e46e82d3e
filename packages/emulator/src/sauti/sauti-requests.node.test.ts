import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Emulator } from '../index.ts';
import { ask } from '../../tests/read-answer.ts';
import { sautiKey, startFast, swahili } from '../../tests/sauti-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startFast();
});
afterAll(() => emulator.close());

const path = `/v1/text-to-speech/${swahili}`;
/** Word for word from the vendor's page of errors. */
const samples = {
  400: {
    type: 'https://sauti.finiflowlabs.com/errors/invalid_request',
    title: 'Invalid Request',
    status: 400,
    detail: "Request body is malformed or missing required field 'text'.",
    instance: path,
  },
  401: {
    type: 'https://sauti.finiflowlabs.com/errors/unauthorized',
    title: 'Unauthorized',
    status: 401,
    detail: 'API key is missing or invalid.',
  },
  409: {
    type: 'https://sauti.finiflowlabs.com/errors/job_not_complete',
    title: 'Conflict',
    status: 409,
    detail: 'Job has not completed yet. Poll the status endpoint before downloading audio.',
    instance: path,
  },
  413: {
    type: 'https://sauti.finiflowlabs.com/errors/payload_too_large',
    title: 'Payload Too Large',
    status: 413,
    detail: 'Request body exceeds the maximum allowed size.',
  },
  429: {
    type: 'https://sauti.finiflowlabs.com/errors/rate_limit_exceeded',
    title: 'Rate Limit Exceeded',
    status: 429,
    detail: 'You have exceeded 10 requests per minute for synthesis. Try again shortly.',
  },
  500: {
    type: 'https://sauti.finiflowlabs.com/errors/internal_error',
    title: 'Internal Server Error',
    status: 500,
    detail: 'An unexpected error occurred. Please try again or contact support.',
  },
} as const;

describe('the key', () => {
  test.each([
    ['xi-api-key', 'emulated', 200],
    ['XI-API-KEY', 'emulated', 200],
    ['xi-api-key', '', 401],
    ['xi-api-key', 'revoked', 401],
    ['x-api-key', 'emulated', 401],
    ['authorization', 'Bearer emulated', 401],
  ])('%s: %j is answered with %i', async (name, key, status) => {
    expect((await ask(`${emulator.sauti.baseUrl}/voices`, { headers: { [name]: key } })).status).toBe(status);
  });

  test('a key in the address is no key', async () => {
    for (const name of ['xi-api-key', 'api_key', 'key']) {
      const { status, json } = await ask(`${emulator.sauti.baseUrl}/voices?${name}=emulated`);
      expect([status, json]).toEqual([401, samples[401]]);
    }
  });

  test('it is asked for on every path, voices and jobs included', async () => {
    for (const each of ['voices', `voices/${swahili}`, 'tts/jobs/job_1', 'tts/jobs/job_1/audio', 'nothing']) {
      expect((await ask(`${emulator.sauti.baseUrl}/${each}`)).status).toBe(401);
    }
  });
});

describe('a text of up to 2,000 characters', () => {
  test('is answered with 200 and JSON that holds the sound in base64, its type, length, characters and voice', async () => {
    const { status, headers, json } = await sautiKey(emulator).synthesise('Habari ya leo.');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(json).toEqual({
      audio_base64: expect.stringMatching(/^UklGR[A-Za-z0-9+/]+={0,2}$/),
      content_type: 'audio/wav',
      duration_seconds: 0.84,
      characters_synthesized: 14,
      voice_id: swahili,
    });
  });

  test('is in the ledger once, and was made whole', async () => {
    const before = emulator.ledger.length;
    await sautiKey(emulator).synthesise('Habari ya leo.');
    expect(emulator.ledger.slice(before)).toMatchObject([
      { vendor: 'sauti', text: 'Habari ya leo.', characters: 14, voiceId: swahili, transport: 'http', samples: 0.84 * 24_000 },
    ]);
  });

  test.each([
    [1, 200],
    [2_000, 200],
    [2_001, 202],
    [5_000, 202],
    [5_001, 422],
  ])('of %i characters is answered with %i', async (characters, status) => {
    expect((await sautiKey(emulator).synthesise('a'.repeat(characters))).status).toBe(status);
  });

  test('characters are code points: 2,000 of two UTF-16 units are not long', async () => {
    const { status, json } = await sautiKey(emulator).synthesise('😀'.repeat(2_000));
    expect([status, json['characters_synthesized']]).toEqual([200, 2_000]);
  });

  test('an inactive voice speaks as well', async () => {
    const { status, json } = await sautiKey(emulator).synthesise('Hello.', 'sauti-test-v0');
    expect([status, json['voice_id']]).toEqual([200, 'sauti-test-v0']);
  });
});

describe('a request that breaks a rule is not accepted, and says which', () => {
  const text = 'Habari.';
  const cases: readonly (readonly [title: string, body: unknown, status: number, detail: RegExp])[] = [
    ['no JSON', '{"text"', 400, /malformed or missing required field 'text'/],
    ['nothing', '', 400, /'text'/],
    ['an array', [], 400, /'text'/],
    ['null', 'null', 400, /'text'/],
    ['no text', {}, 400, /'text'/],
    ['a number as text', { text: 1 }, 400, /'text'/],
    ['null as text', { text: null }, 400, /'text'/],
    ['a member that is not known', { text, model_id: 'x' }, 400, /Unrecognised parameter 'model_id'/],
    ['a voice in the body and in the path', { text, voice_id: swahili }, 400, /Unrecognised parameter 'voice_id'/],
    ['a setting of another vendor', { text, voice_settings: { stability: 1 } }, 400, /Unrecognised parameter 'stability'/],
    ['a setting that is no number', { text, voice_settings: { noise_scale: '1' } }, 400, /'noise_scale' must be a number/],
    ['settings that are no object', { text, voice_settings: [] }, 400, /'voice_settings'/],
    ['an empty text', { text: '' }, 422, /empty/],
    ['a text of spaces', { text: ' \n' }, 422, /empty/],
    ['a text that is too long', { text: 'a'.repeat(5_001) }, 422, /5000/],
  ];
  test.each(cases)('%s', async (_title, body, status, detail) => {
    const before = emulator.ledger.length;
    const key = sautiKey(emulator);
    const answer = await ask(`${emulator.sauti.baseUrl}/text-to-speech/${swahili}`, {
      headers: { 'xi-api-key': key.apiKey },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(answer.json['detail']).toMatch(detail);
    expect(emulator.ledger).toHaveLength(before);
  });

  test('an unknown voice is 422', async () => {
    for (const voice of ['nobody', 'constructor', '%20', '%']) {
      const { status, json } = await sautiKey(emulator).synthesise(text, voice);
      expect([voice, status, json['title']]).toEqual([voice, 422, 'Unprocessable Content']);
    }
  });

  test('a body that is not said to be JSON is 400', async () => {
    const headers = { 'xi-api-key': sautiKey(emulator).apiKey, 'content-type': 'text/plain' };
    const { status, json } = await ask(`${emulator.url}${path}`, { headers, body: { text } });
    expect([status, json['detail']]).toEqual([400, 'Content-Type must be application/json.']);
  });

  test('null instead of settings, and all three settings, are accepted', async () => {
    const key = sautiKey(emulator);
    const settings = { speaking_rate: 1, noise_scale: 0.667, noise_scale_duration: 0.8 };
    expect((await key.synthesise({ text, voice_settings: null })).status).toBe(200);
    expect((await key.synthesise({ text, voice_settings: settings })).status).toBe(200);
  });

  test('a body above a mebibyte is 413, and one of a mebibyte is read', async () => {
    const large = await sautiKey(emulator).synthesise('a'.repeat(1024 * 1024));
    expect([large.status, large.json]).toEqual([413, samples[413]]);
    expect((await sautiKey(emulator).synthesise('a'.repeat(1024 * 1024 - '{"text":""}'.length))).status).toBe(422);
  });
});

describe('errors', () => {
  test.each(Object.entries(samples))('%s is the sample of the vendor’s page, word for word', async (status, sample) => {
    const answer = await sautiKey(emulator, `http-${status}`).synthesise('Habari.');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([Number(status), 'application/problem+json']);
    expect(answer.json).toEqual(sample);
  });

  test.each([
    [403, 'forbidden'],
    [404, 'not_found'],
    [422, 'unprocessable_content'],
    [503, 'unavailable'],
  ])('%i has the same shape and words of ours', async (status, code) => {
    const { json } = await sautiKey(emulator, `http-${status}`).synthesise('Habari.');
    expect(json).toMatchObject({ type: `https://sauti.finiflowlabs.com/errors/${code}`, status, detail: expect.any(String) });
  });

  test.each([502, 504, 520])('%i is a web page', async (status) => {
    const { headers, bytes } = await sautiKey(emulator, `http-${status}`).synthesise('Habari.');
    expect(headers.get('content-type')).toBe('text/html');
    expect(bytes.toString()).toContain(`<title>${status} `);
  });

  test.each(['/nothing', '/voices/nobody', '/tts/jobs', '/tts/jobs/%', '/tts/jobs/x/audio/more', '/text-to-speech/x'])(
    'GET %s is 404',
    async (unknown) => {
      const { status, json } = await sautiKey(emulator).get(unknown);
      expect([status, json['instance']]).toEqual([404, `/v1${unknown}`]);
    },
  );

  test('sauti-fastapi-errors: 404 and 422 have the shape of FastAPI, and others do not', async () => {
    const key = sautiKey(emulator, 'sauti-fastapi-errors');
    expect(await key.get('/voices/nobody')).toMatchObject({ status: 404, json: { detail: 'Not Found' } });
    const { status, json } = await key.synthesise('a'.repeat(5_001));
    expect([status, json]).toEqual([422, { detail: [{ loc: ['body', 'text'], msg: expect.any(String), type: 'value_error' }] }]);
    expect((await key.synthesise({})).json).toEqual(samples[400]);
    expect((await sautiKey(emulator, 'sauti-fastapi-errors~http-422').get('/voices')).json['detail']).toEqual(expect.any(Array));
  });

  test('a voice that fails is the vendor’s 500', async () => {
    const { startEmulator } = await import('../index.ts');
    const hoarse = await startEmulator({ voice: () => Promise.reject(new Error('hoarse')) });
    expect(await sautiKey(hoarse).synthesise('Habari.')).toMatchObject({ status: 500, json: samples[500] });
    await hoarse.close();
  });
});

describe('voices', () => {
  const published = {
    voice_id: 'sauti-swahili-v1',
    name: 'Sauti Swahili',
    language_code: 'sw',
    locale: 'sw-KE',
    gender: 'female',
    description: expect.any(String),
    status: 'active',
  };

  test('the list holds the published voice and an inactive one', async () => {
    const { status, json } = await sautiKey(emulator).get('/voices');
    expect([status, json]).toEqual([200, { voices: [published, expect.objectContaining({ status: 'inactive' })] }]);
  });

  test('it is filtered by language', async () => {
    const key = sautiKey(emulator);
    expect((await key.get('/voices?language=sw')).json).toEqual({ voices: [published] });
    expect((await key.get('/voices?language=fr')).json).toEqual({ voices: [] });
  });

  test('one voice comes without a wrapper', async () => {
    expect((await sautiKey(emulator).get(`/voices/${swahili}`)).json).toEqual(published);
  });
});
