import { expect, inject, test } from 'vitest';

import { createAudixa } from './index.ts';

const { baseUrl } = inject('emulator');

test('a key in a page is refused with a reason and a way out', () => {
  expect(() => createAudixa({ baseUrl, apiKey: 'secret' })).toThrow(TypeError);
  expect(() => createAudixa({ baseUrl, apiKey: 'secret' })).toThrow(/relay/);
});

test('a key in a worker of a page is refused too', async () => {
  const code = `self.onmessage = async ({ data }) => {
    const { createAudixa } = await import(data.module);
    try { createAudixa({ baseUrl: data.baseUrl, apiKey: 'secret' }); self.postMessage('accepted'); } catch (error) { self.postMessage(error.name); }
  };`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
  const answer = new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  worker.postMessage({ module: new URL('./index.ts', import.meta.url).href, baseUrl });
  expect(await answer).toBe('TypeError');
  worker.terminate();
});
