// The relay beside three other WebSocket servers on one port: ws, socket.io and Vite's dev server.
import { createServer } from 'node:http';

import { relayHandler } from '@saystream/relay/node';
import { Server } from 'socket.io';
import { createServer as createVite } from 'vite';
import { WebSocketServer } from 'ws';

import { relay } from './relay.mjs';

const toRelay = relayHandler(relay);
const server = createServer((request, response) => {
  if (request.url.startsWith('/speech/')) return toRelay(request, response);
  vite.middlewares(request, response, () => response.end('the rest of the app'));
});

// With `noServer`, not `{ server, path }`: such a server of ws answers the handshakes of all other paths with 400.
const chat = new WebSocketServer({ noServer: true });
chat.on('connection', (socket) => socket.on('message', (data) => socket.send(`chat: ${String(data)}`)));

// It also ends each handshake that no server has answered within a second.
const io = new Server(server);
io.on('connection', (socket) => socket.on('say', (text) => socket.emit('said', `io: ${text}`)));

const vite = await createVite({
  server: { middlewareMode: true, ws: { server } },
  appType: 'custom',
  configFile: false,
  logLevel: 'error',
});

server.on('upgrade', relay.upgrade);
server.on('upgrade', (request, socket, head) => {
  if (request.url === '/chat') chat.handleUpgrade(request, socket, head, (page) => chat.emit('connection', page));
});
server.listen(process.env.PORT ?? 8080, () => console.log(`http://127.0.0.1:${server.address().port}`));
