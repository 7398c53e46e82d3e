import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { relayHandler } from './relay-handler.ts';

/** A relay whose answer has `pieces`, and then ends or breaks off. */
async function serve(
  pieces: readonly Uint8Array[],
  how: 'ends' | 'breaks',
  headers: Record<string, string> = {},
): Promise<number> {
  const answer = (): Response => {
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift();
        if (piece) controller.enqueue(piece);
        else if (how === 'ends') controller.close();
        else controller.error(new Error('The answer of the vendor broke off.'));
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/octet-stream', ...headers } });
  };
  const server = createServer(relayHandler({ fetch: async () => answer() }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** What a bare client reads, and how the connection ends: `FIN`, or the code of an error. */
function read(port: number, request: string): Promise<{ head: string; bytes: number; ended: string; text: string }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const pieces: Buffer[] = [];
    let ended = 'FIN';
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => (ended = code ?? 'error'));
    socket.on('close', () => {
      const all = Buffer.concat(pieces);
      const at = all.indexOf('\r\n\r\n');
      const body = all.subarray(at + 4);
      resolve({ head: all.subarray(0, at).toString('latin1'), bytes: body.length, ended, text: body.toString('latin1') });
    });
  });
}

const plain = 'GET /speech/x HTTP/1.0\r\nHost: a\r\n\r\n';
const modern = 'GET /speech/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
const sound = new Uint8Array(100_000).fill(7);

test('an answer that breaks off ends by a reset for HTTP/1.0, after the bytes before the break', async () => {
  const { head, bytes, ended } = await read(await serve([sound, sound, sound], 'breaks'), plain);
  expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(head).not.toMatch(/transfer-encoding|content-length/i);
  expect([bytes, ended]).toEqual([300_000, 'ECONNRESET']);
});

test('an answer that breaks off before its first byte ends by a reset too', async () => {
  expect(await read(await serve([], 'breaks'), plain)).toMatchObject({ bytes: 0, ended: 'ECONNRESET' });
});

test('a whole answer ends by a FIN for HTTP/1.0', async () => {
  expect(await read(await serve([sound, sound], 'ends'), plain)).toMatchObject({ bytes: 200_000, ended: 'FIN' });
});

test('with a length, half an answer shows by its length', async () => {
  const { head, bytes } = await read(await serve([sound], 'breaks', { 'content-length': '200000' }), plain);
  expect(head).toMatch(/content-length: 200000/i);
  expect(bytes).toBeLessThan(200_000);
});

test('for HTTP/1.1 half an answer has no last chunk, also with Connection: close', async () => {
  const broken = await read(await serve([sound], 'breaks'), modern);
  expect(broken.head).toMatch(/transfer-encoding: chunked/i);
  expect(broken.text).not.toMatch(/\r\n0\r\n\r\n$/);
  const whole = await read(await serve([sound], 'ends'), modern);
  expect(whole.text).toMatch(/\r\n0\r\n\r\n$/);
});

test('a page that leaves in the middle ends the work, as for HTTP/1.1', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(sound),
    cancel: () => void (isCancelled = true),
  });
  const server = createServer(relayHandler({ fetch: async () => new Response(body) }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1', () => socket.write(plain));
  socket.once('data', () => socket.destroy());
  await expect.poll(() => isCancelled).toBe(true);
});
