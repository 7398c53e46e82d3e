import type { SocketJob, SocketNews, SocketRequest, WireEncoding } from './socket-worker-messages.ts';
import { startFromBlob, startFromFile } from './start-socket-worker.ts';

/** A WebSocket whose connection lives in `worker`: the members and events that the vendor clients use. */
class WorkerSocket extends EventTarget {
  binaryType = 'arraybuffer';
  protocol = '';
  readyState = 0;
  readonly url: string;
  readonly #port: MessagePort;

  constructor(worker: Worker, job: Omit<SocketJob, 'page'>) {
    super();
    this.url = job.url;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<SocketNews>) => this.#onNews(data);
    const crashed = (): void => this.#onNews({ type: 'close', code: 1006, reason: '', wasClean: false });
    worker.addEventListener('error', crashed);
    this.addEventListener('close', () => worker.removeEventListener('error', crashed));
    worker.postMessage({ ...job, page: port2 }, [port2, job.sound]);
  }

  send(data: string): void {
    this.#ask({ send: data });
  }

  close(code?: number, reason?: string): void {
    if (this.readyState < 2) this.readyState = 2;
    this.#ask({ close: code === undefined ? [] : [code, reason ?? ''] });
  }

  #ask(request: SocketRequest): void {
    this.#port.postMessage(request);
  }

  #onNews(news: SocketNews): void {
    if (this.readyState === 3) return;
    const { type } = news;
    if (type === 'open') {
      this.readyState = 1;
      this.protocol = news.protocol ?? '';
    }
    if (type === 'close') {
      this.readyState = 3;
      this.#port.close();
    }
    const { data, code, reason, wasClean } = news;
    this.dispatchEvent(Object.assign(new Event(type), { data, code, reason, wasClean }));
  }
}

/** A WebSocket class. */
export type WorkerSocketConstructor = new (url: string, protocols?: string | string[]) => WorkerSocket;

/** A running worker. */
export interface SocketWorker {
  /** A class whose sockets deliver their samples into the port that `connect` is given the other end of. */
  socketClass(encoding: WireEncoding, connect: (port: MessagePort) => void): WorkerSocketConstructor;
  /** Ends the worker, and with it its sockets: a socket that was open reports no close. */
  terminate(): void;
}

/** Starts the worker from its file, else from a blob. @throws Error when neither starts, for example under a strict policy */
export const startSocketWorker = async (workerUrl: string | URL | undefined): Promise<SocketWorker> =>
  socketsIn(
    await startFromFile(workerUrl).catch((error: unknown) => {
      // Where the page demands trusted types or has no Worker, the constructor throws a TypeError. A blob would fail alike.
      if (error instanceof TypeError) throw error;
      return startFromBlob();
    }),
  );

/** The sockets of a started worker. */
export function socketsIn(worker: Worker): SocketWorker {
  return {
    terminate: () => worker.terminate(),
    socketClass: (encoding, connect) =>
      class extends WorkerSocket {
        constructor(url: string, protocols?: string | string[]) {
          const { port1, port2 } = new MessageChannel();
          super(worker, { url, protocols, encoding, sound: port2 });
          connect(port1);
        }
      },
  };
}
