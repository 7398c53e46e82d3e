import { afterEach, expect, test, vi } from 'vitest';

import { createAudixa } from './index.ts';

afterEach(() => void vi.unstubAllGlobals());

test('constructs where the platform has no fetch, as in Jest with jsdom, and fails when it is used', async () => {
  vi.stubGlobal('fetch', undefined);
  const audixa = createAudixa({ relay: 'http://127.0.0.1:9/speech', retry: { tries: 1 } });
  await expect(audixa.history()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'SpeechError', vendor: 'audixa' });
});

test('asks the relay with the fetch of that moment, such as one that a test replaced', async () => {
  const audixa = createAudixa({ relay: 'http://127.0.0.1:9/speech', retry: { tries: 1 } });
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return Response.json({}, { status: 404 });
  });
  await expect(audixa.history()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'SpeechError' });
  expect(asked[0]).toMatch(/^http:\/\/127\.0\.0\.1:9\/speech\//);
});
