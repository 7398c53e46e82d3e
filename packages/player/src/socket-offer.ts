import type { PcmSource } from './pcm-source.ts';
import { playerError } from './player-error.ts';
import type { SocketWorker, WorkerSocketConstructor } from './socket-worker-host.ts';
import type { WireEncoding } from './socket-worker-messages.ts';

/** Whether a worker holds the sockets of streams: where it can, in any case, or not at all. */
export type SocketWorkerUse = 'auto' | 'always' | 'never';

/** The vendor clients' streams have this method until they dial; then they ask what it was given. */
const offerSocket = Symbol.for('saystream.offerSocket');

type Connect = (port: MessagePort) => void;
type AskForSocket = (encoding: WireEncoding) => Promise<WorkerSocketConstructor | undefined>;

interface TakesSocket {
  [offerSocket]?(ask: AskForSocket): void;
}

export interface SocketOffer {
  offer(source: PcmSource, connect: Connect, onRefused: (error: unknown) => void): void;
  /** Ends the worker. The next offer starts another. */
  close(): void;
}

/** One worker for all streams of a player, started when the first one dials. A refusal is remembered and costs nothing again. */
export function createSocketOffer(use: SocketWorkerUse, workerUrl: string | URL | undefined): SocketOffer {
  let worker: Promise<SocketWorker> | undefined;
  const start = (): Promise<SocketWorker> =>
    (worker ??= import('./socket-worker-host.ts').then(({ startSocketWorker }) => startSocketWorker(workerUrl)));

  return {
    offer(source, connect, onRefused) {
      if (use === 'never' || typeof Worker === 'undefined') return;
      (source as TakesSocket)[offerSocket]?.(async (encoding) => {
        try {
          return (await start()).socketClass(encoding, connect);
        } catch (cause) {
          if (use === 'always') onRefused(refusedWorker(cause));
          return undefined;
        }
      });
    },
    close() {
      worker?.then(({ terminate }) => terminate()).catch(() => {});
      worker = undefined;
    },
  };
}

const refusedWorker = (cause: unknown): Error =>
  playerError(
    'playback-blocked',
    'The page may not start the socket worker.',
    'Serve socket-worker.js from an origin that worker-src allows and pass its address as workerUrl.',
    cause,
  );
