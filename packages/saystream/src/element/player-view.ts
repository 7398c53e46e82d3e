import type { PlaybackState } from '@saystream/player';

import { playerStyle } from './player-style.ts';
import { waveformPaths } from './waveform-path.ts';

/** `idle` until the first `play()`; afterwards what the playback is doing, or how it ended. */
export type SayStreamState = 'idle' | PlaybackState;

/** Sounding, or about to: `waiting`, `buffering` or `playing`. */
export const isSpeaking = (state: SayStreamState): boolean => state.endsWith('ing');

/** All words that the element shows or says, in English; `label-…` attributes replace them. */
const labels = {
  player: 'Speech',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
  idle: 'Listen to this text',
  waiting: 'Loading…',
  blocked: 'Click to hear it',
  estimate: 'Estimated',
};

/** A word of the element. */
type Label = keyof typeof labels;

/** What the view shows at one moment. */
export interface PlayerShown {
  readonly state: SayStreamState;
  /** The sentence being spoken. */
  readonly sentence: string | undefined;
  /** What went wrong. */
  readonly error: { readonly message: string; readonly advice: string } | undefined;
  /** What to say when there is neither. */
  readonly label: Label;
  /** Seconds that were heard. */
  readonly currentTime: number;
  /** How long the speech is, or will probably be. 0 when nobody knows anything. */
  readonly seconds: number;
  /** How long it is; `NaN` when that is not known yet. */
  readonly duration: number;
  readonly levels: readonly number[];
  readonly canSeek: boolean;
}

const icons = { play: 'M8 5v14l11-7z', pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z' };
const pixelsPerBar = 5;

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements, made when the first appears. */
function sharedSheet(): CSSStyleSheet {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(playerStyle);
  return sheet;
}

/** Sets what has changed. */
function write(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

// Made node by node: markup given as text would be refused on pages that require trusted types.
function make(name: string, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]): Element {
  const isDrawn = name === 'svg' || name === 'path';
  const element = document.createElementNS(`http://www.w3.org/${isDrawn ? '2000/svg' : '1999/xhtml'}`, name);
  write(element, attributes);
  element.append(...children);
  return element;
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** The shadow tree of one element: it shows what it is told, and tells what is pressed. */
export class PlayerView {
  readonly #host: Element;
  readonly #icon = make('path', {});
  readonly #button = make('button', { part: 'button' }, make('svg', { viewBox: '0 0 24 24' }, this.#icon));
  readonly #arrived = make('path', {});
  readonly #heard = make('path', {});
  readonly #waveform = make(
    'svg',
    { part: 'waveform', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    this.#arrived,
    this.#heard,
  );
  readonly #position = make('input', { part: 'position', type: 'range', step: '0.1' }) as HTMLInputElement;
  readonly #track = make('div', { part: 'track' }, this.#waveform, this.#position);
  readonly #time = make('div', { part: 'time' });
  // The text is in the page already: a screen reader that read it again would talk over it.
  readonly #caption = make('div', { part: 'caption', dir: 'auto', 'aria-hidden': 'true' });
  readonly #status = make('div', { part: 'status', dir: 'auto', role: 'status' });
  readonly #player = make(
    'div',
    { part: 'player', role: 'group' },
    this.#button,
    this.#caption,
    this.#status,
    this.#track,
    this.#time,
  );
  #line = '';

  constructor(host: Element, onButton: () => void, onPosition: (seconds: number) => void) {
    this.#host = host;
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sharedSheet()];
    root.append(make('slot', { part: 'text' }), this.#player);
    this.#button.addEventListener('click', onButton);
    this.#position.addEventListener('input', () => onPosition(this.#position.valueAsNumber));
  }

  show(shown: PlayerShown): void {
    const { state, currentTime, duration, seconds } = shown;
    const action = isSpeaking(state) ? 'pause' : 'play';
    const time = clock(currentTime) + (duration ? ` / ${clock(duration)}` : '');
    const bars = Math.max(8, Math.floor(this.#track.clientWidth / pixelsPerBar));
    const heard = Math.min(bars, Math.round((bars * currentTime) / (seconds || 1)));
    const paths = waveformPaths(shown.levels, seconds, bars);
    this.#showLine(shown);
    write(this.#player, { class: state, 'aria-label': this.#label('player') });
    write(this.#button, { 'aria-label': this.#label(action) });
    write(this.#icon, { d: icons[action] });
    write(this.#waveform, { viewBox: `0 0 ${bars} 2` });
    write(this.#heard, { d: paths.slice(0, heard).join('') });
    write(this.#arrived, { d: paths.slice(heard).join('') });
    write(this.#position, { 'aria-label': this.#label('position'), 'aria-valuetext': time, max: `${seconds || 1}` });
    this.#position.value = `${currentTime}`;
    if (this.#position.disabled === shown.canSeek) this.#position.disabled = !shown.canSeek;
    if (this.#time.textContent !== time) this.#time.textContent = time;
  }

  #label(name: Label): string {
    return this.#host.getAttribute(`label-${name}`) ?? labels[name];
  }

  /** Only when it has changed: a screen reader says a status again each time it is written. */
  #showLine({ sentence, error, label }: PlayerShown): void {
    const line = sentence ?? error?.message ?? this.#label(label);
    if (line === this.#line) return;
    this.#line = line;
    const about = make('span', { part: 'estimate', title: this.#label('estimate') }, '≈ ');
    this.#caption.replaceChildren(...(sentence ? [about, line] : []));
    this.#status.replaceChildren(...(error ? [make('strong', {}, line), error.advice] : sentence ? [] : [line]));
  }
}
