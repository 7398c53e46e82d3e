import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { parseAudixaError } from '@saystream/errors';
import { expect, onTestFinished, test } from 'vitest';

import { defaultRetry, defaultTimeouts } from '../client-options.ts';
import { createAccount } from '../retry/account-health.ts';
import { createHttp } from './create-http.ts';
import { readBytes } from './read-body.ts';

const secure = 'https://files.example';
const internal = 'http://169.254.169.254/latest/meta-data';

/** Fetches a file with this `fetch`. */
function fileThrough(fetch: typeof globalThis.fetch, url: string): Promise<string> {
  const http = createHttp({
    vendor: 'audixa',
    baseUrl: 'https://api.example/v3',
    headers: { 'x-api-key': 'secret-key' },
    parseError: parseAudixaError,
    timeouts: defaultTimeouts,
    retry: { ...defaultRetry, tries: 1 },
    account: createAccount('audixa', 5),
    emit: () => undefined,
    fetch,
  });
  return http.request({ url }, async (response, limits) =>
    new TextDecoder().decode(await readBytes(response, { ...limits, maxBytes: 1_000 })),
  );
}

/** A network: what each address answers, an address to be sent on to, or a body. Asked addresses are noted. */
function network(hosts: Readonly<Record<string, { status: number; location: string } | string>>) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input);
    asked.push(url);
    expect(init).toMatchObject({ redirect: 'manual', headers: expect.not.objectContaining({ 'x-api-key': 'secret-key' }) });
    const answer = hosts[url] ?? 'secret';
    return typeof answer === 'string'
      ? new Response(answer)
      : new Response('moved', { status: answer.status, headers: { location: answer.location } });
  };
  return { asked, fetch };
}

test.each([301, 302, 303, 307, 308])('a secure file that is moved (%s) to a secure address is fetched there', async (status) => {
  const { asked, fetch } = network({
    [`${secure}/a`]: { status, location: 'https://cdn.example/b' },
    'https://cdn.example/b': { status, location: '/c' },
    'https://cdn.example/c': 'sound',
  });
  expect(await fileThrough(fetch, `${secure}/a`)).toBe('sound');
  expect(asked).toEqual([`${secure}/a`, 'https://cdn.example/b', 'https://cdn.example/c']);
});

test.each([
  ['a plain internal address', internal],
  ['plain loopback', 'http://127.0.0.1:9/'],
  ['the same host in plain', 'http://files.example/a'],
  ['data:', 'data:text/plain,secret'],
  ['file:', 'file:///etc/passwd'],
  ['no address', 'https://['],
])('a secure file that redirects to %s is refused, and nothing is asked there', async (_, location) => {
  for (const hops of [0, 2]) {
    const steps = Array.from({ length: hops }, (_step, at) => [
      `${secure}/${at}`,
      { status: 302, location: `${secure}/${at + 1}` },
    ]);
    const hosts = { ...Object.fromEntries(steps), [`${secure}/${hops}`]: { status: 302, location } };
    const { asked, fetch } = network(hosts as Parameters<typeof network>[0]);
    const got = fileThrough(fetch, `${secure}/0`);
    await expect(got).rejects.toMatchObject({ kind: 'bad-response', message: expect.stringContaining('may not be fetched') });
    expect(asked).toHaveLength(hops + 1);
    expect(asked.every((url) => url.startsWith(secure))).toBe(true);
  }
});

test('a file that redirects in a circle is refused after five hops', async () => {
  const { asked, fetch } = network({ [`${secure}/a`]: { status: 302, location: '/a' } });
  await expect(fileThrough(fetch, `${secure}/a`)).rejects.toMatchObject({ kind: 'bad-response' });
  expect(asked).toHaveLength(6);
});

test('where fetch follows by itself, an answer that comes from a plain address is refused', async () => {
  const follows: typeof globalThis.fetch = async () =>
    Object.defineProperty(new Response('secret'), 'url', { value: internal, configurable: true });
  await expect(fileThrough(follows, `${secure}/a`)).rejects.toMatchObject({ kind: 'bad-response' });
});

test('a plain file of a local vendor may be moved to another plain address, and its endless redirect is not read', async () => {
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const files = await serve((_request, response) => response.end('sound'));
  let sentBytes = 0;
  const moved = await serve((_request, response) => {
    response.writeHead(302, { location: files });
    const more = (): void => {
      sentBytes += 65_536;
      if (!response.destroyed && sentBytes < 1e9) response.write(Buffer.alloc(65_536), () => setImmediate(more));
    };
    more();
  });
  expect(await fileThrough(globalThis.fetch, moved)).toBe('sound');
  expect(sentBytes).toBeLessThan(50e6);
});
