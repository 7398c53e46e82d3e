import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream';

import type { Clock } from '../clock.ts';
import { rewrite } from './fault-rewrites.ts';
import { gzipBomb } from './gzip-bomb.ts';
import type { FaultName, HttpFault, PreparedAnswer } from './http-faults.ts';

/** One answer on its way. */
export interface Sending {
  readonly response: ServerResponse;
  readonly answer: PreparedAnswer;
  readonly fault: HttpFault;
  readonly clock: Clock;
  /** Aborts when the client leaves. */
  readonly left: AbortSignal;
}

/** `drip` sends this many pieces at most, so that audio comes to an end too; of one byte where that is enough. */
const mostPieces = 4_096;

const promised = ({ status, headers, body }: PreparedAnswer, response: ServerResponse): ServerResponse =>
  response.writeHead(status, { ...headers, 'content-length': body.length });

/** Sends an answer as it should be. */
export const sendWhole = (response: ServerResponse, answer: PreparedAnswer): void =>
  void promised(answer, response).end(answer.body);

/** The length promises the whole; only a part comes before the connection ends. */
export function sendCut(response: ServerResponse, answer: PreparedAnswer, share = 0.5, reset = false): void {
  const part = answer.body.subarray(0, Math.floor(answer.body.length * share));
  promised(answer, response).write(part, () => {
    if (!reset) return response.socket?.destroySoon();
    // A reset at once would overtake what was written.
    setTimeout(() => response.socket?.resetAndDestroy(), 10);
  });
}

/** By hand: node:http would write the last chunk. A clean end of the connection is all that a client sees. */
function sendCutChunked({ response, answer: { status, headers, body } }: Sending): void {
  const { socket } = response;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const part = body.subarray(0, body.length >> 1);
  const head = `HTTP/1.1 ${status} OK\r\n${lines.join('')}transfer-encoding: chunked\r\n\r\n${part.length.toString(16)}\r\n`;
  socket?.end(Buffer.concat([Buffer.from(head), part, Buffer.from('\r\n')]));
}

async function sendSlowly({ response, answer, fault, clock, left }: Sending): Promise<void> {
  promised(answer, response);
  const size = Math.ceil(answer.body.length / mostPieces) || 1;
  for (let at = 0; at < answer.body.length && !left.aborted; at += size) {
    response.write(answer.body.subarray(at, at + size));
    // Each piece in its own turn, even without a pause.
    await (fault.ms ? clock.wait(fault.ms, left) : new Promise(setImmediate));
  }
  response.end();
}

function sendBomb({ response, answer: { status, headers } }: Sending): void {
  const bomb = gzipBomb();
  response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
  finished(response, () => bomb.destroy());
  bomb.pipe(response);
}

/** The faults of an accepted call that no ordinary answer can show. */
const senders: Partial<Record<FaultName, (sending: Sending) => void | Promise<void>>> = {
  'drop-answer': ({ response }) => void response.socket?.destroy(),
  'reset-answer': ({ response }) => void response.socket?.resetAndDestroy(),
  'slow-headers': async ({ response, answer, fault, clock, left }) => {
    await clock.wait(fault.ms ?? 0, left);
    sendWhole(response, answer);
  },
  'body-stall': ({ response, answer }) => void promised(answer, response).write(answer.body.subarray(0, 1)),
  drip: sendSlowly,
  'cut-body': ({ response, answer }) => sendCut(response, answer),
  'reset-body': ({ response, answer }) => sendCut(response, answer, 0.5, true),
  'cut-chunked': sendCutChunked,
  'gzip-bomb': sendBomb,
};

/** Those that strike a vendor's own refusal too. */
const strikesErrors: ReadonlySet<FaultName> = new Set(['drop-answer', 'reset-answer', 'slow-headers']);

/** Sends an answer the way the fault wants it; most faults leave refusals alone. */
export async function sendFaulty(sending: Sending): Promise<void> {
  const { response, answer, fault } = sending;
  if (answer.status >= 300 && !strikesErrors.has(fault.name)) return sendWhole(response, answer);
  const send = senders[fault.name];
  await (send ? send(sending) : sendWhole(response, rewrite(answer, fault)));
}
