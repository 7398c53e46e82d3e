import { canvasColours, fitToScreen } from './canvas-surface.ts';
import { barSeconds, type LevelHistory } from './level-history.ts';

/** What the waveform shows at one moment. */
export interface WaveformView {
  readonly heard: LevelHistory;
  readonly arrived: LevelHistory;
  /** Seconds of the speech that were heard: where the playhead is. */
  readonly heardSeconds: number;
}

const barWidth = 3;
const barPitch = 4.5;
const axisHeight = 26;
/** Loudness is felt less steeply than amplitude grows. */
const loudnessExponent = 0.7;
/** Where the playhead rests once the strip moves: what has arrived is seen ahead of it. */
const playheadShare = 0.72;

const colourNames = { line: '--scope-line', heard: '--scope-heard', arrived: '--scope-arrived', ink: '--scope-ink' } as const;
type Colours = Record<keyof typeof colourNames, string>;

/** Draws the speech as a strip of bars over a time axis: what was heard is bright, what has only arrived is dim. */
export function createWaveform(canvas: HTMLCanvasElement): { draw(view: WaveformView): void } {
  const context = canvas.getContext('2d')!;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  return {
    draw(view) {
      const { width, height } = fitToScreen(canvas);
      const colours = canvasColours(canvas, colourNames);
      const visibleBars = Math.floor(width / barPitch);
      const firstBar = firstVisibleBar(view.heardSeconds / barSeconds, visibleBars, calm.matches);
      context.clearRect(0, 0, width, height);
      drawAxis(context, { width, height, firstBar, colours });
      drawBars(context, view, { visibleBars, firstBar, middle: (height - axisHeight) / 2 + 8, colours });
    },
  };
}

/** The strip follows the playhead; whoever asked for less motion gets a new page each time one is full. */
export function firstVisibleBar(playheadBar: number, visibleBars: number, calm: boolean): number {
  if (calm) return Math.floor(playheadBar / visibleBars) * visibleBars;
  return Math.max(0, playheadBar - visibleBars * playheadShare);
}

interface Axis {
  readonly width: number;
  readonly height: number;
  readonly firstBar: number;
  readonly colours: Colours;
}

function drawAxis(context: CanvasRenderingContext2D, { width, height, firstBar, colours }: Axis): void {
  const pixelsPerSecond = barPitch / barSeconds;
  const firstSecond = Math.ceil(firstBar * barSeconds);
  context.font = `12px ${getComputedStyle(context.canvas.parentElement!).fontFamily}`;
  context.textBaseline = 'middle';
  for (let second = firstSecond; ; second++) {
    const x = second * pixelsPerSecond - firstBar * barPitch;
    if (x > width) break;
    context.fillStyle = colours.line;
    context.fillRect(Math.round(x), 0, 1, height);
    context.fillStyle = colours.ink;
    context.fillText(`${second} s`, x + 7, height - axisHeight / 2);
  }
}

interface Bars {
  readonly visibleBars: number;
  readonly firstBar: number;
  readonly middle: number;
  readonly colours: Colours;
}

function drawBars(context: CanvasRenderingContext2D, view: WaveformView, { visibleBars, firstBar, middle, colours }: Bars): void {
  const playhead = view.heardSeconds / barSeconds;
  for (let bar = Math.floor(firstBar); bar <= firstBar + visibleBars + 1; bar++) {
    const isHeard = bar < playhead;
    // A page in the background draws nothing, so its bars are known from what arrived only.
    const level = isHeard ? view.heard.at(bar) || view.arrived.at(bar) : view.arrived.at(bar);
    const reached = bar < Math.max(playhead, view.arrived.bars);
    const half = Math.max(reached ? 1 : 0.5, level ** loudnessExponent * (middle - 32));
    context.fillStyle = reached ? (isHeard ? colours.heard : colours.arrived) : colours.line;
    context.fillRect((bar - firstBar) * barPitch + 0.75, middle - half, barWidth, half * 2);
  }
}
