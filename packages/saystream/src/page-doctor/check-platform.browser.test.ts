import { afterEach, expect, test, vi } from 'vitest';

import { checkCodecs, checkSampleRate, checkSecureContext } from './check-platform.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('what is decoded while it arrives, what only as a whole, and what not at all, are told apart', async () => {
  const knows = (types: RegExp) =>
    vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockImplementation((type) => (types.test(type) ? 'maybe' : ''));
  const decoding = (codecs: RegExp) => ({
    isConfigSupported: async ({ codec }: AudioDecoderConfig) => ({ supported: codecs.test(codec) }),
  });
  knows(/^$/);
  vi.stubGlobal('AudioDecoder', decoding(/mp3|opus/));
  expect(await checkCodecs()).toMatchObject({ verdict: 'ok', fix: '' });
  vi.stubGlobal('AudioDecoder', decoding(/opus/));
  expect(await checkCodecs()).toMatchObject({
    verdict: 'warning',
    found: 'MP3 cannot be decoded here; streams, WAV and PCM are heard.',
    fix: 'Ask the vendor for WAV, or stream.',
  });
  knows(/mpeg|ogg/);
  vi.stubGlobal('AudioDecoder', undefined);
  expect(await checkCodecs()).toMatchObject({
    verdict: 'warning',
    found: 'MP3 and Opus: heard here when all of it has arrived, and not before.',
  });
});

test('a browser that renders at another rate, or not at all, is found', async () => {
  const makes = (sampleRate: number) =>
    class {
      sampleRate = sampleRate;
      async close() {}
    };
  vi.stubGlobal('AudioContext', makes(48_000));
  expect(await checkSampleRate()).toMatchObject({ verdict: 'warning', found: expect.stringContaining('48000 Hz') });
  vi.stubGlobal('AudioContext', makes(24_000));
  expect(await checkSampleRate()).toMatchObject({ verdict: 'ok' });
  vi.stubGlobal('AudioContext', undefined);
  expect(await checkSampleRate()).toMatchObject({ verdict: 'broken' });
});

test('this page is a secure context', () => {
  expect(checkSecureContext()).toMatchObject({ check: 'secure-context', verdict: 'ok', fix: '' });
});
