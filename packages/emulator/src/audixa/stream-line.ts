import type { Socket } from 'node:net';

import type { RawData, WebSocket } from 'ws';

import { errorFrame } from './audixa-bodies.ts';

/** Thrown out of whatever a conversation waits for when its socket is closed, by either side. */
export class LineOver extends Error {
  override readonly name = 'LineOver';
}

/** As much as may wait in the socket before the emulator waits for the client. */
const highWaterBytes = 8 * 1024 * 1024;

interface Message {
  readonly data: RawData;
  readonly isBinary: boolean;
}

/** One accepted socket, as a conversation uses it: nothing is lost before it listens, and every wait ends with the socket. */
export class StreamLine {
  readonly #socket: WebSocket;
  readonly #raw: Socket;
  readonly #messages: Message[] = [];
  #isOver = false;
  /** Ends the only wait there can be. */
  #wake: (() => void) | undefined;
  /** Hears each message after the first. */
  onExtraMessage: (() => void) | undefined;

  constructor(socket: WebSocket, raw: Socket) {
    this.#socket = socket;
    this.#raw = raw;
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
    socket.on('message', (data, isBinary) => {
      this.#messages.push({ data, isBinary });
      if (this.#messages.length > 1) this.onExtraMessage?.();
      this.#wake?.();
    });
  }

  #end(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  /** The first message, text or not; undefined for a binary one. */
  async request(): Promise<string | undefined> {
    while (this.#messages.length === 0) await this.wait(Infinity);
    if (this.#messages.length > 1) this.onExtraMessage?.();
    const [first] = this.#messages;
    return first && !first.isBinary ? String(first.data) : undefined;
  }

  /** So long, or until a message comes. */
  async wait(forMs: number): Promise<void> {
    this.check();
    await new Promise<void>((resolve) => {
      // Beyond 2^31 ms a timer fires at once.
      const timer = forMs < 2 ** 31 ? setTimeout(resolve, forMs) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
    this.check();
  }

  /** Until the client is gone. */
  async stall(): Promise<never> {
    for (;;) await this.wait(Infinity);
  }

  /** @throws LineOver when the socket is closed */
  check(): void {
    if (this.#isOver) throw new LineOver();
  }

  /** Bytes are not copied: they must not change. */
  send(data: string | Uint8Array): void {
    this.check();
    this.#socket.send(data);
  }

  /** Waits for a client that reads more slowly than it is sent to. */
  async drain(): Promise<void> {
    while (this.#socket.bufferedAmount > highWaterBytes) await this.wait(5);
  }

  /** After this nothing more is sent. 1005 closes without a code. */
  close(code: number, reason: string): void {
    if (code === 1_005) this.#socket.close();
    else this.#socket.close(code, reason);
    this.#end();
  }

  /** Says why, unless it is empty, and closes. */
  refuse(code: number, message: string): void {
    if (this.#isOver) return;
    if (message) this.send(errorFrame(message));
    this.close(code, message.slice(0, 100));
  }

  /** Ends the TCP connection without a close frame. What was sent before still arrives. */
  drop(): void {
    this.#raw.destroySoon();
    this.#end();
  }

  /** Reads nothing more: a close of the client finds no answer. */
  deafen(): void {
    this.#raw.pause();
  }
}
