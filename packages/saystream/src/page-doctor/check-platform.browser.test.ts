import { afterEach, expect, test, vi } from 'vitest';

import { checkCodecs, checkSampleRate, checkSecureContext } from './check-platform.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a browser that decodes no MP3 is told apart from one that does', () => {
  vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockImplementation((type) => (type === 'audio/mpeg' ? '' : 'probably'));
  expect(checkCodecs()).toMatchObject({
    verdict: 'warning',
    found: 'Files of MP3 are not decoded here; streams are.',
    fix: 'Ask the vendor for another format, or stream.',
  });
  vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockReturnValue('maybe');
  expect(checkCodecs()).toMatchObject({ verdict: 'ok', fix: '' });
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
