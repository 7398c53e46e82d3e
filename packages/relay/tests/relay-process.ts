// A relay's socket half in a process of its own, so that its memory can be measured. Its parent asks how it is.
import { startAwakeClock } from './awake-clock.ts';
import { startSocketRelay } from './start-socket-relay.ts';

const [, , settings = '{}'] = process.argv;
const { baseUrl, limits } = JSON.parse(settings) as { baseUrl: string; limits: object };
const relay = await startSocketRelay({ baseUrl, apiKey: 'canary-key' }, { limits });
const clock = startAwakeClock();
/** How long each connection was there that is gone, the longest first. */
let longestLives: number[] = [];
relay.onConnection((socket) => {
  const startMs = clock.now();
  socket.once('close', () => (longestLives = [...longestLives, clock.now() - startMs].sort((a, b) => b - a).slice(0, 3)));
});
let faults = 0;
process.on('uncaughtException', () => (faults += 1));
process.on('unhandledRejection', () => (faults += 1));
/** One collection leaves the memory of buffers that it found, for a later one to give back. */
async function collectGarbage(): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

process.on('message', async () => {
  await collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const held = heapUsed + external;
  const { connections, meter } = relay;
  const longTurnMs = clock.longTurnMs();
  process.send?.({ rss, held, faults, longestLives, longTurnMs, sockets: connections.size, places: meter.counts.open });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: relay.url, port: relay.port });
