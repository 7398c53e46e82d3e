import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { WebSocketServer } from 'ws';

import type { Answer } from '../http/answer.ts';
import { answerHeaders } from '../http/answer-headers.ts';
import { refusalAnswer } from '../http/serve-vendor.ts';
import { knobsOfKey } from '../scenario-key.ts';
import type { Knobs } from '../scenario-knobs.ts';
import { answerOf, noSuchPath } from './audixa-bodies.ts';
import type { AudixaAccount, AudixaContext } from './audixa-context.ts';
import { answerSocket, refuseWrongKey } from './audixa-socket.ts';
import { StreamLine } from './stream-line.ts';

/** Room for 50,000 characters, each of them escaped. */
const mostMessageBytes = 1024 * 1024;

/** Answers a handshake with an ordinary response. */
function refuse(socket: Socket, answer: Answer, more: Readonly<Record<string, string>>): void {
  const headers = { ...more, 'content-length': Buffer.byteLength(answer.body), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}\r\n${lines.join('')}\r\n`;
  socket.end(Buffer.concat([Buffer.from(head), Buffer.from(answer.body)]));
}

/** Answers handshakes of the streaming endpoint: its scenario may refuse or ignore one. A wrong key is accepted and then told. */
export function createHandshake(
  context: AudixaContext,
  account: AudixaAccount,
): (request: IncomingMessage, url: URL, socket: Socket, head: Buffer) => void {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: mostMessageBytes,
  });
  /** What is answered instead of a socket, if anything. */
  function refusalOf(url: URL, apiKey: string, knobs: Knobs | undefined): Answer | undefined {
    if (url.pathname !== '/v3/tts/stream') return noSuchPath;
    if (!knobs) return undefined;
    const { refusal } = context.fates('audixa', apiKey, knobs);
    if (refusal) return refusalAnswer(account, refusal, { url, knobs });
    return knobs.handshake === 'refuse-key' ? answerOf(403) : account.overLimit(apiKey, knobs);
  }
  return (request, url, socket, head) => {
    const apiKey = url.searchParams.get('api_key') ?? '';
    const knobs = knobsOfKey(apiKey);
    const refusal = refusalOf(url, apiKey, knobs);
    const headersOf = (answer: Answer) =>
      answerHeaders(account, answer, { method: 'GET', url, apiKey, knobs: knobs ?? {} }, context.clock.now());
    if (refusal) return refuse(socket, refusal, headersOf(refusal));
    if (knobs?.handshake === 'stall') return;
    server.handleUpgrade(request, socket, head, (client) => {
      const line = new StreamLine(client, socket);
      if (knobs) void answerSocket(line, { apiKey, knobs, origin: url.origin }, context);
      else refuseWrongKey(line);
    });
  };
}
