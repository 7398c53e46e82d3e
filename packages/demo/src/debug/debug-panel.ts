import type { PlaybackReport } from '@saystream/player';
import type { RecordingPlayer } from '@saystream/player/recorder';

import { formatMs } from '../page/format-time.ts';
import type { PageElements } from '../page/page-elements.ts';
import type { Utterance } from '../page/utterance.ts';
import { drawDebug } from './debug-drawing.ts';
import { startWait } from './debug-geometry.ts';
import { listenToRecordingButtons } from './recording-buttons.ts';

/** In the page's address, where a reload finds it. */
const hash = '#debug';
const calmIntervalMs = 250;

/** What a playback does inside, over time. Notes it always, and draws while it is open. */
export class DebugPanel {
  readonly #page: PageElements;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #utterance: Utterance | undefined;
  #report: PlaybackReport | undefined;

  constructor(page: PageElements, player: RecordingPlayer) {
    this.#page = page;
    page.debug.open = location.hash === hash;
    page.debug.addEventListener('toggle', () => {
      if (page.debug.open !== (location.hash === hash)) {
        history.replaceState(history.state, '', page.debug.open ? hash : location.pathname);
      }
      this.#show();
    });
    new ResizeObserver(() => this.#show()).observe(page.debugCanvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#show());
    listenToRecordingButtons(page, player);
  }

  /** Looks at `utterance` as often as the screen is drawn, and whenever its state changes, until it has ended. */
  follow(utterance: Utterance): void {
    this.#utterance = utterance;
    this.#report = undefined;
    this.#page.saveRecording.disabled = this.#page.copyRecording.disabled = false;
    this.#page.recordingNote.textContent = '';
    const { playback, inside } = utterance;
    const note = (): void => inside.note(playback.state, playback.stats);
    note();
    playback.addEventListener('statechange', note);
    let drawnAt = -Infinity;
    const look = (now: number): void => {
      frame = requestAnimationFrame(look);
      note();
      if (this.#calm.matches && now - drawnAt < calmIntervalMs) return;
      drawnAt = now;
      if (this.#utterance === utterance) this.#show();
    };
    let frame = requestAnimationFrame(look);
    void playback.done.then((report) => {
      cancelAnimationFrame(frame);
      if (this.#utterance !== utterance) return;
      this.#report = report;
      this.#show();
    });
  }

  #show(): void {
    if (!this.#page.debug.open) return;
    drawDebug(this.#page.debugCanvas, this.#utterance?.inside);
    if (this.#utterance) this.#showNumbers(this.#utterance);
  }

  #showNumbers({ playback, inside, firstSoundMs }: Utterance): void {
    const { bufferedMs, latencyMs, underruns, concealedMs, rebufferMs } = playback.stats;
    const wait = startWait(inside);
    const shown = {
      debugSound: this.#report?.timeToSoundMs ?? firstSoundMs(),
      debugWait: wait && wait.toMs - wait.fromMs,
      debugBuffered: bufferedMs,
      debugConcealed: concealedMs,
      debugRebuffer: rebufferMs,
      debugLatency: latencyMs,
    } as const;
    for (const [name, ms] of Object.entries(shown) as [keyof typeof shown, number | undefined][]) {
      this.#page[name].textContent = ms === undefined ? '–' : formatMs(ms);
    }
    this.#page.debugUnderruns.textContent = String(underruns);
  }
}
