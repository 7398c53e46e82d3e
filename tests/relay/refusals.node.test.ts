import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createRelay, type RelayEvent, type RelayOptions } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';
import { createAudixa, createMoknah, createSauti, isSpeechError, type SpeechError } from 'saystream';
import { expect, onTestFinished, test } from 'vitest';

const vendors = ['audixa', 'sauti', 'moknah'] as const;
const pageOrigin = 'http://127.0.0.1:8080';
const asPage: typeof fetch = (input, init) => {
  const request = new Request(input, init);
  request.headers.set('origin', pageOrigin);
  return fetch(request);
};

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`;
}

async function startRelay(options: Partial<RelayOptions> = {}): Promise<{ url: string; events: RelayEvent[] }> {
  const events: RelayEvent[] = [];
  const account = { apiKey: 'the-vendor-key', baseUrl: 'http://127.0.0.1:9' };
  const relay = createRelay({
    vendors: { audixa: account, sauti: account, moknah: account },
    origins: ['http://localhost:8080'],
    authorize: () => ({ user: 'amina' }),
    onEvent: (event) => void events.push(event),
    ...options,
  });
  onTestFinished(() => relay.close(0));
  return { url: await listen(relayHandler(relay)), events };
}

/** What a page is told when it lists the voices of a vendor. */
async function refusalOf(vendor: (typeof vendors)[number], relay: string, fetch = asPage): Promise<SpeechError> {
  const create = { audixa: createAudixa, sauti: createSauti, moknah: createMoknah }[vendor];
  const client = create({ relay, fetch, retry: { tries: 1 } });
  const thrown = await Promise.resolve(
    (async () => {
      for await (const _ of client.voices() as AsyncIterable<unknown>) break;
    })(),
  ).catch((error: unknown) => error);
  if (!isSpeechError(thrown)) throw new Error('No refusal.');
  return thrown;
}

test.each(vendors)('%s: an origin that is not listed is named, with the relay and the fix', async (vendor) => {
  const { url, events } = await startRelay();
  expect(await refusalOf(vendor, url)).toMatchObject({
    kind: 'forbidden',
    vendor,
    status: 403,
    billed: 'no',
    message: `The relay at ${url} does not allow the origin ${pageOrigin}. Add it to \`origins\`.`,
    advice: `Add ${pageOrigin} to \`origins\` of the relay.`,
  });
  expect(events).toEqual([expect.objectContaining({ type: 'refused', code: 'wrong_origin', origin: pageOrigin })]);
});

test.each(vendors)('%s: a program without an origin is told of allowNonBrowser', async (vendor) => {
  const { url } = await startRelay();
  const error = await refusalOf(vendor, url, fetch);
  expect(error.message).toBe(`The relay at ${url} serves no request without an Origin header.`);
  expect(error.advice).toContain('`allowNonBrowser`');
});

test.each(vendors)('%s: an authorize that returns null asks to log in', async (vendor) => {
  const { url } = await startRelay({ origins: [pageOrigin], authorize: () => null });
  const error = await refusalOf(vendor, url);
  expect(error).toMatchObject({ kind: 'unauthorized', vendor, billed: 'no' });
  expect(error.message).toBe(`The relay at ${url} does not let this user speak: its \`authorize\` returned no user.`);
  expect(error.advice).toMatch(/^Log in/);
});

test.each([
  ['HTML', 404, 'text/html', '<h1>Not found</h1>'],
  ['JSON', 404, 'application/json', '{"error":"not found"}'],
  ['an empty body', 405, 'text/plain', ''],
  ['a page with status 200', 200, 'text/html', '<!doctype html>'],
  ['JSON without a token', 200, 'application/json', '{}'],
])('another server that answers %s at the relay’s address is not called a vendor', async (_title, status, type, body) => {
  const url = await listen((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
  for (const vendor of vendors) {
    const error = await refusalOf(vendor, url);
    expect(error).toMatchObject({ vendor, billed: 'no' });
    expect(`${error.message} ${error.advice}`).toContain(url);
    expect(error.message).not.toMatch(/audixa answered|sauti answered|moknah answered/i);
    expect(error.advice).toContain('`relay`');
  }
});

test('a limit of the relay is the relay’s', async () => {
  const { url } = await startRelay({ origins: [pageOrigin], limits: { connectsPerIpPerMinute: 1 } });
  await refusalOf('sauti', url);
  const error = await refusalOf('sauti', url);
  expect(error).toMatchObject({ kind: 'rate-limited', vendor: 'sauti', retryAfterMs: expect.any(Number) });
  expect(error.message).toMatch(`The relay at ${url} `);
});

test('a relay that is not running is named', async () => {
  const error = await refusalOf('moknah', 'http://127.0.0.1:9/speech');
  expect(error).toMatchObject({ kind: 'unreachable', vendor: 'moknah', billed: 'no' });
  expect(error.message).toContain('The relay at http://127.0.0.1:9/speech could not be reached');
});

test('a stream is told the same as a list', async () => {
  const { url } = await startRelay();
  const client = createAudixa({ relay: url, fetch: asPage, retry: { tries: 1 } });
  const { error } = await client.voice('am_ethan').say('Hello.').outcome;
  expect(error?.message).toBe(`The relay at ${url} does not allow the origin ${pageOrigin}. Add it to \`origins\`.`);
});
