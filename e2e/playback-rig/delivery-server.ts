import type { WebSocket } from 'ws';

import { bytesPerSample, deliveries, leastStartMs, planDelivery, type Delivery, type DeliveryName } from './delivery-plans.ts';
import { signalRate } from './known-signal.ts';

/** What a page asks for when it is ready. */
export interface DeliveryRequest {
  readonly delivery: DeliveryName;
  readonly seed: number;
}

/** What it is told after the last frame. */
export interface DeliveryDone {
  /** When the first frame was sent, in epoch ms. */
  readonly firstFrameAtMs: number;
  /** The most that a frame was sent after its time: beyond a few ms the machine was busy with something else. */
  readonly latestMs: number;
  /** See `leastStartMs`. */
  readonly leastStartMs: number;
}

/** How long a delivery stays silent after the page said that the sound ran dry. */
const silentAfterDryMs = 500;

const now = (): number => performance.timeOrigin + performance.now();
/** Timers are up to a millisecond late, never early; the time they aim at is absolute, so that lateness does not add up. */
const until = (epochMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, epochMs - now()));

/** Sends `signal` over one connection, each frame at its time, as soon as the page asks for it. */
export function deliver(socket: WebSocket, signal: Float32Array): void {
  const bytes = new Uint8Array(signal.buffer, signal.byteOffset, signal.byteLength);
  let onDry = (): void => {};
  const dry = new Promise<void>((resolve) => (onDry = resolve));
  const send = async ({ delivery, seed }: DeliveryRequest): Promise<void> => {
    const manner: Delivery = deliveries[delivery];
    const plan = planDelivery(manner, bytes.length, seed);
    const silentFrom = ((manner.silentAfterMs ?? Infinity) / 1000) * signalRate * bytesPerSample;
    const firstFrameAtMs = now();
    let wasSilent = false;
    let latestMs = 0;
    for (const { atMs, from, to } of plan) {
      if (to > silentFrom && !wasSilent) {
        wasSilent = true;
        await dry;
        await until(now() + silentAfterDryMs);
      }
      if (firstFrameAtMs + atMs > now()) await until(firstFrameAtMs + atMs);
      if (socket.readyState !== socket.OPEN) return;
      if (!wasSilent) latestMs = Math.max(latestMs, now() - firstFrameAtMs - atMs);
      socket.send(bytes.subarray(from, to));
    }
    socket.send(JSON.stringify({ firstFrameAtMs, latestMs, leastStartMs: leastStartMs(plan) } satisfies DeliveryDone));
  };
  socket.on('message', (data) => {
    const message = String(data);
    if (message === 'dry') onDry();
    else void send(JSON.parse(message) as DeliveryRequest);
  });
}
