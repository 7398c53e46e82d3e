import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { WebSocketServer } from 'ws';

import { corsHeaders } from '../http/cors.ts';
import type { Answer } from '../http/answer.ts';
import { knobsOfKey } from '../scenario-key.ts';
import type { Knobs } from '../scenario-knobs.ts';
import { exposedHeaders, rateHeaders } from './answer-headers.ts';
import { answerOf, noSuchPath } from './audixa-bodies.ts';
import type { AudixaContext } from './audixa-context.ts';
import { answerSocket, refuseWrongKey } from './audixa-socket.ts';
import type { RateWindow } from './rate-window.ts';
import { StreamLine } from './stream-line.ts';

/** Room for 50,000 characters, each of them escaped. */
const mostMessageBytes = 1024 * 1024;

/** Answers a handshake with an ordinary response. */
function refuse(socket: Socket, answer: Answer, rate: RateWindow, knobs: Knobs = {}): void {
  const seconds = knobs.retryAfterSeconds;
  const headers: Record<string, string | number> = {
    'content-type': answer.contentType,
    ...rateHeaders(rate, answer.status),
    ...answer.headers,
    ...(seconds !== undefined && { 'retry-after': seconds }),
    ...corsHeaders(knobs, exposedHeaders, answer.status),
    'content-length': Buffer.byteLength(answer.body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}\r\n${lines.join('')}\r\n${answer.body as string}`);
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
    const apiKey = url.searchParams.get('api_key') ?? '';
    const knobs = knobsOfKey(apiKey);
    const rate = context.rateOf(apiKey, context.clock.now());
    const refused = knobs && context.refusals(apiKey, knobs);
    if (url.pathname !== '/v3/tts/stream') return refuse(socket, noSuchPath, rate, knobs);
    if (refused) return refuse(socket, answerOf(refused), rate, knobs);
    if (knobs?.handshake === 'stall') return;
    if (knobs?.handshake === 'refuse-key') return refuse(socket, answerOf(403), rate, knobs);
    server.handleUpgrade(request, socket, head, (client) => {
      const line = new StreamLine(client, socket);
      if (knobs) void answerSocket(line, { apiKey, knobs, origin: url.origin }, context);
      else refuseWrongKey(line);
    });
  };
}
