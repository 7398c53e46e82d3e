import {
  type AskForSocket,
  failedSpeech,
  gatherText,
  mostSamplesOf,
  startDeadline,
  type Deadline,
  type TextReading,
  type SpeechSink,
  type SpeechSource,
} from '@saystream/core';
import { isSpeechError, type SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { readAudixaMessage } from '../audixa-messages.ts';
import type { AudixaRequest, AudixaWireSettings } from '../audixa-request.ts';
import { createAudixaAudio } from './audixa-audio.ts';
import { limitOf, nextStreamState, type AudixaStreamEvent, type AudixaStreamState } from './audixa-stream-state.ts';
import { createDeliveredTail } from './delivered-tail.ts';
import { brokenSocket, dialAudixa, type DialHandlers, type DialledAudixa } from './dial-audixa.ts';
import { recoverFromFile } from './recover-from-file.ts';
import { speakByJob } from './speak-by-job.ts';

/** An `error` frame is usually followed by the close that explains it; this is how long that may take. */
const explanationMs = 500;

/** How long a client remembers that its relay has no sockets, in milliseconds. A network that failed once looks the same. */
const rememberMs = 60_000;

/** Executes the state machine of one stream: it owns the socket and the timers, and decides nothing. */
class AudixaStream implements SpeechSource {
  readonly vendor = 'audixa';
  readonly #connection: AudixaConnection;
  readonly #text: AudixaRequest['text'];
  readonly #settings: AudixaWireSettings;
  readonly #audio = createAudixaAudio();
  readonly #delivered = createDeliveredTail();
  readonly #recovery = new AbortController();
  mostSamples: number | undefined;
  #state: AudixaStreamState = { name: 'gathering' };
  #sink: SpeechSink | undefined;
  #askForSocket: AskForSocket | undefined;
  #wanted: AudixaWireSettings = {};
  #gathering: TextReading | undefined;
  #socket: DialledAudixa | undefined;
  #total: Deadline | undefined;
  #limit: Deadline | undefined;

  constructor(connection: AudixaConnection, text: AudixaRequest['text'], settings: AudixaWireSettings) {
    this.#connection = connection;
    this.#text = text;
    this.#settings = settings;
  }

  offerSocket(ask: AskForSocket): void {
    this.#askForSocket = ask;
  }

  start(sink: SpeechSink): void {
    this.#sink = sink;
    this.#total = this.#deadline('total', this.#connection.timeouts.totalMs);
    this.#gathering = gatherText(this.#text, {
      vendor: 'audixa',
      textMs: this.#connection.timeouts.textMs,
      gathered: (text) => {
        this.mostSamples = mostSamplesOf(text.length);
        this.#wanted = { text, ...this.#settings };
        this.#dispatch({ type: 'gathered' });
      },
      failed: (error) => this.#break(error),
    });
  }

  cancel(): void {
    this.#dispatch({ type: 'cancelled' });
  }

  #break(error: SpeechError, isFinal?: boolean): void {
    this.#dispatch({ type: 'broken', error, isFinal });
  }

  #dispatch(event: AudixaStreamEvent): void {
    const before = this.#state;
    this.#state = nextStreamState(before, event);
    const after = this.#state;
    if (after.name === before.name) return;
    if (limitOf(before) !== limitOf(after)) this.#watch();
    // The listener is the caller's code: it is told of an ending after the outcome has settled, and it may cancel the stream.
    const tell = () => this.#connection.emit({ type: 'state', vendor: 'audixa', state: after.name });
    if (after.name === 'ended') {
      this.#enter(after);
      tell();
    } else {
      tell();
      if (this.#state === after) this.#enter(after);
    }
  }

  /** What a state does when it begins. */
  #enter(state: AudixaStreamState): void {
    switch (state.name) {
      case 'connecting':
        // A socket is not tried again as long as the relay is remembered to have none.
        if (performance.now() < this.#connection.socketless.untilMs) return this.#goByJob();
        return this.#dial();
      case 'by-job':
        return void this.#speakByJob();
      case 'refused':
        this.#limit = startDeadline(explanationMs, () => this.#dispatch({ type: 'unexplained' }));
        return;
      case 'recovering':
        this.#socket?.close();
        return void this.#recover(state.generationId);
      case 'ended':
        this.#sink?.end(state.ending);
        return this.#release();
      default:
      // Nothing to begin: gathering, waiting, started, streaming.
    }
  }

  #dial(): void {
    // Not at once: a player that is handed the stream in this very task still gets its say.
    const ask: AskForSocket = (encoding) => Promise.resolve().then(() => this.#askForSocket?.(encoding));
    const handlers: DialHandlers = {
      open: () => this.#dispatch({ type: 'opened' }),
      text: (data) => this.#onText(data),
      binary: (bytes) => this.#onBinary(bytes),
      sent: (sent) => this.#dispatch({ type: 'sent', sent }),
      end: ({ code, reason, wasClean, thrown }) =>
        thrown === undefined
          ? this.#dispatch({ type: 'closed', code, reason, wasClean })
          : this.#break(brokenSocket(thrown, 'unknown', this.#connection.redact)),
      noSockets: (because) => {
        Object.assign(this.#connection.socketless, { untilMs: performance.now() + rememberMs, because });
        this.#goByJob();
      },
      notConnected: (error) => this.#break(error),
    };
    this.#socket = dialAudixa(this.#connection, JSON.stringify(this.#wanted), handlers, ask);
    // A constructor that fails at once ends the stream before there is a socket to close.
    if (this.#state.name === 'ended') this.#socket.close();
  }

  #onText(data: string): void {
    const message = readAudixaMessage(data);
    if (!message) return;
    if (message.type !== 'completed') return this.#dispatch(message);
    const { audioUrl } = message;
    this.#dispatch({
      type: 'completed',
      audioUrl: audioUrl && this.#connection.fileUrl(audioUrl),
      leftover: this.#audio.leftover,
    });
  }

  #onBinary(bytes: Uint8Array): void {
    try {
      const samples = this.#audio.push(bytes);
      if (samples.length === 0) return;
      this.#limit?.touch();
      this.#dispatch({ type: 'audio' });
      if (this.#state.name === 'streaming') this.#deliver(samples);
    } catch (error) {
      if (!isSpeechError(error)) throw error;
      // The vendor's own bytes are wrong: no file mends them.
      this.#break(error, true);
    }
  }

  #deliver(samples: Float32Array, sampleRate = this.#audio.sampleRate): void {
    if (this.#delivered.samples === 0) this.#sink?.format({ sampleRate, channels: 1 });
    this.#delivered.record(samples);
    this.#sink?.samples(samples);
  }

  async #recover(generationId: string): Promise<void> {
    try {
      const { how, audioUrl } = await recoverFromFile(this.#connection, {
        generationId,
        delivered: this.#delivered,
        sampleRate: this.#audio.sampleRate,
        deliver: (samples) => this.#deliver(samples),
        signal: this.#recovery.signal,
      });
      this.#dispatch({ type: 'recovered', how, audioUrl });
    } catch {
      // The listener is told why the stream broke, not why mending it failed as well.
      this.#dispatch({ type: 'unrecoverable' });
    }
  }

  #goByJob(): void {
    const { because } = this.#connection.socketless;
    this.#connection.emit({ type: 'fallback', vendor: 'audixa', to: 'job', because });
    this.#dispatch({ type: 'no-sockets' });
  }

  async #speakByJob(): Promise<void> {
    try {
      const audioUrl = await speakByJob(this.#connection, this.#wanted, {
        delivered: this.#delivered,
        sampleRate: undefined,
        deliver: (samples, sampleRate) => this.#deliver(samples, sampleRate),
        accepted: (generationId) => this.#dispatch({ type: 'job-accepted', generationId }),
        signal: this.#recovery.signal,
      });
      this.#dispatch({ type: 'job-done', audioUrl });
    } catch (thrown) {
      this.#break(failedSpeech('audixa', thrown));
    }
  }

  /** Arms the time limit of the state just entered. */
  #watch(): void {
    this.#limit?.cancel();
    const limit = limitOf(this.#state);
    const { connectMs, firstAudioMs, stallMs } = this.#connection.timeouts;
    this.#limit = limit && this.#deadline(limit, { connect: connectMs, 'first-audio': firstAudioMs, stall: stallMs }[limit]);
  }

  #deadline(limit: NonNullable<SpeechError['limit']>, afterMs: number): Deadline {
    return startDeadline(afterMs, () => this.#dispatch({ type: 'limit-passed', limit, afterMs }));
  }

  #release(): void {
    this.#total?.cancel();
    this.#limit?.cancel();
    this.#gathering?.cancel();
    this.#recovery.abort();
    this.#socket?.close();
  }
}

/** The source of one spoken text over one socket. Audixa's frames carry no id, so a socket serves one request. */
export function audixaSource(
  connection: AudixaConnection,
  text: AudixaRequest['text'],
  settings: AudixaWireSettings,
): SpeechSource {
  return new AudixaStream(connection, text, settings);
}
