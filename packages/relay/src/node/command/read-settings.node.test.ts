import { expect, test } from 'vitest';

import { openStore } from './open-store.ts';
import { readSettings, type Environment } from './read-settings.ts';

const secret = 'x'.repeat(32);
const enough: Environment = { AUDIXA_API_KEY: 'key', RELAY_ORIGINS: 'https://app.example', RELAY_ALLOW_ANYONE: '1' };
const problemsOf = (more: Environment): readonly string[] => readSettings({ ...enough, ...more }).problems;

test('three variables are enough, and the rest has defaults', () => {
  expect(readSettings(enough)).toEqual({
    settings: {
      relay: {
        vendors: { audixa: { apiKey: 'key' } },
        origins: ['https://app.example'],
        limits: {},
        allowNonBrowser: false,
        audioUrls: 'proxy',
      },
      authorize: { by: 'anyone' },
      port: 8_788,
      host: '127.0.0.1',
      trustProxy: 0,
    },
    problems: [],
  });
});

test('every variable has its place', () => {
  const { settings } = readSettings({
    AUDIXA_API_KEY: 'a',
    AUDIXA_SLUGS: 'one, two',
    SAUTI_API_KEY: 's',
    SAUTI_BASE_URL: 'http://127.0.0.1:1',
    MOKNAH_API_KEY: 'm',
    RELAY_ORIGINS: 'https://a.example, https://b.example,',
    RELAY_AUTHORIZE_URL: 'http://127.0.0.1:3000/who',
    RELAY_SECRETS: `${secret},${secret}2`,
    REDIS_URL: 'rediss://cache.example',
    PORT: '80',
    HOST: '::',
    RELAY_TRUST_PROXY: '1',
    RELAY_LIMITS: '{"streamsPerUser":1}',
    RELAY_ALLOW_NON_BROWSER: '1',
    RELAY_AUDIO_URLS: 'pass',
    RELAY_FILE_HOSTS: 'cdn.example',
    RELAY_AUDIENCE: 'blue',
    RELAY_ALLOW_ANYONE: '',
  });
  expect(settings).toEqual({
    relay: {
      vendors: {
        audixa: { apiKey: 'a', slugs: ['one', 'two'] },
        sauti: { apiKey: 's', baseUrl: 'http://127.0.0.1:1' },
        moknah: { apiKey: 'm' },
      },
      origins: ['https://a.example', 'https://b.example'],
      limits: { streamsPerUser: 1 },
      allowNonBrowser: true,
      audioUrls: 'pass',
      secrets: [secret, `${secret}2`],
      audience: 'blue',
      fileHosts: ['cdn.example'],
    },
    authorize: { by: 'url', url: 'http://127.0.0.1:3000/who' },
    redisUrl: 'rediss://cache.example',
    port: 80,
    host: '::',
    trustProxy: 1,
  });
});

test.each<[title: string, more: Environment, says: RegExp]>([
  ['no account', { AUDIXA_API_KEY: ' ' }, /^Set AUDIXA_API_KEY, SAUTI_API_KEY or MOKNAH_API_KEY/],
  ['no origin', { RELAY_ORIGINS: ',' }, /^Set RELAY_ORIGINS/],
  ['nobody to ask', { RELAY_ALLOW_ANYONE: '0' }, /^Set RELAY_AUTHORIZE_URL/],
  ['two to ask', { RELAY_AUTHORIZE_MODULE: './who.mjs' }, /^Set only one of/],
  ['an app that is no address', { RELAY_ALLOW_ANYONE: '', RELAY_AUTHORIZE_URL: 'app/who' }, /^RELAY_AUTHORIZE_URL must be/],
  ['a yes that is none', { RELAY_ALLOW_NON_BROWSER: 'yes' }, /^RELAY_ALLOW_NON_BROWSER must be 1, 0/],
  ['a Redis without secrets', { REDIS_URL: 'redis://h' }, /^Set RELAY_SECRETS/],
  ['a Redis that is none', { REDIS_URL: 'http://h', RELAY_SECRETS: secret }, /^REDIS_URL must be/],
  ['a short secret', { RELAY_SECRETS: 'short-secret' }, /^RELAY_SECRETS must be 32 bytes/],
  ['three secrets', { RELAY_SECRETS: [secret, secret, secret].join() }, /^RELAY_SECRETS may hold two/],
  ['a port that is none', { PORT: 'http' }, /^PORT must be a number/],
  ['proxies that are none', { RELAY_TRUST_PROXY: 'true' }, /^RELAY_TRUST_PROXY must be a number/],
  [
    'limits that are no JSON',
    { RELAY_LIMITS: 'streams=1' },
    /^RELAY_LIMITS must be a JSON object of limits: charactersPerRequest/,
  ],
  ['an origin without a scheme', { RELAY_ORIGINS: 'app.example' }, /^RELAY_ORIGINS: "app\.example" has no scheme\. Did you mean/],
  ['an origin with a path', { RELAY_ORIGINS: 'https://a.example/' }, /^RELAY_ORIGINS: "https:\/\/a\.example\/" has a path\./],
  [
    'a limit of another shape',
    { RELAY_LIMITS: '{"charactersPerUser":2000}' },
    /^RELAY_LIMITS: limits\.charactersPerUser must be \{ characters, windowMs \}/,
  ],
  ['a misspelt limit', { RELAY_LIMITS: '{"streamPerUser":1}' }, /^RELAY_LIMITS: .* Did you mean streamsPerUser\?\.?$/],
  ['limits that are a list', { RELAY_LIMITS: '[1]' }, /^RELAY_LIMITS must be a JSON object/],
  ['a way of files that is none', { RELAY_AUDIO_URLS: 'direct' }, /^RELAY_AUDIO_URLS must be proxy or pass/],
  ['a name that is misspelt', { RELAY_LIMIT: '{}' }, /^RELAY_LIMIT is no setting/],
])('%s is one sentence, which shows no value', (_title, more, says) => {
  const problems = problemsOf(more);
  expect(problems).toEqual([expect.stringMatching(says)]);
  expect(problems[0]).toMatch(/[.?]$|base64 48 makes one\.$/);
  expect(problems[0]).not.toContain('short-secret');
});

test('without the package redis, a REDIS_URL says what to install', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package 'redis'"));
  await expect(openStore('redis://127.0.0.1', () => undefined, { load: missing })).rejects.toThrow('npm install redis');
});
