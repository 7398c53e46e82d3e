// A vendor that speaks to everybody in real time. Told by argument: frames of each stream, and how fast.
import { WebSocketServer } from 'ws';

import { frameMs, makeFrame } from './frames.mjs';

const frames = Number(process.argv[2]);
const pace = Number(process.argv[3] ?? 1);
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
const streams = new Set();

server.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const { text } = JSON.parse(data);
    const stream = { socket, id: Number(text.split(' ', 1)[0]), sent: 0, sinceMs: performance.now() };
    socket.send(JSON.stringify({ type: 'started', generation_id: `gen_${stream.id}` }));
    streams.add(stream);
    socket.on('close', () => streams.delete(stream));
  });
});

/** Each frame when it is due by the clock, so that no delay adds up. */
setInterval(() => {
  const nowMs = performance.now();
  for (const stream of streams) {
    const due = Math.min(frames, Math.floor(((nowMs - stream.sinceMs) / frameMs) * pace) + 1);
    // Whole seconds at once would hide what the relay does with frames.
    if (stream.socket.bufferedAmount > 1_048_576) continue;
    for (let many = 0; stream.sent < due && many < 64; many += 1, stream.sent += 1) {
      stream.socket.send(makeFrame(stream.id, stream.sent));
    }
    if (stream.sent < frames) continue;
    streams.delete(stream);
    stream.socket.send('{"type":"completed"}');
    stream.socket.close(1000);
  }
}, 4);

server.on('listening', () => process.send({ type: 'port', port: server.address().port }));
process.on('disconnect', () => process.exit());
