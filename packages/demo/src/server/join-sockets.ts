import type { WebSocket } from 'ws';

const mostBytesWaiting = 1024 * 1024;
const mostReasonBytes = 123;

/** Makes two open sockets one: what arrives on either leaves on the other, endings included. */
export function joinSockets(page: WebSocket, vendor: WebSocket, cleaned: (text: string) => string): void {
  forward(vendor, page, cleaned);
  forward(page, vendor, cleaned);
}

function forward(from: WebSocket, to: WebSocket, cleaned: (text: string) => string): void {
  from.on('message', (data, isBinary) => {
    if (to.readyState !== to.OPEN) return;
    // Sockets of `ws` give Buffers unless told otherwise.
    to.send(isBinary ? data : cleaned((data as Buffer).toString()), { binary: isBinary }, () => from.resume());
    // A slow reader on one side slows the other down instead of filling this process.
    if (to.bufferedAmount > mostBytesWaiting) from.pause();
  });
  from.on('close', (code, reason) => {
    to.resume();
    closeLike(to, code, cleaned(String(reason)));
  });
  // A `close` follows each error and is what counts.
  from.on('error', () => {});
}

/** Ends a socket the way another one ended, as far as the protocol lets anyone send that code. */
function closeLike(socket: WebSocket, code: number, reason: string): void {
  if (code === 1005) return socket.close();
  const sendable = (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1006) || (code >= 3000 && code <= 4999);
  // 1006 and the like mean that no close frame came; the other side shall see none either.
  if (!sendable) return socket.terminate();
  socket.close(code, Buffer.byteLength(reason) <= mostReasonBytes ? reason : '');
}
