import type { Socket } from 'node:net';

import type { WebSocket } from 'ws';

import { epochMs } from '../ledger.ts';
import type { Interruption, Knobs, Oddity, Position } from '../scenario-table.ts';
import { errorFrame } from './audixa-bodies.ts';
import { breakOff, fileUrl, type Job, type Jobs } from './audixa-jobs.ts';
import { checkRequest } from './audixa-request-rules.ts';
import { dueAfterMs, frameSizes, payloadOf } from './stream-payload.ts';

/** What a conversation over one socket needs. */
export interface SocketContext {
  readonly jobs: Jobs;
  readonly origin: string;
  readonly rate: number;
  readonly voice: (text: string) => Float32Array | Promise<Float32Array>;
}

/** Thrown to leave a conversation that is over. */
class Over extends Error {}

/** As much as may wait in the socket before the emulator waits for it. */
const highWaterBytes = 8 * 1024 * 1024;
/** Frames sent in one turn of the event loop. */
const framesPerTurn = 2_000;
const silence = { why: 'silence' };

/** One conversation: a request, and whatever the scenario makes of the answer. */
class Conversation {
  readonly #socket: WebSocket;
  readonly #raw: Socket;
  readonly #knobs: Knobs;
  readonly #odd: ReadonlySet<Oddity>;
  readonly #context: SocketContext;
  readonly #over: Promise<typeof silence>;
  readonly #request: Promise<string>;
  #closed = false;
  #job: Job | undefined;

  constructor(socket: WebSocket, raw: Socket, knobs: Knobs, context: SocketContext) {
    this.#socket = socket;
    this.#raw = raw;
    this.#knobs = knobs;
    this.#odd = new Set(knobs.oddities);
    this.#context = context;
    this.#over = new Promise((resolve) => {
      socket.once('close', () => {
        this.#closed = true;
        resolve(silence);
      });
    });
    this.#request = new Promise((resolve) => {
      socket.once('message', (data) => {
        resolve(String(data));
        socket.on('message', () => this.#close(1_003, 'One request per connection'));
      });
    });
  }

  async run(apiKey: string): Promise<void> {
    try {
      await this.#interrupt('before-request');
      const request = await Promise.race([this.#request, this.#over]);
      if (typeof request === 'string') await this.#answer(request, apiKey);
    } catch (error) {
      if (!(error instanceof Over)) throw error;
    } finally {
      if (this.#job && this.#job.entry.ended !== 'completed') breakOff(this.#job);
    }
  }

  async #answer(message: string, apiKey: string): Promise<void> {
    const checked = checkRequest(parse(message));
    if ('broken' in checked) {
      const [first] = checked.broken;
      return this.#close(1_003, first ? `${first.field}: ${first.message}` : 'Invalid payload');
    }
    if (this.#odd.has('no-close-answer')) this.#raw.pause();
    await this.#interrupt('waiting');
    const { jobs, voice } = this.#context;
    this.#job = jobs.create(checked.request, { transport: 'socket', knobs: this.#knobs, apiKey });
    this.#job.samples = await voice(checked.request.text);
    this.#job.entry.samples = this.#job.samples.length;
    const { generationId } = this.#job.entry;
    const started = JSON.stringify({ type: 'started', generation_id: generationId, channel: `generation:${generationId}` });
    if (!this.#odd.has('no-started') && !this.#odd.has('audio-before-started')) this.#send(started);
    if (this.#odd.has('double-started')) this.#send(started);
    if (this.#odd.has('unknown-message')) this.#send('{"type":"progress","percent":1}');
    if (this.#odd.has('text-not-json')) this.#send('\ufeffhello {');
    await this.#interrupt('started');
    await this.#wait(this.#knobs.slowStartMs ?? 0);
    if (!this.#odd.has('completed-without-audio')) await this.#speak(this.#job, started);
    await this.#interrupt('at-end');
    this.#complete(this.#job);
  }

  /** Sends the audio at its pace. */
  async #speak(job: Job, started: string): Promise<void> {
    const payload = payloadOf(job.samples, this.#knobs);
    const rate = this.#knobs.rate ?? this.#context.rate;
    const endless = this.#odd.has('endless');
    const half = payload.length / 2;
    const beganAtMs = performance.now();
    let interrupted = false;
    let frames = 0;
    let sent = 0;
    for (const size of frameSizes(this.#knobs)) {
      if (sent >= payload.length && !endless) return;
      if (!interrupted && sent >= half) {
        interrupted = true;
        await this.#interrupt('midway');
      }
      await this.#untilDue(beganAtMs + dueAfterMs(sent, rate), frames);
      // An interruption in the middle must find half of the audio unsent, whatever the frame size.
      const at = sent % payload.length;
      const stop = this.#knobs.interruption?.at === 'midway' && !interrupted ? Math.ceil(half) : payload.length;
      const frame = payload.subarray(at, Math.min(at + size, stop));
      this.#audio(job, frame);
      if (frames === 0 && this.#odd.has('audio-before-started')) this.#send(started);
      sent += frame.length;
      frames += 1;
    }
  }

  #audio(job: Job, frame: Uint8Array): void {
    job.entry.firstFrameAtMs ??= epochMs();
    job.entry.lastFrameAtMs = epochMs();
    this.#send(frame);
    if (this.#odd.has('empty-frames')) this.#send(new Uint8Array(0));
  }

  async #untilDue(dueAtMs: number, frames: number): Promise<void> {
    const jitterMs = this.#knobs.jitterMs ? ((frames * 7_919) % 101) * 0.01 * this.#knobs.jitterMs : 0;
    const waitMs = dueAtMs + jitterMs - performance.now();
    if (waitMs >= 1) return this.#wait(waitMs);
    if (frames % framesPerTurn === framesPerTurn - 1) await this.#wait(0);
    while (this.#socket.bufferedAmount > highWaterBytes) await this.#wait(5);
  }

  #complete(job: Job): void {
    const audioUrl = this.#odd.has('completed-without-url') ? {} : { audio_url: fileUrl(this.#context.origin, job) };
    const completed = JSON.stringify({ type: 'completed', ...audioUrl });
    job.readyAtMs = epochMs();
    job.entry.ended = 'completed';
    this.#send(completed);
    if (this.#odd.has('double-completed')) this.#send(completed);
    if (this.#odd.has('audio-after-completed')) this.#send(new Uint8Array(4_096));
    if (this.#odd.has('server-closes')) this.#socket.close(1_000);
  }

  async #interrupt(at: Position): Promise<void> {
    const { interruption } = this.#knobs;
    if (interruption?.at !== at) return;
    if (interruption.type === 'stall') return this.#stall(interruption.forMs);
    this.#note(interruption);
    if (interruption.type === 'error') {
      this.#send(errorFrame(interruption.message));
      return this.#stall(Infinity);
    }
    if (interruption.type === 'drop') {
      // What was sent before must arrive: the cut comes after the last byte has left.
      this.#raw.destroySoon();
      throw new Over();
    }
    this.#close(interruption.code, interruption.code === 1_008 ? 'Invalid API Key' : 'Internal error');
    throw new Over();
  }

  async #stall(forMs: number): Promise<void> {
    if (this.#job && forMs === Infinity) breakOff(this.#job);
    if (forMs === Infinity) await this.#over;
    else await this.#wait(forMs);
    if (forMs === Infinity) throw new Over();
  }

  #note(interruption: Interruption): void {
    if (this.#job) this.#job.entry.ended = interruption.type === 'close' ? `close ${interruption.code}` : interruption.type;
  }

  #close(code: number, message: string): void {
    if (!this.#knobs.mute) this.#send(errorFrame(message));
    if (code === 1_005) this.#socket.close();
    else this.#socket.close(code, this.#knobs.mute ? '' : message.slice(0, 100));
  }

  #send(data: string | Uint8Array): void {
    if (!this.#closed) this.#socket.send(data);
  }

  async #wait(forMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, forMs);
    });
    await Promise.race([passed, this.#over]);
    clearTimeout(timer);
    if (this.#closed) throw new Over();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Talks to one client of the streaming endpoint until the socket is closed. A wrong key is told by a close. */
export async function converse(socket: WebSocket, raw: Socket, key: { readonly apiKey: string; readonly knobs: Knobs | undefined }, context: SocketContext): Promise<void> {
  socket.on('error', () => undefined);
  if (key.knobs) return new Conversation(socket, raw, key.knobs, context).run(key.apiKey);
  socket.send(errorFrame('Invalid API Key'));
  socket.close(1_008, 'Invalid API Key');
}
