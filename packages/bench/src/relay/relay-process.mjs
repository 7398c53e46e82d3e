// The relay alone in a process, as an app would run it, and what it costs. Told by argument: the vendor's port.
import { createServer } from 'node:http';

import { createRelay } from '@saystream/relay';

import { pageOrigin } from './frames.mjs';

const hour = 3_600_000;
const plenty = { characters: 1e9, windowMs: hour };
const relay = createRelay({
  vendors: { audixa: { apiKey: 'bench-key-of-the-vendor', baseUrl: `http://127.0.0.1:${process.argv[2]}/v3` } },
  origins: [pageOrigin],
  // Everybody is somebody else: the limits of one user are not what is measured.
  authorize: () => ({ user: `user-${(Math.random() * 2 ** 52).toString(36)}` }),
  limits: {
    streamsTotal: 10_000,
    streamsPerIp: 10_000,
    streamsPerUser: 10,
    connectsPerIpPerMinute: 1e6,
    charactersPerUser: plenty,
    charactersTotal: plenty,
    lifeMs: hour,
  },
});

const server = createServer((incoming, outgoing) => {
  const { method, headers, url } = incoming;
  const init = { method, headers, body: incoming, duplex: 'half' };
  void relay.fetch(new Request(`http://127.0.0.1${url}`, init), { ip: '127.0.0.1' }).then(async (answer) => {
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(await answer.text());
  });
});
server.on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head));
server.listen(0, '127.0.0.1', () => process.send({ type: 'port', port: server.address().port }));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ type: 'cost', cpuMs: (user + system) / 1000, rss: process.memoryUsage().rss });
});
process.on('disconnect', () => process.exit());
