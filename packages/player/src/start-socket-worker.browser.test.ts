import socketWorkerSource from 'virtual:socket-worker-source';
import { expect, inject, test, vi } from 'vitest';

import { startSocketWorker } from './socket-worker-host.ts';
import { startFromBlob, startFromFile } from './start-socket-worker.ts';

const workerFile = new URL('./socket-worker.ts', import.meta.url);
const dataUrl = `data:text/javascript,${encodeURIComponent(socketWorkerSource)}`;
const otherOrigin = new URL(workerFile.pathname, location.origin.replace('localhost', '127.0.0.1'));

/** Opens a socket to the emulator, without a key: the emulator accepts the handshake or refuses it, and either way answers. */
async function answersIn(workerUrl: string | URL): Promise<string> {
  const worker = await startSocketWorker(workerUrl);
  const Socket = worker.socketClass('f32le', (port) => port.close());
  const socket = new Socket(`${inject('emulator').baseUrl.replace('http', 'ws')}/v3/tts/stream`);
  const type = await new Promise<string>((resolve) => {
    for (const each of ['open', 'close']) socket.addEventListener(each, () => resolve(each), { once: true });
  });
  worker.terminate();
  return type;
}

test('starts from a file of the page’s origin', async () => {
  const worker = await startFromFile(workerFile);
  expect(worker).toBeInstanceOf(Worker);
  worker.terminate();
});

test('starts from the file beside the module when no address is given', async () => {
  const worker = await startFromFile(undefined);
  expect(worker).toBeInstanceOf(Worker);
  worker.terminate();
});

test('refuses a data: worker, whose origin is not the page’s, and names the origin', async () => {
  await expect(startFromFile(dataUrl)).rejects.toThrow(`The worker has the origin null instead of ${location.origin}.`);
});

test.each([
  ['a data: URL', dataUrl, /origin null/],
  // Firefox tells it by the worker's error, and not why.
  ['a file of another origin', otherOrigin, /cannot be accessed from origin|did not start/],
  ['a missing file', '/not-there.js', /did not start/],
  ['a web page', '/', /did not start/],
  ['an address that is no URL', 'http://[', /./],
  ['a worker that says something else', `data:text/javascript,postMessage('saystream-socket-0 x')`, /another version/],
])('rejects for %s instead of throwing, and the blob takes its place', async (_, workerUrl, problem) => {
  await expect(startFromFile(workerUrl)).rejects.toThrow(problem);
  expect(await answersIn(workerUrl)).toMatch(/open|close/);
});

test('a blob worker has the page’s origin', async () => {
  const worker = await startFromBlob();
  expect(worker).toBeInstanceOf(Worker);
  worker.terminate();
});

test('rejects after 400 ms when a worker says nothing, and ends that worker', async () => {
  const terminated = vi.spyOn(Worker.prototype, 'terminate');
  const silent = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
  await expect(startFromFile(silent)).rejects.toThrow('400 ms');
  expect(terminated).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
  URL.revokeObjectURL(silent);
});
