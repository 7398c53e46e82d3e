// One call over a bare socket, for what fetch would hide.
import { connect } from 'node:net';

/** What came back, byte by byte. */
export interface RawAnswer {
  /** Undefined when not even a status line came. */
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `end`: the connection was ended; `reset`: torn; `open`: neither in the time. */
  readonly end: 'end' | 'reset' | 'open';
}

/** What is asked. */
export interface RawCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Listens no longer than this. */
  readonly forMs?: number;
}

function parse(bytes: Buffer, end: RawAnswer['end']): RawAnswer {
  const at = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.toString('latin1', 0, Math.max(0, at)).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const status = / (\d{3})/.exec(first)?.[1];
  return { status: status ? Number(status) : undefined, headers, body: at < 0 ? bytes : bytes.subarray(at + 4), end };
}

/** Asks once, with `Connection: close`, and listens until the connection is over. */
export function exchange(
  url: string,
  { method = 'GET', headers = {}, body = '', forMs = 5_000 }: RawCall = {},
): Promise<RawAnswer> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const pieces: Buffer[] = [];
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const done = (end: RawAnswer['end']) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parse(Buffer.concat(pieces), end));
    };
    const timer = setTimeout(() => done('open'), forMs);
    const all = { host, connection: 'close', 'content-length': String(Buffer.byteLength(body)), ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.on('connect', () => socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body}`));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('end', () => done('end'));
    socket.on('error', () => done('reset'));
  });
}
