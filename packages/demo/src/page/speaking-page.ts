import type { RecordingPlayer } from '@saystream/player/recorder';
import type { ClientEvent, PlaybackState, SpeechStream } from 'saystream';

import { DebugPanel } from '../debug/debug-panel.ts';
import { formatMs } from './format-time.ts';
import { LevelHistory } from './level-history.ts';
import { trackHeardLevels } from './heard-levels.ts';
import type { PageElements } from './page-elements.ts';
import { controlStates } from './playback-words.ts';
import { showSteps, showVerdict, underWay } from './show-ending.ts';
import { startUtterance, type AskForSpeech, type Utterance } from './utterance.ts';
import { describeEnding } from './verdict-words.ts';
import { saveFile, wavFile } from './wav-file.ts';
import { createWaveform } from './waveform.ts';

/** Asks for a text as the pickers say. */
export type SayText = (text: string, onEvent: (event: ClientEvent) => void) => SpeechStream;

const silence = new LevelHistory();

/** The controls, the scope and the account of one utterance after another. */
export class SpeakingPage {
  readonly #page: PageElements;
  readonly #player: RecordingPlayer;
  readonly #debug: DebugPanel;
  readonly #say: SayText;
  readonly #waveform: ReturnType<typeof createWaveform>;
  #current: Utterance | undefined;

  constructor(page: PageElements, player: RecordingPlayer, say: SayText) {
    this.#page = page;
    this.#player = player;
    this.#say = say;
    this.#waveform = createWaveform(page.waveform);
    this.#debug = new DebugPanel(page, player);
    page.speak.addEventListener('click', () => this.speak());
    page.pause.addEventListener('click', () => this.#holdOrGoOn());
    page.stop.addEventListener('click', () => this.stop());
    page.save.addEventListener('click', () => this.#save());
    const setRate = (): unknown => (player.playbackRate = Number(page.rate.value));
    page.rate.addEventListener('change', setRate);
    // A page that comes back keeps what was chosen.
    setRate();
    new ResizeObserver(() => this.#draw()).observe(page.waveform);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
    this.#show('silent');
  }

  /** Begins anew, whatever was going on. Without a text it points at the field. */
  speak(): void {
    const text = this.#page.text.value.trim();
    if (text === '') {
      this.#page.textCount.textContent = 'There is nothing to say yet: write a text first.';
      return this.#page.text.focus();
    }
    this.stop();
    this.#page.save.hidden = true;
    showVerdict(this.#page, underWay);
    const ask: AskForSpeech = (onEvent) => this.#say(text, onEvent);
    const utterance: Utterance = startUtterance(this.#player, ask, () => {
      if (this.#current === utterance) showSteps(this.#page, utterance.steps);
    });
    this.#current = utterance;
    this.#follow(utterance);
  }

  stop(): void {
    this.#current?.playback.stop();
  }

  #follow(utterance: Utterance): void {
    const { playback } = utterance;
    const isCurrent = (): boolean => this.#current === utterance;
    playback.addEventListener('statechange', () => isCurrent() && this.#show(playback.state));
    playback.addEventListener('blocked', () => {
      if (isCurrent()) this.#page.state.textContent = 'Click or tap anywhere to let the page sound';
    });
    this.#debug.follow(utterance);
    const letGo = trackHeardLevels(this.#player.analyser, utterance, () => isCurrent() && this.#draw());
    void utterance.done.then(({ outcome, report }) => {
      letGo();
      if (!isCurrent()) return;
      this.#draw();
      this.#page.gaps.textContent = report.heardMs > 0 ? String(report.underruns || 'none') : '–';
      this.#page.save.hidden = utterance.source.seconds === 0;
      showSteps(this.#page, utterance.steps);
      showVerdict(this.#page, describeEnding(outcome, report));
      bringIntoView(this.#page.verdict);
    });
    bringIntoView(this.#page.waveform);
    this.#page.gaps.textContent = '–';
    this.#show(playback.state);
    showSteps(this.#page, utterance.steps);
    this.#draw();
  }

  #holdOrGoOn(): void {
    const playback = this.#current?.playback;
    if (playback?.state === 'paused') playback.resume();
    else playback?.pause();
  }

  #save(): void {
    const { source } = this.#current ?? {};
    if (source) saveFile(wavFile(source.chunks, source.sampleRate), 'saystream.wav');
  }

  #show(state: PlaybackState | 'silent'): void {
    const { words, canStop, hold } = controlStates[state];
    const { pause, pauseName, stop, speak, state: stateLine } = this.#page;
    stateLine.textContent = words;
    pauseName.textContent = hold === 'resume' ? 'Resume' : 'Pause';
    const focused = document.activeElement;
    pause.disabled = hold === undefined;
    stop.disabled = !canStop;
    // A disabled button loses the focus to nowhere; the keyboard goes on from Speak.
    if (focused instanceof HTMLButtonElement && focused.disabled) speak.focus();
  }

  #draw(): void {
    const { playback, heard, arrived, source, firstSoundMs } = this.#current ?? {};
    const heardSeconds = playback?.currentTime || 0;
    this.#waveform.draw({ heard: heard ?? silence, arrived: arrived ?? silence, heardSeconds });
    const first = firstSoundMs?.();
    this.#page.firstSound.textContent = first === undefined ? '–' : formatMs(first);
    this.#page.heard.textContent = playback ? `${heardSeconds.toFixed(1)} s` : '–';
    this.#page.arrived.textContent = source ? `${source.seconds.toFixed(1)} s` : '–';
  }
}

/** On a phone what matters now may be out of sight. Moves no more than needed, and nothing that can be seen already. */
function bringIntoView(element: Element): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
}
