import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';

/** What can go wrong with an exchange, whatever the vendor. */
export type HttpFault =
  | 'drop-request'
  | 'refuse-409'
  | 'refuse-429'
  | 'refuse-500'
  | 'refuse-503'
  | 'drop-answer'
  | 'accepted-then-500'
  | 'accepted-then-502'
  | 'accepted-then-503'
  | 'cut-body'
  | 'cut-chunked'
  | 'short-body'
  | 'html-200'
  | 'empty-200'
  | 'truncated-json'
  | 'body-stall'
  | 'drip'
  | 'gzip-bomb'
  | 'wrong-type'
  | 'bom';

/** What it does, for people. Before: the vendor never saw the request. After: it was accepted. */
export const faultDescriptions: Readonly<Record<HttpFault, string>> = {
  'drop-request': 'Before: the connection ends without an answer.',
  'refuse-409': 'Before: 409.',
  'refuse-429': 'Before: 429.',
  'refuse-500': 'Before: 500.',
  'refuse-503': 'Before: 503 in the vendor’s JSON.',
  'drop-answer': 'After: the connection ends without an answer.',
  'accepted-then-500': 'After: 500.',
  'accepted-then-502': 'After: 502, as a page.',
  'accepted-then-503': 'After: 503 in the vendor’s JSON.',
  'cut-body': 'After: the connection ends in the middle of the body.',
  'cut-chunked': 'After: the same without a length in the headers, ended cleanly.',
  'short-body': 'After: half of the body, with a matching length.',
  'html-200': 'After: a web page with status 200.',
  'empty-200': 'After: status 200 and nothing.',
  'truncated-json': 'After: half of the JSON, with a matching length; audio is whole.',
  'body-stall': 'After: headers, one byte and silence.',
  drip: 'After: the body comes byte by byte.',
  'gzip-bomb': 'After: 200 MB of spaces in 200 kB of gzip.',
  'wrong-type': 'After: the content type is text/plain.',
  bom: 'After: JSON begins with a byte order mark.',
};

/** The status that a fault gives instead of an answer; undefined for the others. */
export const refusedStatus = (fault: HttpFault | undefined): number | undefined => {
  const status = /^refuse-(\d+)$/.exec(fault ?? '')?.[1];
  return status ? Number(status) : undefined;
};

/** The same, after the vendor has accepted the request. */
export const acceptedStatus = (fault: HttpFault | undefined): number | undefined => {
  const status = /^accepted-then-(\d+)$/.exec(fault ?? '')?.[1];
  return status ? Number(status) : undefined;
};

/** An answer with all of its headers. */
export interface PreparedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const page = Buffer.from('<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>');
const isJson = ({ headers }: PreparedAnswer): boolean => (headers['content-type'] ?? '').includes('json');

const whole = (response: ServerResponse, { status, headers, body }: PreparedAnswer): void =>
  void response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);

const withBody = (answer: PreparedAnswer, body: Buffer, headers: Readonly<Record<string, string>> = {}): PreparedAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
  body,
});
const half = ({ body }: PreparedAnswer): Buffer => body.subarray(0, body.length >> 1);

function drip(response: ServerResponse, { status, headers, body }: PreparedAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  let at = 0;
  const next = (): void => {
    if (response.destroyed) return;
    if (at >= body.length) return void response.end();
    at += 1;
    response.write(body.subarray(at - 1, at), () => setImmediate(next));
  };
  next();
}

function bomb(response: ServerResponse, { status, headers }: PreparedAnswer): void {
  response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
  const gzip = createGzip();
  const spaces = Buffer.alloc(1024 * 1024, 0x20);
  let left = 200;
  const more = (): void => {
    while (left > 0) {
      left -= 1;
      if (!gzip.write(spaces)) return void gzip.once('drain', more);
    }
    gzip.end();
  };
  response.once('close', () => gzip.destroy());
  gzip.on('error', () => undefined);
  gzip.pipe(response);
  more();
}

/** How each fault sends an answer that is otherwise a success. */
const senders: Partial<Record<HttpFault, (response: ServerResponse, answer: PreparedAnswer) => void>> = {
  'drop-answer': (response) => void response.socket?.destroy(),
  'cut-body': (response, { status, headers, body }) => {
    response.writeHead(status, { ...headers, 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroySoon());
  },
  'cut-chunked': (response, answer) => {
    // By hand: node:http would write the last chunk. A clean end of the connection is all that a client sees.
    const { socket } = response;
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket?.write(`HTTP/1.1 ${answer.status} OK\r\n${lines.join('')}transfer-encoding: chunked\r\n\r\n`);
    const part = half(answer);
    socket?.write(`${part.length.toString(16)}\r\n`);
    socket?.write(part);
    socket?.end('\r\n');
  },
  'short-body': (response, answer) => whole(response, withBody(answer, half(answer))),
  'html-200': (response, answer) => whole(response, withBody(answer, page, { 'content-type': 'text/html' })),
  'empty-200': (response, answer) => whole(response, withBody(answer, Buffer.alloc(0))),
  'truncated-json': (response, answer) => whole(response, isJson(answer) ? withBody(answer, half(answer)) : answer),
  'body-stall': (response, { status, headers, body }) =>
    void response.writeHead(status, { ...headers, 'content-length': body.length }).write(body.subarray(0, 1)),
  drip,
  'gzip-bomb': bomb,
  'wrong-type': (response, answer) => whole(response, withBody(answer, answer.body, { 'content-type': 'text/plain' })),
  bom: (response, answer) =>
    whole(response, isJson(answer) ? withBody(answer, Buffer.concat([Buffer.from('\uFEFF'), answer.body])) : answer),
};

/** Sends an answer, the way the fault wants it; refusals are sent as they are, unless the connection ends anyway. */
export function sendFaulty(response: ServerResponse, answer: PreparedAnswer, fault: HttpFault | undefined): void {
  const succeeded = answer.status >= 200 && answer.status < 300;
  const send = fault && (succeeded || fault === 'drop-answer') ? senders[fault] : undefined;
  (send ?? whole)(response, answer);
}
