import type { Voice } from '@saystream/core';
import {
  createPlayer,
  type Playback,
  type PlaybackError,
  type PlaybackReport,
  type Player,
  type PlayerOptions,
} from '@saystream/player';

import { markSentence } from './caption-highlight.ts';
import { isLive, isSpeaking, PlayerView, type SayStreamState } from './player-view.ts';
import { languageOf } from './language-of.ts';
import { RecordedSpeech } from './recorded-speech.ts';
import { applyEarlyProperties, reflectAttributes, type ReflectedAttributes } from './reflected-attributes.ts';
import { expectedSeconds, sentenceAt, sentencesOf, type Sentence } from './sentences.ts';
import { takeSpeakerTurn } from './speaker-turn.ts';
import { spokenText, type SpokenText } from './spoken-text.ts';
import { offerSystemControls, withdrawSystemControls } from './system-controls.ts';
import { requestOf, speechOf } from './voice-of.ts';

/** One `play()`, until the next. */
interface Utterance {
  readonly playback: Playback;
  readonly text: SpokenText;
  readonly sentences: readonly Sentence[];
  readonly expectedSeconds: number;
  /** What the listener must do first, if anything. */
  notice: 'waiting' | 'blocked';
  /** Where the listener went while it is held: it is heard of no sooner than it goes on. */
  sought?: number | undefined;
  sentence?: Sentence;
  range?: Range;
  error?: PlaybackError;
}

// A server that imports the page's modules has no elements.
const Base: typeof HTMLElement = globalThis.HTMLElement ?? class {};

/**
 * `<say-stream relay="/speech" vendor="audixa" voice="am_ethan">Text</say-stream>`: a text that can be listened to.
 *
 * Attributes: `relay`, `vendor` (default `audixa`), `voice`, `model`, `speed`, `language`, `autoplay`, `rate`, and `label-…`
 * for every word it shows; all but the words are properties too. Events: `statechange`, and `error`, an `ErrorEvent`, after a
 * playback that failed. No attribute takes a key.
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- reflectAttributes defines what the interface declares
export interface SayStreamElement extends ReflectedAttributes {}
export class SayStreamElement extends Base {
  /** For the player of every element, such as `{ workletUrl }`. Read at each `play()`. Default: the player's own. */
  static playerOptions: PlayerOptions = {};
  /** For the browser. */
  static readonly observedAttributes = ['rate', 'autoplay'];
  readonly #view = new PlayerView(this);
  #speaker: Voice | undefined;
  #player: Player | undefined;
  #utterance: Utterance | undefined;
  #recording: { readonly of: string; readonly by: Voice | undefined; readonly speech: RecordedSpeech } | undefined;
  #giveTurnBack = (): void => {};
  #frame = 0;

  /** Makes the element with its shadow tree. Nothing is loaded, sent or played before the first `play()` or `autoplay`. */
  constructor() {
    super();
    applyEarlyProperties(this);
  }

  /** Speaks instead of what the attributes say: a voice of a client that the page made itself. Default: none. */
  get speaker(): Voice | undefined {
    return this.#speaker;
  }

  set speaker(voice: Voice | null | undefined) {
    this.#speaker = voice ?? undefined;
  }

  /** What it is doing, or how it ended; `idle` before the first `play()`. */
  get state(): SayStreamState {
    return this.#utterance?.playback.state ?? 'idle';
  }

  /**
   * Seconds of the speech that have been heard. Setting it goes there, within what has arrived; before the first `play()` and
   * after the end it changes nothing.
   */
  get currentTime(): number {
    const { sought, playback } = this.#utterance ?? {};
    return sought ?? playback?.currentTime ?? 0;
  }

  set currentTime(seconds: number) {
    const to = this.#utterance?.playback.seek(seconds);
    if (this.state === 'paused') this.#utterance!.sought = to;
    this.#show();
  }

  /** Seconds that the speech takes; `NaN` until all of it has arrived. */
  get duration(): number {
    return this.#recording?.speech.duration ?? NaN;
  }

  /** Why the last playback failed or was cut short; `null` when it did not. */
  get error(): PlaybackError | null {
    return this.#utterance?.error ?? null;
  }

  /**
   * Speaks the element's text, or goes on after a pause. What was heard to its end is not asked and paid for again, while
   * text and attributes are the same. Any other speaker of this page, and of every tab of its origin, is paused.
   * Resolves when it has ended, and never rejects: see the report's `verdict` and `error`.
   */
  play(): Promise<PlaybackReport> {
    this.#takeTurn();
    if (!this.#utterance || !isLive(this.state)) return this.#begin();
    this.#utterance.playback.resume();
    return this.#utterance.playback.done;
  }

  /** Holds the sound; `play()` goes on from there. */
  pause(): void {
    this.#utterance?.playback.pause();
  }

  /** Ends the sound, and cancels the speech if it is still being made. */
  stop(): void {
    this.#utterance?.playback.stop();
  }

  /** Called by the browser. */
  connectedCallback(): void {
    this.#show();
    this.#startByItself();
  }

  /** Called by the browser. An element that is put elsewhere in the same turn goes on. */
  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.stop();
      this.#closePlayer();
    });
  }

  /** Called by the browser, when `rate` or `autoplay` is given or changed. */
  attributeChangedCallback(name: string): void {
    if (name === 'rate') this.#applyRate();
    else this.#startByItself();
  }

  #applyRate(): void {
    if (this.#player) this.#player.playbackRate = Math.min(2, Math.max(0.5, this.rate || 1));
  }

  /** Before the first `play()`, and only then. */
  #startByItself(): void {
    if (!this.isConnected || this.#utterance || !this.autoplay) return;
    if (document.readyState !== 'loading') void this.#autoplay();
    // While the page is being parsed, the text of the element is not there yet.
    else document.addEventListener('DOMContentLoaded', () => this.#startByItself(), { once: true });
  }

  #openPlayer(): Player {
    this.#player ??= createPlayer((this.constructor as typeof SayStreamElement).playerOptions);
    this.#applyRate();
    return this.#player;
  }

  /** A context that is open, even a silent one, costs the listener's battery. */
  #closePlayer(): void {
    void this.#player?.close();
    this.#player = undefined;
  }

  /** Speech that may not be heard is not paid for: the browser is asked first. */
  async #autoplay(): Promise<void> {
    const refusal: unknown = await this.#openPlayer()
      .unlock()
      .catch((error: unknown) => error);
    if (this.#utterance) return;
    if (!refusal && this.isConnected && this.autoplay) void this.play();
    else this.#closePlayer();
  }

  #begin(): Promise<PlaybackReport> {
    const text = spokenText(this);
    const request = requestOf(this, text.said);
    const { speaker } = this;
    const of = JSON.stringify(request);
    if (!this.#recording?.speech.isWhole || this.#recording.of !== of || this.#recording.by !== speaker) {
      this.#recording = { of, by: speaker, speech: new RecordedSpeech(() => speechOf(request, speaker)) };
    }
    const playback = this.#openPlayer().play(this.#recording.speech.source());
    const utterance: Utterance = (this.#utterance = {
      playback,
      text,
      sentences: sentencesOf(text.raw, languageOf(this)),
      expectedSeconds: expectedSeconds(text.said) / (request.speed ?? 1),
      notice: 'waiting',
    });
    playback.addEventListener('statechange', () => this.#follow(utterance));
    playback.addEventListener('blocked', () => {
      utterance.notice = 'blocked';
      this.#show();
    });
    void playback.done.then((report) => this.#end(utterance, report));
    this.#follow(utterance);
    return playback.done;
  }

  #takeTurn(): void {
    this.#giveTurnBack();
    this.#giveTurnBack = takeSpeakerTurn(() => this.pause());
  }

  #follow(utterance: Utterance): void {
    const { state } = utterance.playback;
    utterance.sought = undefined;
    if (utterance !== this.#utterance || !isLive(state)) return; // an end is told with its report
    if (state === 'paused') this.#giveTurnBack();
    if (state !== 'waiting') utterance.notice = 'waiting';
    offerSystemControls(this, utterance.text.said.slice(0, 100), state === 'paused' ? 'paused' : 'playing');
    this.#tick();
    this.dispatchEvent(new Event('statechange'));
  }

  readonly #tick = (): void => {
    if (this.#frame) cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.state === 'playing') this.#frame = requestAnimationFrame(this.#tick);
    this.#show();
  };

  #end(utterance: Utterance, { error, verdict }: PlaybackReport): void {
    markSentence(undefined, utterance.range);
    if (utterance !== this.#utterance) return;
    if (error && verdict !== 'cancelled') utterance.error = error;
    this.#giveTurnBack();
    withdrawSystemControls(this);
    this.#closePlayer();
    this.#show();
    this.dispatchEvent(new Event('statechange'));
    if (!utterance.error) return;
    const { message, advice } = utterance.error;
    // The listener reads a sentence in their language; the developer reads what happened.
    console.error(`<${this.localName}>: ${message} ${advice}`);
    this.dispatchEvent(new ErrorEvent('error', { error: utterance.error, message }));
  }

  #show(): void {
    const { state, currentTime, duration } = this;
    const utterance = this.#utterance;
    const speech = this.#recording?.speech;
    const seconds = duration || Math.max(speech?.seconds ?? 0, utterance?.expectedSeconds ?? 0);
    this.#view.show({
      sentence: utterance && this.#sentenceAt(utterance, currentTime / seconds),
      label: utterance && isSpeaking(state) ? utterance.notice : 'idle',
      seconds,
      levels: speech?.levels ?? [],
    });
  }

  #sentenceAt(utterance: Utterance, share: number): string | undefined {
    const { text, sentences } = utterance;
    const isHeard = share > 0 && this.state.startsWith('p'); // playing, paused
    const sentence = isHeard ? sentenceAt(sentences, share) : undefined;
    if (!sentence) return undefined;
    if (sentence !== utterance.sentence) {
      utterance.sentence = sentence;
      markSentence((utterance.range = text.rangeOf(sentence.start, sentence.end)));
    }
    return text.raw.slice(sentence.start, sentence.end);
  }
}

reflectAttributes(SayStreamElement.prototype);
