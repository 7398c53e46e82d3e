import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fillPath, matchRoute } from './match-route.ts';
import { routes } from './routes.ts';

const pathOf = (path: string) => matchRoute(new URL(path, 'https://relay.example').pathname)?.route.path;

test.each(routes.map(({ path }) => path))('%s is found at its own path, under any mount, and with a last slash', (path) => {
  const filled = path
    .replace(':key', 'k'.repeat(36))
    .replace(':sealed', 'aaa..bbb.ccc.ddd')
    .replaceAll(/:[a-z]+/g, 'x1');
  for (const mount of ['/', '/speech/', '/a/b/c/', '/speech/token/']) {
    expect(pathOf(mount + filled)).toBe(path);
    expect(pathOf(`${mount + filled}/`)).toBe(path);
  }
});

test.each([
  '/speech/audixa/v3/tts/..%2f..%2fadmin',
  '/speech/audixa//v3/tts',
  '/speech/audixa/v3//tts',
  '/speech/audixa/v3/tts%2f',
  '/speech/audixa/v3%2ftts',
  '/speech/audixa%2fv3/tts',
  '/speech/%61udixa/v3/tts',
  '/speech/AUDIXA/V3/TTS',
  '/speech/audixa/v3/tts/stream/x',
  '/speech/sauti/v1/tts/jobs/..%2f..%2fvoices',
  '/speech/sauti/v1/tts/jobs/%2e%2e%2fx',
  '/speech/sauti/v1/tts/jobs/a%252fb',
  '/speech/sauti/v1/tts/jobs/a%3Fb',
  '/speech/sauti/v1/tts/jobs/a%00b',
  '/speech/sauti/v1/tts/jobs/a%5Cb',
  '/speech/sauti/v1/tts/jobs/%ff',
  '/speech/sauti/v1/tts/jobs/a%20b/audio',
  `/speech/sauti/v1/tts/jobs/${'a'.repeat(201)}`,
  '/speech/queue/short',
  '/speech/files/a.b.c.d.e',
  '/speech/files/',
  '/speech//',
  '/',
  '',
  '/speech/tokens',
])('%s is no route', (path) => {
  expect(pathOf(path)).toBeUndefined();
});

test('dots in the page’s path were resolved before and lead to routes alone', () => {
  expect(pathOf('/speech/sauti/v1/tts/jobs/%2e%2e/jobs')).toBe('sauti/v1/tts/jobs');
  expect(pathOf('/speech/files/../token')).toBe('token');
});

test('whatever a piece of a path is, the path at the vendor keeps its pieces', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('..', '.', '%2e%2e', '..%2f', '//', 'a/b', 'a\\b', '\u2215', 'é', '😀', 'a?b', 'a#b'),
  );
  fc.assert(
    fc.property(piece, fc.boolean(), (text, isEncoded) => {
      const raw = `/speech/sauti/v1/tts/jobs/${isEncoded ? encodeURIComponent(text) : text}/audio`;
      const match = matchRoute(URL.canParse(raw, 'https://r.example') ? new URL(raw, 'https://r.example').pathname : raw);
      if (match?.route.path !== 'sauti/v1/tts/jobs/:id/audio') return;
      const at = new URL(`https://vendor.example/v1${fillPath('/tts/jobs/:id/audio', match.pieces)}`);
      expect(at.pathname.split('/')).toHaveLength(6);
      expect(at.pathname).toMatch(/^\/v1\/tts\/jobs\/[^/]+\/audio$/);
      expect(at.search + at.hash).toBe('');
    }),
    { numRuns: 2_000 },
  );
});

test('any path at all is answered without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => matchRoute(text)).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});
