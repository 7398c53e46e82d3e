import { SpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import { noRelay, ofRelay } from './of-relay.ts';
import { relayUrl } from './relay-url.ts';

const { location } = globalThis as { location?: { origin: string } };
/** In Node the whole address, in a page its path. */
const origin = location?.origin ?? 'https://app.example';
const url = `${origin}/speech`;
const place = location ? '/speech' : url;

const refused = (status: number) =>
  new SpeechError({ kind: 'forbidden', vendor: 'audixa', status, message: 'Audixa answered with status 403', billed: 'no' });
const closed = (code: number, reason: string) =>
  new SpeechError({
    kind: 'forbidden',
    vendor: 'audixa',
    message: `The connection to Audixa closed with code ${code}`,
    close: { code, reason, wasClean: true, phase: 'connecting' },
    billed: 'no',
  });

test("names the relay in the relay's own problem, and keeps the other facts", () => {
  const detail = 'The relay does not allow the origin http://127.0.0.1:8080. Add it to `origins`.';
  const body = JSON.stringify({ type: 'urn:saystream:relay:wrong_origin', detail, advice: 'Add it.' });
  expect(ofRelay(refused(403), url, body)).toMatchObject({
    kind: 'forbidden',
    vendor: 'audixa',
    status: 403,
    billed: 'no',
    message: `The relay at ${place} does not allow the origin http://127.0.0.1:8080. Add it to \`origins\`.`,
    advice: 'Add it.',
  });
});

test('names the relay in a close with a code of its own', () => {
  expect(ofRelay(closed(4403, 'wrong_origin: The relay issued this token to another origin.'), url)).toMatchObject({
    message: `The relay at ${place} issued this token to another origin.`,
    close: { code: 4403 },
  });
  expect(ofRelay(closed(4429, '{"r":2}'), url).message).toBe(`The relay at ${place} refused: code 4429.`);
});

test.each([
  ['a vendor’s problem', refused(403), '{"type":"https://sauti.example/errors/forbidden"}'],
  ['a text that only mentions the type', refused(403), '{"detail":"urn:saystream:relay:wrong_origin"}'],
  ['HTML', refused(404), '<h1>urn:saystream:relay:</h1>'],
  ['no body', refused(403), undefined],
  ['a vendor’s close', closed(1008, 'key'), undefined],
  ['a vendor’s handshake, passed on', closed(4402, 'the vendor answered 402'), undefined],
])('leaves %s as it is', (_title, error, body) => {
  expect(ofRelay(error, url, body)).toBe(error);
});

test('says that no relay answers, or that it cannot be reached', () => {
  const missing = noRelay(refused(404), url);
  expect(missing.message).toBe(`No relay answers at ${place}: ${place}/token was answered with status 404.`);
  expect(missing.advice).toBe(`Mount the relay at ${place}, or correct \`relay\`.`);
  const unreachable = new SpeechError({ kind: 'unreachable', vendor: 'audixa', message: 'x', code: 'ECONNREFUSED' });
  expect(noRelay(unreachable, url)).toMatchObject({ kind: 'unreachable', message: expect.stringContaining(`at ${place} `) });
});

test.each(['tauri://localhost/speech', 'chrome-extension://abc/speech', 'file:///speech', 'app://-/speech', 'data:,speech'])(
  'refuses %s, which no client can call, instead of calling null/speech',
  (relay) => {
    expect(() => relayUrl('createAudixa', 'audixa', relay)).toThrow('createAudixa: relay must be an http(s) address');
  },
);

test.each(['tauri://localhost/index.html', 'file:///index.html', 'chrome-extension://abc/page.html'])(
  'says for /speech in a page at %s that the whole address is needed',
  (href) => {
    const page = globalThis as { document?: unknown; location?: unknown };
    if (page.document) return expect(relayUrl('createAudixa', 'audixa', '/speech')()).toBe(`${origin}/speech`);
    page.location = { href };
    try {
      expect(relayUrl('createAudixa', 'audixa', '/speech')).toThrow('there is no http(s) page here');
    } finally {
      delete page.location;
    }
  },
);
