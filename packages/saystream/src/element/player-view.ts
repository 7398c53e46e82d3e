import type { PlaybackError, PlaybackState } from '@saystream/player';

import { labelOfError, wordOf, type Label } from './element-words.ts';
import { languageOf } from './language-of.ts';
import { playerStyle } from './player-style.ts';
import { waveformPaths } from './waveform-path.ts';

/** `idle` until the first `play()`; afterwards what the playback is doing, or how it ended. */
export type SayStreamState = 'idle' | PlaybackState;

/** Sounding, or about to: `waiting`, `buffering` or `playing`. */
export const isSpeaking = (state: SayStreamState): boolean => state.endsWith('ing');

/** Of a playback that has an end, and of none that has ended. */
export const isLive = (state: SayStreamState): boolean => isSpeaking(state) || state === 'paused';

/** The element that is shown, and what a listener does with it. */
export interface PlayerHost extends HTMLElement {
  readonly state: SayStreamState;
  /** How long the speech is, in seconds; `NaN` when that is not known yet. */
  readonly duration: number;
  /** What went wrong. */
  readonly error: Pick<PlaybackError, 'kind'> | null;
  /** Seconds that were heard. */
  currentTime: number;
  play(): unknown;
  pause(): void;
}

/** What the view shows at one moment, besides what its host says. */
export interface PlayerShown {
  /** The sentence being spoken. */
  readonly sentence: string | undefined;
  /** What to say when there is neither that nor an error. */
  readonly label: Label;
  /** How long the speech is, or will probably be. 0 when nobody knows anything. */
  readonly seconds: number;
  readonly levels: readonly number[];
}

const icons = { play: 'M8 5v14l11-7z', pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z' };
const pixelsPerBar = 5;

let sheet: CSSStyleSheet | undefined;

/** Adopts one sheet for all elements. Without constructable sheets, as in jsdom, the player has no style. */
function adoptStyle(root: ShadowRoot): void {
  if (!globalThis.CSSStyleSheet?.prototype.replaceSync || !root.adoptedStyleSheets) return;
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(playerStyle);
  root.adoptedStyleSheets = [sheet];
}

/** Sets what has changed. */
function write(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

// Made node by node: markup given as text would be refused on pages that require trusted types.
function make(name: string, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]): HTMLElement {
  const isDrawn = /svg|path/.test(name);
  const element = document.createElementNS(`http://www.w3.org/${isDrawn ? '2000/svg' : '1999/xhtml'}`, name);
  write(element, attributes);
  element.append(...children);
  return element as HTMLElement; // or of SVG, which is only drawn
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** The shadow tree of one element: it shows what it is told, and tells what is pressed. */
export class PlayerView {
  readonly #host: PlayerHost;
  readonly #icon = make('path', {});
  readonly #button = make('button', { part: 'button' }, make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, this.#icon));
  readonly #arrived = make('path', {});
  readonly #heard = make('path', {});
  readonly #waveform = make(
    'svg',
    { part: 'waveform', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    this.#arrived,
    this.#heard,
  );
  readonly #position = make('input', { part: 'position', type: 'range' }) as HTMLInputElement;
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
  #offered: 'play' | 'pause' = 'play';
  #isBlocked = false;

  constructor(host: PlayerHost) {
    this.#host = host;
    const root = host.attachShadow({ mode: 'open' });
    adoptStyle(root);
    root.append(make('slot', { part: 'text' }), this.#player);
    // A press on a page that may not sound yet lets it sound, before it is a click: what was on offer then is meant.
    let unblocks = false;
    // Without a result, because false would cancel the press.
    this.#button.onpointerdown = this.#button.onkeydown = () => {
      unblocks = this.#isBlocked;
    };
    this.#button.onclick = () => {
      host[unblocks ? 'play' : this.#offered]();
      unblocks = false;
    };
    const position = this.#position;
    position.oninput = () => (host.currentTime = position.valueAsNumber);
    // Keys go by seconds, a pointer goes where it is put.
    position.onkeydown = () => (position.step = '1');
    position.onpointerdown = () => (position.step = '0.1');
  }

  show(shown: PlayerShown): void {
    const { state, currentTime, duration } = this.#host;
    const { label, seconds } = shown;
    this.#isBlocked = label === 'blocked';
    const action = (this.#offered = isSpeaking(state) && !this.#isBlocked ? 'pause' : 'play');
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
    // One that has the focus keeps it: a control that is disabled under a reader sends them to the top of the page.
    const isLocked = !isLive(state) && !this.#position.matches(':focus');
    this.#position.toggleAttribute('disabled', isLocked);
    if (this.#time.textContent !== time) this.#time.textContent = time;
  }

  #label(name: Label): string {
    return this.#host.getAttribute(`label-${name}`) ?? wordOf(name, languageOf(this.#host));
  }

  /** Only when it has changed: a screen reader says a status again each time it is written. */
  #showLine({ sentence, label }: PlayerShown): void {
    const { error } = this.#host;
    const line = sentence ?? this.#label(error ? labelOfError(error.kind) : label);
    if (line === this.#line) return;
    this.#line = line;
    const about = make('span', { part: 'estimate', title: this.#label('estimate') }, '≈ ');
    this.#caption.replaceChildren(...(sentence ? [about, line] : []));
    this.#status.replaceChildren(...(error ? [make('strong', {}, line)] : sentence ? [] : [line]));
  }
}
