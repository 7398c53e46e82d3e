// A relay's socket half in a process of its own, so that its memory can be measured. Told by its parent: 'memory'.
import { startSocketRelay } from './start-socket-relay.ts';

const [, , settings = '{}'] = process.argv;
const { baseUrl, limits } = JSON.parse(settings) as { baseUrl: string; limits: object };
const relay = await startSocketRelay({ baseUrl, apiKey: 'canary-key' }, { limits });
let faults = 0;
process.on('uncaughtException', () => (faults += 1));
process.on('unhandledRejection', () => (faults += 1));
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage().rss, faults, sockets: relay.connections.size, places: relay.meter.counts.open });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: relay.url, port: relay.port });
