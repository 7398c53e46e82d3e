import type { IncomingMessage } from 'node:http';

/** What frameworks hang on a message. */
interface FrameworkMarks {
  /** Express: the whole path, where `url` begins after the mount. */
  readonly originalUrl?: string;
  /** What a body parser that ran before left in the place of the body. */
  readonly body?: unknown;
}

/** A Node request as the web has it; undefined when the web has none such (`OPTIONS *`, `TRACE`, a broken Host). */
export function webRequest(incoming: IncomingMessage & FrameworkMarks, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/', originalUrl = url } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(incoming);
  try {
    const address = originalUrl.startsWith('/') ? originOf(incoming) + originalUrl : originalUrl;
    return new Request(new URL(address), {
      method,
      headers: headersOf(incoming),
      signal,
      ...(body !== undefined && { body, duplex: 'half' }),
    });
  } catch {
    return undefined;
  }
}

function originOf({ headers, socket }: IncomingMessage): string {
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  return `${scheme}://${String(headers[':authority'] ?? headers.host ?? 'localhost')}`;
}

function headersOf({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name.startsWith(':') ? [] : [[name, String(value)] as [string, string]],
  );
}

function bodyOf(incoming: IncomingMessage & FrameworkMarks): BodyInit | undefined {
  const { body, readableDidRead } = incoming;
  if (!readableDidRead || body === undefined) return streamOf(incoming);
  return typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);
}

/** Read as it is asked for. One that is not wanted is drained, for a destroyed one would take its answer with it. */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = incoming.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        const drain = (): void => void incoming.resume();
        void pieces.return?.().then(drain, drain);
      },
    },
    { highWaterMark: 0 },
  );
}
