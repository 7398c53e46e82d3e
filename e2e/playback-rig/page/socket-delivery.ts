import type { DeliveryDone, DeliveryRequest } from '../delivery-server.ts';

/** A delivery from outside the page, over a real WebSocket. */
export interface SocketDelivery {
  readonly done: Promise<DeliveryDone>;
  /** Called for each frame, in whole samples; what is left of a sample waits for the next frame. */
  onFrame: (samples: Float32Array<ArrayBuffer>) => void;
  onEnd: () => void;
  request(request: DeliveryRequest): void;
  /** Says that the sound ran dry. */
  sayDry(): void;
  close(): void;
}

export async function openDelivery(url: string): Promise<SocketDelivery> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`no connection to ${url}`));
  });
  let settle = (_done: DeliveryDone): void => {};
  let rest = new Uint8Array(0);
  const delivery: SocketDelivery = {
    done: new Promise((resolve) => (settle = resolve)),
    onFrame: () => {},
    onEnd: () => {},
    request: (request) => socket.send(JSON.stringify(request)),
    sayDry: () => socket.readyState === WebSocket.OPEN && socket.send('dry'),
    close: () => socket.close(),
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data === 'string') {
      settle(JSON.parse(data) as DeliveryDone);
      return delivery.onEnd();
    }
    const bytes = new Uint8Array(rest.length + data.byteLength);
    bytes.set(rest);
    bytes.set(new Uint8Array(data), rest.length);
    const whole = bytes.length - (bytes.length % 4);
    rest = bytes.slice(whole);
    delivery.onFrame(new Float32Array(bytes.buffer, 0, whole / 4).slice());
  };
  return delivery;
}

/** The frames of a delivery, for players that read. */
export async function* framesOf(delivery: SocketDelivery): AsyncGenerator<Float32Array> {
  const frames: Float32Array[] = [];
  let hasEnded = false;
  let wake = (): void => {};
  delivery.onFrame = (samples) => {
    frames.push(samples);
    wake();
  };
  delivery.onEnd = () => {
    hasEnded = true;
    wake();
  };
  for (;;) {
    const frame = frames.shift();
    if (frame) yield frame;
    else if (hasEnded) return;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
