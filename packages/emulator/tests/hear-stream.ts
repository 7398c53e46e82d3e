// A client of the streaming endpoint for the tests: raw ws, nothing of ours.
import { WebSocket } from 'ws';

/** Everything that one socket heard, in order. */
export interface Heard {
  /** Text frames: parsed where they are JSON. */
  readonly messages: readonly unknown[];
  /** The binary frames, joined. */
  readonly audio: Buffer;
  /** Bytes of each binary frame. */
  readonly frames: readonly number[];
  /** Kinds of all frames: the `type` of a message, `audio`, `empty`, or `not JSON`. Repeated ones are told once. */
  readonly order: readonly string[];
  /** How it ended, or `open` when the time was over first. */
  readonly end: 'open' | readonly [code: number, reason: string] | HandshakeRefusal;
}

/** A handshake that was answered with an ordinary response. */
export interface HandshakeRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What is sent and how long is listened. */
export interface HearOptions {
  /** Sent one after the other once the socket is open. */
  readonly send?: readonly (string | Buffer)[];
  /** Listens no longer than this. */
  readonly forMs?: number;
  /** And no longer than this after `completed`. */
  readonly afterCompletedMs?: number;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Connects, sends, and listens until the socket is closed or the time is over. */
export function hearStream(url: string, { send = [], forMs = 4_000, afterCompletedMs = 60 }: HearOptions = {}): Promise<Heard> {
  const messages: unknown[] = [];
  const frames: Buffer[] = [];
  const order: string[] = [];
  const socket = new WebSocket(url);
  const note = (kind: string) => order.at(-1) !== kind && order.push(kind);
  return new Promise((resolve) => {
    const done = (end: Heard['end']) => {
      clearTimeout(timer);
      socket.terminate();
      resolve({ messages, audio: Buffer.concat(frames), frames: frames.map(({ length }) => length), order, end });
    };
    const timer = setTimeout(() => done('open'), forMs);
    socket.on('error', () => undefined);
    socket.on('open', () => send.forEach((message) => socket.send(message)));
    socket.on('close', (code, reason) => done([code, String(reason)]));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        frames.push(data);
        return void note(data.length > 0 ? 'audio' : 'empty');
      }
      const message = parse(String(data));
      const type = message === undefined ? 'not JSON' : (message as { type: string }).type;
      messages.push(message ?? String(data));
      // Two of the same are worth two words, unlike audio.
      order.push(type);
      if (type === 'completed') setTimeout(() => done('open'), afterCompletedMs);
    });
    socket.on('unexpected-response', (_request, response) => {
      const { statusCode: status = 0, headers } = response;
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done({ status, headers, body: Buffer.concat(pieces).toString() }));
    });
  });
}
