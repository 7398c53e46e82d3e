import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { ask } from '../../tests/read-answer.ts';
import { errorOf, moknahKey } from '../../tests/moknah-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

const text = 'مرحبا بكم';

describe('the key', () => {
  test.each([
    ['authorization', 'Bearer emulated', 200],
    ['authorization', 'bearer emulated', 200],
    ['authorization', 'emulated', 401],
    ['authorization', 'Bearer ', 401],
    ['authorization', 'Bearer revoked', 401],
    // What the vendor's own sample sends, for want of a dollar sign.
    ['authorization', 'Bearer {apiKey}', 401],
    ['x-api-key', 'emulated', 401],
    ['xi-api-key', 'emulated', 401],
  ])('%s: %j is answered with %i', async (name, value, status) => {
    expect((await ask(`${emulator.moknah.baseUrl}/voices/`, { headers: { [name]: value } })).status).toBe(status);
  });

  test('it is asked for on every path, and its lack is told in the vendor’s words', async () => {
    for (const path of ['voices/', 'tts/generate/', 'nothing/']) {
      expect(await ask(`${emulator.moknah.baseUrl}/${path}?api_key=emulated`, { body: {} })).toMatchObject({
        status: 401,
        json: { success: false, error: { code: 'UNAUTHORIZED', message: 'Invalid or missing API key' } },
      });
    }
  });
});

describe('POST /api/v1/tts/generate/', () => {
  test('is answered with 200 and the sound itself, when all of it is made', async () => {
    const { status, headers, bytes } = await moknahKey(emulator).generate(text);
    expect([status, headers.get('content-type'), headers.get('content-length')]).toEqual([
      200,
      'audio/mpeg',
      String(bytes.length),
    ]);
    expect(headers.get('transfer-encoding')).toBeNull();
  });

  test('is in the ledger, with its credits and its format', async () => {
    const before = emulator.ledger.length;
    await moknahKey(emulator).generate({ text, voice_id: 7, output_format: 'pcm_16000' });
    expect(emulator.ledger.slice(before)).toMatchObject([
      {
        vendor: 'moknah',
        text,
        characters: 9,
        credits: 9,
        voiceId: '7',
        model: 'pcm_16000',
        transport: 'http',
        samples: 9 * 1_440,
      },
    ]);
  });

  const accepted: readonly (readonly [string, object])[] = [
    ['1 character', { text: 'a' }],
    ['1,500 characters', { text: 'a'.repeat(1_500) }],
    ['1,500 code points of two UTF-16 units', { text: '😀'.repeat(1_500) }],
    ['the slowest and the least of all', { voice_settings: { speed: 0.7, temperature: 0, voice_similarity: 0 } }],
    ['the fastest and the most of all', { voice_settings: { speed: 1.2, temperature: 100, voice_similarity: 100 } }],
    ['emotions', { voice_settings: { enable_emotions: true } }],
    ['basic enhancement', { prerecording: 1 }],
    ['AI enhancement', { prerecording: 2 }],
    ['null instead of what may be absent', { output_format: null, prerecording: null, voice_settings: null }],
    ['null among the settings', { voice_settings: { speed: null } }],
    ['members that nobody knows', { model_id: 'x', voice_settings: { stability: 1 } }],
  ];
  test.each(accepted)('%s: accepted', async (_title, more) => {
    expect((await moknahKey(emulator).generate({ text, voice_id: 1, ...more })).status).toBe(200);
  });

  const refused: readonly (readonly [string, unknown, string, string])[] = [
    ['no text', { voice_id: 1 }, 'text', 'This field is required.'],
    ['null as text', { text: null, voice_id: 1 }, 'text', 'This field is required.'],
    ['a number as text', { text: 5, voice_id: 1 }, 'text', 'Not a valid string.'],
    ['an empty text', { text: ' ', voice_id: 1 }, 'text', 'This field may not be blank.'],
    ['1,501 characters', { text: 'a'.repeat(1_501), voice_id: 1 }, 'text', 'Ensure this field has no more than 1500 characters.'],
    ['no voice', { text }, 'voice_id', 'This field is required.'],
    ['null as voice', { text, voice_id: null }, 'voice_id', 'This field is required.'],
    ['a voice as text', { text, voice_id: '1' }, 'voice_id', 'Invalid voice ID.'],
    ['half a voice', { text, voice_id: 1.5 }, 'voice_id', 'Invalid voice ID.'],
    [
      'an unknown format',
      { text, voice_id: 1, output_format: 'wav_16000' },
      'output_format',
      '"wav_16000" is not a valid choice.',
    ],
    ['too little enhancement', { text, voice_id: 1, prerecording: 0 }, 'prerecording', '"0" is not a valid choice.'],
    ['too much enhancement', { text, voice_id: 1, prerecording: 3 }, 'prerecording', '"3" is not a valid choice.'],
    ['settings that are a list', { text, voice_id: 1, voice_settings: [] }, 'voice_settings', 'Invalid data.'],
    ['settings that are a text', { text, voice_id: 1, voice_settings: 'x' }, 'voice_settings', 'Invalid data.'],
    ...[
      ['speed', 0.69, 'Ensure this value is from 0.7 to 1.2.'],
      ['speed', 1.21, 'Ensure this value is from 0.7 to 1.2.'],
      ['speed', '1', 'Ensure this value is from 0.7 to 1.2.'],
      ['temperature', -1, 'Ensure this value is from 0 to 100.'],
      ['temperature', 101, 'Ensure this value is from 0 to 100.'],
      ['voice_similarity', -1, 'Ensure this value is from 0 to 100.'],
      ['voice_similarity', 101, 'Ensure this value is from 0 to 100.'],
      ['enable_emotions', 1, 'Must be a valid boolean.'],
    ].map(
      ([name, value, message]) =>
        [
          `${name}: ${JSON.stringify(value)}`,
          { text, voice_id: 1, voice_settings: { [String(name)]: value } },
          `voice_settings.${name}`,
          String(message),
        ] as const,
    ),
  ];
  test.each(refused)('%s: 400, with the field and a list of what is wrong', async (_title, body, field, message) => {
    const before = emulator.ledger.length;
    const { status, json } = await moknahKey(emulator).generate(body);
    expect([status, json]).toEqual([
      400,
      {
        success: false,
        error: { code: 'INVALID_REQUEST', message: 'Invalid request parameters', details: { [field]: [message] } },
      },
    ]);
    expect(emulator.ledger).toHaveLength(before);
  });

  test.each(['{"text"', '', '[]', 'null', '1'])('%j as body lacks all that is required', async (body) => {
    const headers = { authorization: `Bearer ${moknahKey(emulator).apiKey}` };
    const answer = await ask(`${emulator.moknah.baseUrl}/tts/generate/`, { headers, body });
    expect(errorOf(answer)['details']).toEqual({ text: ['This field is required.'], voice_id: ['This field is required.'] });
  });

  test('a body that is not said to be JSON is 400', async () => {
    const headers = { authorization: `Bearer ${moknahKey(emulator).apiKey}`, 'content-type': 'text/plain;charset=UTF-8' };
    const answer = await ask(`${emulator.moknah.baseUrl}/tts/generate/`, { headers, body: { text, voice_id: 1 } });
    expect([answer.status, errorOf(answer)['details']]).toEqual([400, { body: ['Content-Type must be application/json.'] }]);
  });

  test('a body above a mebibyte is 413, in words of ours', async () => {
    const answer = await moknahKey(emulator).generate('a'.repeat(1_100_000));
    expect([answer.status, errorOf(answer)['message']]).toEqual([413, 'Request body too large']);
  });

  test('an unknown voice is 404, and 90 is somebody else’s: 403', async () => {
    const key = moknahKey(emulator);
    expect(await key.generate({ text, voice_id: 5 })).toMatchObject({
      status: 404,
      json: { success: false, error: { code: 'NOT_FOUND', message: 'Voice not found', details: { voice_id: '5' } } },
    });
    expect(await key.generate({ text, voice_id: 90 })).toMatchObject({
      status: 403,
      json: { error: { code: 'FORBIDDEN', message: "You don't have permission to access this voice" } },
    });
  });
});

describe('the last slash', () => {
  const post = (apiKey: string, path: string) =>
    ask(`${emulator.url}${path}`, { headers: { authorization: `Bearer ${apiKey}` }, body: { text, voice_id: 1 } });

  test('makes no difference', async () => {
    expect((await post(moknahKey(emulator).apiKey, '/api/v1/tts/generate')).status).toBe(200);
    expect((await post(moknahKey(emulator).apiKey, '/api/v1/voices')).json).toHaveLength(3);
  });

  test('moknah-slash-redirect: without it the address is redirected, and nothing is accepted', async () => {
    const { apiKey } = moknahKey(emulator, 'moknah-slash-redirect');
    const before = emulator.ledger.length;
    const { status, headers } = await post(apiKey, '/api/v1/tts/generate');
    expect([status, headers.get('location')]).toEqual([301, '/api/v1/tts/generate/']);
    expect(emulator.ledger).toHaveLength(before);
    expect((await post(apiKey, '/api/v1/tts/generate/')).status).toBe(200);
  });

  test('moknah-slash-404: without it the address is unknown', async () => {
    const { apiKey } = moknahKey(emulator, 'moknah-slash-404');
    expect((await post(apiKey, '/api/v1/tts/generate')).status).toBe(404);
    expect((await post(apiKey, '/api/v1/tts/generate/')).status).toBe(200);
  });

  test('other paths and methods are 404', async () => {
    const headers = { authorization: `Bearer ${moknahKey(emulator).apiKey}` };
    for (const path of ['tts/', 'tts/generate/more/', '%', 'voices/1/']) {
      expect((await ask(`${emulator.moknah.baseUrl}/${path}`, { headers })).status).toBe(404);
    }
    expect((await ask(`${emulator.moknah.baseUrl}/tts/generate/`, { headers })).status).toBe(404);
    expect((await ask(`${emulator.moknah.baseUrl}/voices/`, { headers, method: 'DELETE' })).status).toBe(404);
  });
});

describe('voices', () => {
  test.each(['GET', 'POST'])('%s: an array, without a wrapper, of ids, names and samples', async (method) => {
    const { status, headers, json } = await moknahKey(emulator).voices({ method });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(json).toEqual([
      { voice_id: 1, voice_name: 'Layla', voice_sample_url: expect.stringMatching(/^https:/) },
      { voice_id: 7, voice_name: 'Omar', voice_sample_url: expect.stringMatching(/^https:/) },
      { voice_id: 12, voice_name: 'Salma', voice_sample_url: expect.stringMatching(/^https:/) },
    ]);
  });

  test('each of them can speak', async () => {
    const key = moknahKey(emulator);
    for (const voice_id of [1, 7, 12]) expect((await key.generate({ text, voice_id })).status).toBe(200);
  });

  test('moknah-odd-voices: some lack a member, or have their id as text', async () => {
    const list = (await moknahKey(emulator, 'moknah-odd-voices').voices()).json as unknown as Record<string, unknown>[];
    for (const name of ['voice_id', 'voice_name', 'voice_sample_url']) {
      expect(list.filter((voice) => !(name in voice))).toHaveLength(1);
    }
    expect(list.filter((voice) => typeof voice['voice_id'] === 'string')).toHaveLength(1);
  });

  test('moknah-no-voices: there are none', async () => {
    expect((await moknahKey(emulator, 'moknah-no-voices').voices()).json).toEqual([]);
  });
});
