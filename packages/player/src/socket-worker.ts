import type { PcmRequest } from './pcm-messages.ts';
import type { SocketJob, SocketNews, SocketRequest } from './socket-worker-messages.ts';
import { workerProtocol } from './socket-worker-messages.ts';
import { createWireSamples } from './wire-samples.ts';

/**
 * Holds the sockets of a page whose own thread may be busy. Samples go straight to the audio thread; every frame also goes to
 * the page, whose client keeps the books and delivers the same samples again, to be dropped there as known.
 */
function serve({ url, protocols, encoding, page, sound }: SocketJob): void {
  const tell = (news: SocketNews, transfer: Transferable[] = []): void => page.postMessage(news, transfer);
  const over = (): void => {
    page.onmessage = null;
    page.close();
    sound.close();
  };
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, protocols);
  } catch {
    tell({ type: 'error' });
    tell({ type: 'close', code: 1006, reason: '', wasClean: false });
    return over();
  }
  const samplesOf = createWireSamples(encoding);
  let at = 0;
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => tell({ type: 'open', protocol: socket.protocol });
  socket.onerror = () => tell({ type: 'error' });
  socket.onclose = ({ code, reason, wasClean }) => {
    tell({ type: 'close', code, reason, wasClean });
    over();
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') return tell({ type: 'message', data });
    const samples = samplesOf(data);
    if (samples.length > 0) {
      const request: PcmRequest = { samples, at, cameMs: Date.now() };
      at += samples.length;
      sound.postMessage([request], [samples.buffer]);
    }
    tell({ type: 'message', data }, [data]);
  };
  page.onmessage = ({ data }: MessageEvent<SocketRequest>) => {
    if ('send' in data) socket.send(data.send);
    else socket.close(...data.close);
  };
}

globalThis.onmessage = ({ data }: MessageEvent<SocketJob>) => serve(data);
globalThis.postMessage(`${workerProtocol} ${self.origin}`);
