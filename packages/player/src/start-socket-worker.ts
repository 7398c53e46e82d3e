/// <reference path="./virtual-pcm-worklet-source.d.ts" />
import { workerProtocol } from './socket-worker-messages.ts';

/** Longer than a worker takes to start. Speech must not wait longer for a worker, which only makes it steadier. */
const startLimitMs = 400;

/**
 * Starts the worker from its file.
 * @param workerUrl default: the file that the build put beside this module
 * @throws Error when the file is missing or of another origin, when the worker gets another origin than the page, or when the
 * page's policy refuses it
 */
export async function startFromFile(workerUrl: string | URL | undefined): Promise<Worker> {
  // Bundlers recognise a worker by this literal form alone. A `new URL()` outside of it is an asset, which Vite inlines as `data:`.
  const worker = workerUrl
    ? new Worker(workerUrl, { type: 'module' })
    : new Worker(new URL('./socket-worker.js', import.meta.url), { type: 'module' });
  return started(worker);
}

/** Starts the worker from a blob, which has the page's origin. @throws Error when the page's policy refuses it */
export async function startFromBlob(): Promise<Worker> {
  const { default: source } = await import('virtual:socket-worker-source');
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return await started(new Worker(url, { type: 'module' }));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Resolves when `worker` has said that it runs, in the page's origin. Ends it otherwise. */
function started(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const end = (problem?: string): void => {
      clearTimeout(timer);
      worker.onmessage = worker.onerror = null;
      if (!problem) return resolve(worker);
      worker.terminate();
      reject(new Error(problem));
    };
    const timer = setTimeout(end, startLimitMs, `The worker did not start within ${startLimitMs} ms.`);
    worker.onerror = (event) => {
      // The caller has a fallback: this is no error of the page.
      event.preventDefault();
      end('The worker did not start.');
    };
    worker.onmessage = ({ data }) => end(problemOf(String(data)));
  });
}

/** A `data:` worker has the origin `null`. Servers judge its sockets by that origin, so they would refuse the page's stream. */
function problemOf(greeting: string): string | undefined {
  const [protocol, origin] = greeting.split(' ');
  if (protocol !== workerProtocol) return 'The worker is of another version.';
  return origin === self.origin ? undefined : `The worker has the origin ${origin} instead of ${self.origin}.`;
}
