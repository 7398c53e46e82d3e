import type { PlaybackState } from '@saystream/player';

import { playerStyle } from './player-style.ts';
import { waveformPath } from './waveform-path.ts';

/** `idle` until the first `play()`; afterwards what the playback is doing, or how it ended. */
export type SayStreamState = 'idle' | PlaybackState;

/** All words that the element shows or says, in English; `label-…` attributes replace them. */
const labels = {
  player: 'Speech',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
  idle: 'Listen to this text',
  waiting: 'Getting the speech…',
  blocked: 'Click or press any key to hear it.',
  estimate: 'Estimated: nobody told when each word is spoken.',
};

/** A word of the element. */
type Label = keyof typeof labels;

/** The line above the waveform: a sentence being spoken, an error, or one of our own words. */
export type PlayerLine =
  | { readonly sentence: string }
  | { readonly error: string; readonly advice: string }
  | { readonly label: Label };

/** What the view shows at one moment. */
interface PlayerShown {
  readonly state: SayStreamState;
  readonly line: PlayerLine;
  /** Seconds that were heard. */
  readonly currentTime: number;
  /** How long the speech is, or will probably be. 0 when nobody knows anything. */
  readonly seconds: number;
  /** Whether `seconds` is a fact. */
  readonly isLengthKnown: boolean;
  readonly levels: readonly number[];
  readonly canSeek: boolean;
}

const icons = { play: 'M8 5v14l11-7z', pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z' };
const pixelsPerBar = 5;
const speaking: readonly SayStreamState[] = ['waiting', 'buffering', 'playing'];

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements, made when the first appears. */
function sharedSheet(): CSSStyleSheet {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(playerStyle);
  return sheet;
}

// Made node by node: markup given as text would be refused on pages that require trusted types.
function make(name: string, attributes: Readonly<Record<string, string>> = {}, ...children: (Node | string)[]): Element {
  const isDrawn = /^(svg|path)$/.test(name);
  const element = isDrawn ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** The shadow tree of one element: it shows what it is told, and tells what is pressed. */
export class PlayerView {
  readonly #host: Element;
  readonly #icon = make('path');
  readonly #button = make('button', { part: 'button', type: 'button' }, make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, this.#icon));
  readonly #arrived = make('path');
  readonly #heard = make('path');
  readonly #waveform = make('svg', { part: 'waveform', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, this.#arrived, this.#heard);
  readonly #position = make('input', { part: 'position', type: 'range', min: '0', step: '0.1' }) as HTMLInputElement;
  readonly #track = make('div', { part: 'track' }, this.#waveform, this.#position);
  readonly #time = make('div', { part: 'time' });
  // The text is in the page already: a screen reader that read it again would talk over it.
  readonly #caption = make('div', { part: 'caption', dir: 'auto', 'aria-hidden': 'true' });
  readonly #status = make('div', { part: 'status', dir: 'auto', role: 'status' });
  readonly #player = make('div', { part: 'player', role: 'group' }, this.#button, this.#caption, this.#status, this.#track, this.#time);
  #lineShown = '';

  constructor(host: Element, { onButton, onPosition }: { onButton(): void; onPosition(seconds: number): void }) {
    this.#host = host;
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sharedSheet()];
    root.append(make('slot', { part: 'text' }), this.#player);
    this.#button.addEventListener('click', onButton);
    this.#position.addEventListener('input', () => onPosition(this.#position.valueAsNumber));
  }

  show({ state, line, currentTime, seconds, isLengthKnown, levels, canSeek }: PlayerShown): void {
    const action = speaking.includes(state) ? 'pause' : 'play';
    this.#player.className = state;
    set(this.#player, 'aria-label', this.#label('player'));
    set(this.#button, 'aria-label', this.#label(action));
    set(this.#icon, 'd', icons[action]);
    this.#showLine(line);
    const time = [currentTime, ...(isLengthKnown ? [seconds] : [])].map(clock).join(' / ');
    if (this.#time.textContent !== time) this.#time.textContent = time;
    set(this.#position, 'aria-label', this.#label('position'));
    set(this.#position, 'aria-valuetext', time);
    set(this.#position, 'max', String(seconds || 1));
    this.#position.value = String(currentTime);
    this.#position.disabled = !canSeek;
    const bars = Math.max(8, Math.floor(this.#track.clientWidth / pixelsPerBar));
    const heard = Math.round(bars * Math.min(1, currentTime / (seconds || 1)));
    set(this.#waveform, 'viewBox', `0 0 ${bars} 2`);
    set(this.#heard, 'd', waveformPath(levels, seconds, bars, 0, heard));
    set(this.#arrived, 'd', waveformPath(levels, seconds, bars, heard, bars));
  }

  #label(name: Label): string {
    return this.#host.getAttribute(`label-${name}`) ?? labels[name];
  }

  /** Only when it has changed: a screen reader says a status again each time it is written. */
  #showLine(line: PlayerLine): void {
    const key = JSON.stringify(line);
    if (key === this.#lineShown) return;
    this.#lineShown = key;
    this.#caption.replaceChildren();
    this.#status.replaceChildren();
    if ('sentence' in line) {
      this.#caption.append(make('span', { part: 'estimate', title: this.#label('estimate') }, '≈ '), line.sentence);
    } else if ('error' in line) this.#status.append(make('strong', {}, line.error), make('span', {}, line.advice));
    else this.#status.append(this.#label(line.label));
  }
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
