import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { WebSocketServer } from 'ws';

import { answerHeaders } from './answer-headers.ts';
import { answerOf, noSuchPath, type Answer } from './audixa-bodies.ts';
import type { Admission, AudixaContext } from './audixa-context.ts';
import { answerSocket, refuseWrongKey } from './audixa-socket.ts';
import { StreamLine } from './stream-line.ts';

/** Room for 50,000 characters, each of them escaped. */
const mostMessageBytes = 1024 * 1024;

/** Answers a handshake with an ordinary response. */
function refuse(socket: Socket, { rate, knobs }: Admission, answer: Answer): void {
  const headers = {
    ...answerHeaders(answer, rate, knobs),
    'content-length': Buffer.byteLength(answer.body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}\r\n${lines.join('')}\r\n${answer.body}`);
}

/** Answers handshakes of the streaming endpoint: its scenario may refuse or ignore one. A wrong key is accepted and then told. */
export function createHandshake(
  context: AudixaContext,
): (request: IncomingMessage, url: URL, socket: Socket, head: Buffer) => void {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: mostMessageBytes,
  });
  return (request, url, socket, head) => {
    const admission = context.admit(url.searchParams.get('api_key') ?? '');
    const { apiKey, knobs, refusal } = admission;
    if (url.pathname !== '/v3/tts/stream') return refuse(socket, admission, noSuchPath);
    if (refusal) return refuse(socket, admission, refusal);
    if (knobs?.handshake === 'stall') return;
    if (knobs?.handshake === 'refuse-key') return refuse(socket, admission, answerOf(403));
    server.handleUpgrade(request, socket, head, (client) => {
      const line = new StreamLine(client, socket);
      if (knobs) void answerSocket(line, { apiKey, knobs, origin: url.origin }, context);
      else refuseWrongKey(line);
    });
  };
}
