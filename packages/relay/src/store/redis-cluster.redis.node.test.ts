import { startEmulator } from '@saystream/emulator';
import { expect, onTestFinished, test } from 'vitest';

import { startCluster } from '../../tests/redis-deployments.ts';
import { runCommand } from '../../tests/run-command.ts';

const origin = 'https://app.example';

test('the command with a Redis in cluster mode: health is 200, a key of a refused job is free again, Moknah and SAUTI speak', async () => {
  const [emulator, cluster] = await Promise.all([startEmulator({ rate: 40 }), startCluster(1)]);
  onTestFinished(() => emulator.close());
  onTestFinished(() => cluster.stop());
  const [server] = cluster.servers;
  const command = await runCommand({
    MOKNAH_API_KEY: emulator.moknah.apiKey,
    MOKNAH_BASE_URL: emulator.moknah.baseUrl,
    SAUTI_API_KEY: emulator.sauti.apiKey,
    SAUTI_BASE_URL: emulator.sauti.baseUrl,
    RELAY_ORIGINS: origin,
    RELAY_ALLOW_ANYONE: '1',
    RELAY_SECRETS: 'a-secret-that-two-commands-have-in-common',
    RELAY_REDIS_PREFIX: 'speech-of-a-test:',
    REDIS_URL: server!.url,
    PORT: '0',
  });
  onTestFinished(() => void command.child.kill('SIGKILL'));
  const url = await command.url();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ask = async (vendor: string, path: string, body: object, key: string) => {
    const headers = { origin, 'content-type': 'application/json' };
    const minted = await fetch(`${url}/token`, { method: 'POST', headers, body: JSON.stringify({ vendor }) });
    const { session } = (await minted.json()) as { session: string };
    const paid = { ...headers, authorization: `Bearer ${session}`, 'idempotency-key': key };
    return fetch(`${url}/${path}`, { method: 'POST', headers: paid, body: JSON.stringify(body) });
  };
  const moknah = (text: string, voice: number, key: string) =>
    ask('moknah', 'moknah/api/v1/tts/generate/', { text, voice_id: voice }, key);
  const refused = await moknah('Hello.', 999_999, 'a-key-of-one-request');
  expect(refused.status).toBe(404);
  // Another request under the same key: a key that is still taken is told 409 or 422.
  expect((await moknah('Hello again.', 999_999, 'a-key-of-one-request')).status).toBe(404);
  expect((await moknah('Hello.', 7, 'a-key-that-is-paid')).status).toBe(200);
  const sauti = await ask('sauti', 'sauti/v1/text-to-speech/sauti-swahili-v1', { text: 'Habari.' }, 'a-key-of-one-sauti-request');
  expect(sauti.status).toBe(200);
  const admin = await server!.connect();
  const keys = await admin.sendCommand<string[]>(['KEYS', '*']);
  expect(keys.filter((key) => !key.startsWith('speech-of-a-test:'))).toEqual([]);
  expect(keys.filter((key) => /\{line:(moknah|sauti)\}:meta$/.test(key))).toHaveLength(2);
  await server!.stop();
  await expect.poll(async () => (await fetch(`${url}/healthz`)).status, { timeout: 10_000 }).toBe(503);
});

test('the command does not start when the server refuses scripts, and says why', async () => {
  const cluster = await startCluster(1);
  onTestFinished(() => cluster.stop());
  const [server] = cluster.servers;
  const admin = await server!.connect();
  await admin.sendCommand(['ACL', 'SETUSER', 'default', '-evalsha', '-eval']);
  const command = await runCommand({
    AUDIXA_API_KEY: 'k',
    RELAY_ORIGINS: origin,
    RELAY_ALLOW_ANYONE: '1',
    RELAY_SECRETS: 'a-secret-that-two-commands-have-in-common',
    REDIS_URL: server!.url,
    PORT: '0',
  });
  onTestFinished(() => void command.child.kill('SIGKILL'));
  expect(await command.ended).toBe(1);
  expect(command.err.text).toMatch(/^REDIS_URL: the server cannot be used: .*NOPERM/);
});
