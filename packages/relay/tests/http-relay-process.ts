// A relay's HTTP half in a process of its own, so that its memory can be measured. Its parent asks how it is.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createRelay } from '../src/create-relay.ts';
import { relayHandler } from '../src/node/relay-handler.ts';
import { pageOrigin } from './fake-seams.ts';

const [, , settings = '{}'] = process.argv;
const { baseUrl, limits } = JSON.parse(settings) as { baseUrl: string; limits: object };
const account = { apiKey: 'canary-key', baseUrl };
const relay = createRelay({
  vendors: { audixa: account, sauti: account, moknah: account },
  origins: [pageOrigin],
  authorize: (request) => ({ user: request.headers.get('x-user') ?? 'user-1' }),
  limits,
});
const server = createServer(relayHandler(relay));
let faults = 0;
process.on('uncaughtException', () => (faults += 1));
process.on('unhandledRejection', () => (faults += 1));
let mostRss = 0;
setInterval(() => (mostRss = Math.max(mostRss, process.memoryUsage().rss)), 20);
process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  process.send?.({ rss, mostRss, held: heapUsed + external, faults, timers });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}/speech`, port });
});
