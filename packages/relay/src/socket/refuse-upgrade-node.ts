import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Refusal } from '../relay-context.ts';

/** Answers a handshake with an ordinary response: nothing is owed to who asks, not even a socket. */
export function refuseUpgrade(socket: Duplex, { status, code, detail, advice }: Refusal): void {
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ type: `urn:saystream:relay:${code}`, title, status, detail, ...(advice && { advice }) });
  socket.on('error', () => undefined);
  socket.on('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
