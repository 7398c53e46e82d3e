import { expect, test } from 'vitest';

import { isRefusal } from '../../relay-context.ts';
import { readAudixaStreamRequest } from './audixa-stream-request.ts';
import { readPaidFields } from './paid-fields.ts';
import { moknahFields, sautiJobFields, sautiSpeechFields } from './vendor-fields.ts';
import { checkVoice } from './voice-scope.ts';

test('a whole request is made anew from its fields, and its characters are counted', () => {
  const text = '{"voice_id":"am_ethan", "text":"Hé 😀", "speed":2, "audio_format":"mp3", "speed":1.5}';
  expect(readAudixaStreamRequest(text)).toEqual({
    wire: '{"text":"Hé 😀","voice_id":"am_ethan","speed":1.5,"audio_format":"mp3"}',
    characters: 5,
    voice: 'am_ethan',
  });
});

test.each([
  ['webhook', { field: 'webhook', message: 'This field is not known.' }],
  ['__proto__', { field: '__proto__', message: 'This field is not known.' }],
  ['constructor', { field: 'constructor', message: 'This field is not known.' }],
])('a field named %s, which no vendor knows, is refused by its name', (name, error) => {
  const read = readAudixaStreamRequest(`{"text":"a","voice_id":"b","${name}":{}}`);
  expect(read).toMatchObject({ status: 400, code: 'unknown_field', errors: [error] });
});

test.each([
  ['no JSON', '{'],
  ['an array', '[]'],
  ['null', 'null'],
  ['a text', '"text"'],
  ['no text', '{"voice_id":"b"}'],
  ['an empty text', '{"text":"","voice_id":"b"}'],
  ['a number for a text', '{"text":1,"voice_id":"b"}'],
  ['a voice that is a list', '{"text":"a","voice_id":["b"]}'],
  ['a speed out of its range', '{"text":"a","voice_id":"b","speed":2.1}'],
  ['a speed in words', '{"text":"a","voice_id":"b","speed":"fast"}'],
  ['an infinite speed', '{"text":"a","voice_id":"b","speed":1e999}'],
  ['a format that is none', '{"text":"a","voice_id":"b","audio_format":"exe"}'],
])('%s is refused as a bad request', (_, text) => {
  expect(readAudixaStreamRequest(text)).toMatchObject({ status: 400, code: 'bad_request' });
});

test('settings within settings are checked too', () => {
  const read = readPaidFields('{"text":"a","voice_settings":{"stability":1}}', sautiSpeechFields);
  expect(read).toMatchObject({ code: 'unknown_field', errors: [{ field: 'voice_settings.stability' }] });
  expect(isRefusal(readPaidFields('{"text":"a","voice_settings":{"noise_scale":0.5}}', sautiSpeechFields))).toBe(false);
  expect(isRefusal(readPaidFields('{"text":"a","voice_id":"v"}', sautiSpeechFields))).toBe(true);
  expect(readPaidFields('{"text":"a","voice_id":"v"}', sautiJobFields)).toMatchObject({ voice: 'v' });
  expect(readPaidFields('{"text":"a","voice_id":7,"output_format":"pcm_24000"}', moknahFields)).toMatchObject({ voice: '7' });
  expect(readPaidFields('{"text":"a","voice_id":"7"}', moknahFields)).toMatchObject({ code: 'bad_request' });
});

test('a hundred unknown fields are named twenty at most', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}`, 1]));
  const read = readAudixaStreamRequest(JSON.stringify({ text: 'a', voice_id: 'b', ...many }));
  expect(isRefusal(read) && (read.errors?.length ?? 99) <= 20).toBe(true);
});

test('a token speaks with its own voice, and with those that the app allowed', () => {
  const grant = { user: 'u', origin: '', vendor: 'audixa', maxChars: 10, id: 'i' } as const;
  expect(checkVoice(grant, 'a')).toBeUndefined();
  expect(checkVoice({ ...grant, voice: 'a' }, 'a')).toBeUndefined();
  expect(checkVoice({ ...grant, voice: 'a' }, 'b')).toMatchObject({ status: 403, code: 'out_of_scope' });
  expect(checkVoice({ ...grant, voices: ['a'] }, 'b')).toMatchObject({ code: 'out_of_scope' });
  expect(checkVoice({ ...grant, voice: 'b', voices: ['a'] }, 'b')).toMatchObject({ code: 'out_of_scope' });
});
