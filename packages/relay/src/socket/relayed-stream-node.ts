import type { Grant } from '../access/access.ts';
import { readAudixaStreamRequest } from '../http/fields/audixa-stream-request.ts';
import { maxAudioBytes } from '../http/fields/max-audio-bytes.ts';
import { checkVoice } from '../http/fields/voice-scope.ts';
import type { StreamPlace, TakenCharacters } from '../limits/meter.ts';
import { isRefusal, type Refusal, type RelayContext, type Upstream } from '../relay-context.ts';
import { closeOfMistake, ownCloses } from './close-codes.ts';
import type { PageSocket } from './page-socket-node.ts';
import {
  firstState,
  nextRelayedState,
  type RelayedStreamEvent,
  type RelayedStreamState,
  type StreamEnding,
} from './relayed-stream-state.ts';
import { createStreamWatch, type StreamLook } from './stream-watch.ts';
import { VendorPassage } from './vendor-passage-node.ts';

/** Who asks, as the handshake told. */
export interface Caller {
  readonly token: string | undefined;
  readonly origin: string;
  readonly ip: string;
}

/** A page or a vendor that was told to go is cut after this. */
const farewellMs = 2_500;
const dropMs = 500;
/** Browsers send none; other clients may, a few a minute. */
const mostPingsPerBeat = 120;
const ready = '{"type":"ready"}';
const normalClosure = 1000;

const stages: Readonly<Record<RelayedStreamState['name'], StreamLook['stage']>> = {
  admitting: 'awaiting-request',
  listening: 'awaiting-request',
  metering: 'preparing',
  dialling: 'dialling',
  running: 'running',
  ended: 'ended',
};

/** Executes the state machine of one socket: it owns both connections and one timer, and decides nothing. */
export class RelayedStream {
  readonly #context: RelayContext;
  readonly #upstream: Upstream;
  readonly #page: PageSocket;
  readonly #caller: Caller;
  readonly #startMs = performance.now();
  readonly #watch: ReturnType<typeof createStreamWatch>;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #state: RelayedStreamState = firstState;
  #grant: Grant | undefined;
  #place: StreamPlace | undefined;
  #taken: TakenCharacters | undefined;
  #passage: VendorPassage | undefined;
  #characters = 0;
  #heardPage = 0;
  #pings = 0;
  #drainTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: RelayContext, upstream: Upstream, page: PageSocket, caller: Caller) {
    this.#context = context;
    this.#upstream = upstream;
    this.#page = page;
    this.#caller = caller;
    this.#watch = createStreamWatch(context.limits, this.#startMs);
    this.#listen();
    this.#keepLooking();
    if (context.draining.aborted) this.dispatch({ type: 'draining' });
    else void this.#admit();
  }

  dispatch(event: RelayedStreamEvent): void {
    const before = this.#state;
    this.#state = nextRelayedState(before, event);
    if (this.#state === before || this.#state.name === before.name) return;
    try {
      this.#enter(this.#state);
    } catch {
      // An exception inside a socket's listener would end the process, and every other stream with it.
      if (this.#state.name === 'ended') this.#page.terminate();
      else this.dispatch({ type: 'stopped', why: 'fault' });
    }
  }

  #enter(state: RelayedStreamState): void {
    switch (state.name) {
      case 'metering':
        return void this.#meterIn(state.grant, state.request);
      case 'dialling':
        return this.#dial();
      case 'running':
        this.#page.send(ready);
        return this.#passage?.vendor.send(state.frame);
      case 'ended':
        return this.#end(state.ending);
      default:
      // Nothing to begin: admitting, listening.
    }
  }

  #listen(): void {
    const page = this.#page;
    page.on('message', (data: Buffer, isBinary) =>
      this.dispatch(isBinary ? { type: 'page-binary' } : { type: 'page-text', text: data.toString() }),
    );
    page.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code?.startsWith('WS_ERR_')) this.dispatch({ type: 'page-mistake', close: closeOfMistake(error.code) });
    });
    page.on('close', () => {
      this.dispatch({ type: 'page-gone' });
      clearTimeout(this.#looking);
    });
    const count = () => {
      this.#pings += 1;
      if (this.#pings > mostPingsPerBeat) this.dispatch({ type: 'stopped', why: 'tooManyPings' });
    };
    page.on('ping', count);
    page.on('pong', () => {
      this.#heardPage += 1;
      count();
    });
  }

  async #admit(): Promise<void> {
    const { token, origin, ip } = this.#caller;
    await this.#asking(async () => {
      const refusal = await this.#context.meter.countConnect(ip);
      if (refusal) return this.#refuse(refusal);
      const grant = await this.#context.access.redeem(token, { transport: 'socket', vendor: 'audixa', origin });
      if (isRefusal(grant)) return this.#refuse(grant);
      this.#grant = grant;
      this.dispatch({ type: 'granted', grant });
    });
  }

  async #meterIn(grant: Grant, request: string): Promise<void> {
    const read = readAudixaStreamRequest(request);
    if (isRefusal(read)) return this.#refuse(read);
    const outOfScope = checkVoice(grant, read.voice);
    if (outOfScope) return this.#refuse(outOfScope);
    this.#characters = read.characters;
    await this.#asking(async () => {
      const place = await this.#context.meter.openStream(grant.user, this.#caller.ip);
      if (isRefusal(place)) return this.#refuse(place);
      if (this.#state.name === 'ended') return place.release();
      this.#place = place;
      place.lost.addEventListener('abort', () => this.dispatch({ type: 'stopped', why: 'storeDown' }));
      const taken = await this.#context.meter.takeCharacters(grant, read.characters);
      if (isRefusal(taken)) return this.#refuse(taken);
      if (this.#hasEnded()) return taken.refund();
      this.#taken = taken;
      this.dispatch({ type: 'metered', frame: read.wire });
    });
  }

  #dial(): void {
    this.#passage = new VendorPassage({
      context: this.#context,
      upstream: this.#upstream,
      page: this.#page,
      grant: this.#grant!, // nothing is dialled for who was not let in
      mostBytes: maxAudioBytes(this.#characters),
      isRunning: () => this.#state.name === 'running',
      dispatch: (event) => this.dispatch(event),
    });
  }

  #hasEnded(): boolean {
    return this.#state.name === 'ended';
  }

  async #asking(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch {
      // Neither gate nor meter rejects: what does is a fault, and lets nothing through.
      this.#context.emit({ type: 'fault', vendor: 'audixa' });
      this.dispatch({ type: 'stopped', why: 'fault' });
    }
  }

  #refuse(refusal: Refusal): void {
    this.#context.emit({ type: 'refused', vendor: 'audixa', code: refusal.code, ...(this.#grant && { user: this.#grant.user }) });
    this.dispatch({ type: 'refused', refusal });
  }

  readonly #keepLooking = (): void => {
    const lookAgainMs = this.#look();
    this.#looking = setTimeout(this.#keepLooking, lookAgainMs);
  };

  /** @returns when to look again, in milliseconds */
  #look(): number {
    const waitingBytes = this.#page.bufferedAmount;
    const passage = this.#passage;
    const { stop, beat, lookAgainMs } = this.#watch({
      nowMs: performance.now(),
      stage: this.#stage(),
      framesOfVendor: passage?.frames ?? 0,
      heardVendor: passage?.heard ?? 0,
      heardPage: this.#heardPage,
      flushedBytes: (passage?.bytes ?? 0) - waitingBytes,
      waitingBytes,
      isPaused: passage?.vendor.isPaused ?? false,
    });
    passage?.resume();
    if (this.#state.name === 'ended') this.#lookAfterEnd(stop !== undefined, waitingBytes);
    else if (stop === 'page-lost') this.#page.terminate();
    else if (stop === 'vendor-lost') this.dispatch({ type: 'vendor-closed', code: 1006, reason: '' });
    else if (stop) this.dispatch({ type: 'stopped', why: stop });
    else if (beat) this.#beat();
    return lookAgainMs;
  }

  #stage(): StreamLook['stage'] {
    return this.#state.name === 'admitting' && this.#state.request !== undefined ? 'preparing' : stages[this.#state.name];
  }

  #beat(): void {
    this.#pings = 0;
    this.#page.ping();
    if (this.#state.name === 'running') this.#passage?.vendor.ping();
    if (!this.#grant) return;
    // A store that is down ends no stream that runs.
    this.#context.access.isRevoked(this.#grant).then(
      (isRevoked) => isRevoked && this.dispatch({ type: 'stopped', why: 'revoked' }),
      () => undefined,
    );
  }

  /** What still waits is let through, as long as the page takes it; then it has a moment to answer the close. */
  #lookAfterEnd(isTooSlow: boolean, waitingBytes: number): void {
    if (isTooSlow) return this.#page.terminate();
    if (waitingBytes === 0) this.#drainTimer ??= setTimeout(() => this.#page.terminate(), farewellMs);
  }

  #end(ending: StreamEnding): void {
    const { close, handedOver, page, vendor } = ending;
    this.#place?.release();
    if (!handedOver) this.#taken?.refund();
    this.#report(ending);
    this.#leaveVendor(vendor === 'closed' && handedOver);
    if (!close) return this.#page.terminate();
    this.#page.closeAs(close.code, close.reason);
    if (page === 'dropped') this.#drainTimer = setTimeout(() => this.#page.terminate(), dropMs);
    this.#page.on('close', () => clearTimeout(this.#drainTimer));
  }

  #leaveVendor(politely: boolean): void {
    const vendor = this.#passage?.vendor;
    if (!vendor || vendor.readyState === vendor.CLOSED) return;
    if (!politely) return vendor.terminate();
    vendor.resume();
    vendor.close(normalClosure);
    const timer = setTimeout(() => vendor.terminate(), farewellMs);
    vendor.on('close', () => clearTimeout(timer));
  }

  #report({ close, handedOver }: StreamEnding): void {
    if (!handedOver && !this.#taken) return;
    this.#context.emit({
      type: close?.code === ownCloses.fault.code ? 'fault' : 'stream',
      vendor: 'audixa',
      ...(this.#grant && { user: this.#grant.user }),
      ...(close && { code: close.code ?? 1005 }),
      durationMs: performance.now() - this.#startMs,
      characters: this.#characters,
      bytes: this.#passage?.bytes ?? 0,
    });
  }
}
