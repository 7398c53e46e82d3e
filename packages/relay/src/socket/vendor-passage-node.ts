import type { WebSocket } from 'ws';

import type { Grant } from '../access/access.ts';
import { noteGeneration } from '../http/own-generations.ts';
import { createKeyWatch } from '../http/redact-pieces.ts';
import { sealAudioUrls } from '../http/seal-file.ts';
import type { RelayContext, Upstream } from '../relay-context.ts';
import type { PageSocket } from './page-socket-node.ts';
import type { RelayedStreamEvent } from './relayed-stream-state.ts';
import { dialVendor } from './vendor-socket-node.ts';
import { readVendorText } from './vendor-text-node.ts';

/** Above this much audio waiting for the page the vendor is paused, under the other it goes on. */
const pauseAboveBytes = 1024 * 1024;
const resumeUnderBytes = 256 * 1024;

/** No message of the vendor comes near it, and clients read none that is longer: a larger one is dropped. */
const mostTextBytes = 256 * 1024;
/** Bytes that each frame, ping and pong counts beyond its own, so that a million empty frames reach the limit too. */
const frameBytes = 8;
/** A stream names one file. Messages with addresses beyond these are dropped. */
const mostSealed = 16;
/** Audio cannot be changed. 1007 is the standard's code for what must not be in a message; clients tell it as a bad response. */
const keyInAudio = { type: 'vendor-closed', code: 1007, reason: 'vendor_answer_refused: the audio holds a secret' } as const;

/** Whose stream passes, and where to. */
export interface PassageHost {
  readonly context: RelayContext;
  readonly upstream: Upstream;
  readonly page: PageSocket;
  readonly grant: Grant;
  /** More audio than this is none that was asked for. */
  readonly mostBytes: number;
  /** Whether the page is to be told what the vendor says. */
  isRunning(): boolean;
  dispatch(event: RelayedStreamEvent): void;
}

/**
 * What the vendor says on its way to the page, in its order: paused while the page is behind, without the key, and with files
 * named by the relay's own addresses. Sealing one takes a moment, for which all that follows waits.
 */
export class VendorPassage {
  readonly vendor: WebSocket;
  readonly #host: PassageHost;
  readonly #holdsKey: (piece: Uint8Array) => boolean;
  #bytes = 0;
  #countedBytes = 0;
  #sealed = 0;
  #generationId: string | undefined;
  #frames = 0;
  #heard = 0;
  #sealing: Promise<void> | undefined;

  /** Dials the vendor; what becomes of the connection is dispatched after all that was said before. */
  constructor(host: PassageHost) {
    this.#host = host;
    this.#holdsKey = createKeyWatch(host.upstream.apiKey);
    this.vendor = dialVendor(host.upstream, (event) => this.#afterSealing(() => host.dispatch(event)));
    this.vendor.on('message', (data: Buffer, isBinary) => {
      this.#frames += 1;
      if (!host.isRunning() || (!isBinary && !this.#count(data.length))) return;
      try {
        if (this.#sealing || !isBinary) this.#passLater(data, isBinary);
        else this.#pass(data, true);
      } catch {
        // An exception inside a socket's listener would end the process, and every other stream with it.
        host.dispatch({ type: 'stopped', why: 'fault' });
      }
    });
    const hear = () => {
      this.#heard += 1;
      this.#count(0);
    };
    this.vendor.on('pong', hear).on('ping', hear);
  }

  /** Bytes passed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Messages the vendor has sent. */
  get frames(): number {
    return this.#frames;
  }

  /** Signs of life of the vendor, messages included. */
  get heard(): number {
    return this.#frames + this.#heard;
  }

  /** Lets the vendor go on as soon as the page has taken enough. Also called when the frame that was one too many has left. */
  readonly resume = (): void => {
    const { page } = this.#host;
    if (this.vendor.isPaused && !this.#sealing && page.bufferedAmount < resumeUnderBytes) this.vendor.resume();
  };

  /** Counts what came; false when it is more than so much text can be. */
  #count(bytes: number): boolean {
    const { mostBytes, dispatch } = this.#host;
    this.#countedBytes += frameBytes + bytes;
    const isTooMuch = this.#countedBytes > mostBytes;
    if (isTooMuch) dispatch({ type: 'stopped', why: 'tooMuchAudio' });
    return !isTooMuch;
  }

  #pass(data: Buffer, isBinary: boolean): void {
    const { page, isRunning } = this.#host;
    if (!isRunning() || (isBinary && !this.#count(data.length))) return;
    this.#bytes += data.length;
    if (isBinary && this.#holdsKey(data)) return this.#host.dispatch(keyInAudio);
    if (page.bufferedAmount + data.length <= pauseAboveBytes) return page.send(data, { binary: isBinary });
    this.vendor.pause();
    page.send(data, { binary: isBinary }, this.resume);
  }

  #passLater(data: Buffer, isBinary: boolean): void {
    if (isBinary) return this.#afterSealing(() => this.#pass(data, true));
    if (data.length > mostTextBytes) return;
    const { context, upstream, grant, dispatch } = this.#host;
    const { text, mayNameFile, generationId } = readVendorText(data, upstream);
    // One request makes one generation.
    if (generationId !== undefined && this.#generationId === undefined) this.#note((this.#generationId = generationId));
    if (!mayNameFile || context.options.audioUrls === 'pass')
      return this.#afterSealing(() => this.#pass(Buffer.from(text), false));
    this.#sealed += 1;
    if (this.#sealed > mostSealed) return;
    this.#sealWhile(
      (this.#sealing ?? Promise.resolve())
        .then(async () => {
          // One that is nested too deeply to be written again is dropped: its address must not reach the page.
          const sealed = await sealAudioUrls(text, context, grant).catch(() => undefined);
          if (sealed !== undefined) this.#pass(Buffer.from(sealed), false);
        })
        .catch(() => dispatch({ type: 'stopped', why: 'fault' })),
    );
    this.vendor.pause();
  }

  #afterSealing(action: () => void): void {
    if (!this.#sealing) return action();
    this.#sealWhile(this.#sealing.then(action).catch(() => this.#host.dispatch({ type: 'stopped', why: 'fault' })));
  }

  #sealWhile(work: Promise<void>): void {
    const settled = work.finally(() => {
      if (this.#sealing === settled) this.#sealing = undefined;
      this.resume();
    });
    this.#sealing = settled;
  }

  /** So that the user may ask for what was lost on the way. A stream is worth more than that. */
  #note(generationId: string): void {
    const { context, grant } = this.#host;
    const { user } = grant;
    const noted = noteGeneration(context, user, generationId);
    context.track(noted).catch(() => context.emit({ type: 'fault', vendor: 'audixa', user, code: 'store_down' }));
  }
}
