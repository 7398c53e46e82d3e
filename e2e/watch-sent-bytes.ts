import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** More than any key is long: what is cut in two between writes is seen as well. */
const overlap = 200;

type Chunk = string | Uint8Array | (() => void) | undefined;

const asText = (chunk: Chunk): string => {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1') : '';
};

/**
 * Shows every byte that a server sends, headers, bodies and frames of sockets alike, as Latin-1 text. A browser's tools drop the
 * bodies that a page reads while they arrive; what leaves the server is all that a page can get.
 */
export function watchSentBytes(server: Server, look: (text: string) => void): void {
  server.on('connection', (socket: Socket) => {
    let tail = '';
    const show = (chunk: Chunk): void => {
      const sent = asText(chunk);
      if (sent === '') return;
      const text = tail + sent;
      look(text);
      tail = text.slice(-overlap);
    };
    for (const name of ['write', 'end'] as const) {
      const send = socket[name] as (...args: unknown[]) => never;
      socket[name] = (...args: unknown[]) => {
        show(args[0] as Chunk);
        return send.apply(socket, args);
      };
    }
  });
}
