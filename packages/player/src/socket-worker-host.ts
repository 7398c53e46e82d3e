/// <reference path="./virtual-pcm-worklet-source.d.ts" />
import type { SocketJob, SocketNews, SocketRequest, WireEncoding } from './socket-worker-messages.ts';
import { workerReady } from './socket-worker-messages.ts';

/** Longer than a worker takes to start; speech must not wait longer for something that only makes it steadier. */
const startLimitMs = 400;

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
  terminate(): void;
}

/** Starts the worker from its file, else from a blob. @throws Error when the page's policy refuses both, or after 400 ms */
export async function startSocketWorker(workerUrl: string | URL | undefined): Promise<SocketWorker> {
  const worker = await started(workerUrl ?? new URL('./socket-worker.js', import.meta.url)).catch(startFromBlob);
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

async function startFromBlob(): Promise<Worker> {
  const { default: source } = await import('virtual:socket-worker-source');
  if (!source) throw new Error('This build has no blob of the worker.');
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return await started(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function started(url: string | URL): Promise<Worker> {
  const worker = new Worker(url, { type: 'module' }); // throws where the policy is checked at once
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      worker.terminate();
      reject(new Error('The worker did not start.'));
    };
    const timer = setTimeout(fail, startLimitMs);
    worker.onerror = (event) => {
      event.preventDefault(); // a refused worker is a fallback, not an error of the page
      clearTimeout(timer);
      fail();
    };
    worker.onmessage = ({ data }) => {
      if (data !== workerReady) return;
      clearTimeout(timer);
      worker.onmessage = worker.onerror = null;
      resolve(worker);
    };
  });
}
