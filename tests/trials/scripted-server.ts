import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a request gets. Without `end` the body is never finished; without anything there is no answer at all. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unfinished?: true;
}

/** Decides what a request gets; undefined for nothing, ever. */
export type Script = (method: string, path: string) => ScriptedAnswer | undefined;

/** A server that does what it is told, and says who has left. */
export interface ScriptedServer {
  readonly url: string;
  /** `POST /v1/…` and so on, in the order of arrival. Handshakes are `SOCKET /v3/…`. */
  readonly requests: readonly string[];
  /** Requests whose answer has gone out whole. */
  readonly answered: () => number;
  /** Requests that still hold a connection open without having been answered. */
  readonly open: () => number;
  close(): Promise<void>;
}

const acceptOf = (key: string | undefined): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** Text frames are short here: two bytes of header (RFC 6455 §5.2). */
const textFrame = (text: string): Buffer => Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);
const binaryFrame = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0x82, bytes.length]), bytes]);
const closeFrame = Buffer.from([0x88, 0]);

/** How far a socket goes: no answer to the handshake, no `started`, no audio, some audio, or a drop after it. */
export type SocketScript = 'no-handshake' | 'silent' | 'started' | 'audio' | 'drop' | ScriptedAnswer;

function answerHandshake(request: IncomingMessage, socket: Socket, script: SocketScript): void {
  // Whoever does not read does not see the other side leave.
  if (script === 'no-handshake') return void socket.resume();
  if (typeof script === 'object') {
    socket.end(`HTTP/1.1 ${script.status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    return;
  }
  const accept = acceptOf(request.headers['sec-websocket-key']);
  socket.write(`HTTP/1.1 101 OK\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
  socket.on('data', (bytes: Buffer) => {
    // A client's close frame is answered, and everything else is the one request.
    if (bytes[0] === 0x88) return void socket.end(closeFrame);
    if (script !== 'silent') socket.write(textFrame('{"type":"started","generation_id":"gen_1"}'));
    if (script === 'audio' || script === 'drop') socket.write(binaryFrame(Buffer.alloc(100, 1)));
    if (script === 'drop') socket.end();
  });
}

function answerCall(response: ServerResponse, { status, body = '', headers = {}, unfinished }: ScriptedAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  if (unfinished) response.write(body);
  else response.end(body);
}

/** Starts one. */
export async function startScriptedServer(script: Script, socketScript: SocketScript = 'silent'): Promise<ScriptedServer> {
  const requests: string[] = [];
  let answered = 0;
  let open = 0;
  const connections = new Set<Socket>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${pathname}`);
    open += 1;
    response.once('finish', () => (answered += 1));
    response.once('close', () => (open -= 1));
    request.resume();
    request.once('end', () => {
      const answer = script(request.method ?? '', pathname);
      if (answer) answerCall(response, answer);
    });
  });
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('upgrade', (request, socket: Socket) => {
    requests.push(`SOCKET ${new URL(request.url ?? '/', 'http://localhost').pathname}`);
    open += 1;
    socket.once('close', () => (open -= 1));
    // An HTTP server's connections stay open on its own side.
    socket.once('end', () => socket.end());
    answerHandshake(request, socket, socketScript);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answered: () => answered,
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      }),
  };
}
