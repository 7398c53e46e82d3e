// The least that can stand between a page and a vendor: `ws` on both sides and nothing else. What the relay is compared with.
import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (page) => {
  const vendor = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/v3/tts/stream`, { perMessageDeflate: false });
  page.on('error', () => undefined);
  vendor.on('error', () => undefined);
  const request = new Promise((resolve) => page.once('message', (data) => resolve(data.toString())));
  vendor.on('open', async () => vendor.send(await request));
  vendor.on('message', (data, binary) => page.send(data, { binary }));
  vendor.on('close', () => page.close(1000));
  page.on('close', () => vendor.close());
});
server.on('listening', () => process.send({ type: 'port', port: server.address().port }));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ type: 'cost', cpuMs: (user + system) / 1000, rss: process.memoryUsage().rss });
});
process.on('disconnect', () => process.exit());
