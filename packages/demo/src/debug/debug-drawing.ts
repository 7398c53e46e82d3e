import { canvasColours, fitToScreen } from '../page/canvas-surface.ts';
import { formatMs } from '../page/format-time.ts';
import { across, depthTop, secondsShown, startWait, stateSpans, timeWindow, type Shown, type Span } from './debug-geometry.ts';
import type { DebugHistory, Reading } from './debug-history.ts';

const colourNames = {
  line: '--scope-line',
  heard: '--scope-heard',
  arrived: '--scope-arrived',
  ink: '--scope-ink',
  gap: '--scope-gap',
  ground: '--scope',
} as const;
type Colours = Record<keyof typeof colourNames, string>;

/** Heights in pixels, from the bottom up; what is left is the depth's. */
const lanes = { axis: 24, states: 10, space: 8, arrivals: 30 } as const;
const top = 8;
const colourOf: Record<Shown, keyof Colours> = {
  waiting: 'line',
  buffering: 'arrived',
  playing: 'heard',
  paused: 'ink',
  ended: 'line',
  stopped: 'line',
  failed: 'gap',
  gap: 'gap',
};

interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly colours: Colours;
  readonly width: number;
  readonly window: Span;
  /** Where the depth's lane ends. */
  readonly floor: number;
  readonly height: number;
}

/** Draws a playback over time: how much audio waits, what arrives, what it does, where it had to wait. */
export function drawDebug(canvas: HTMLCanvasElement, history: DebugHistory | undefined): void {
  const context = canvas.getContext('2d')!;
  const { width, height } = fitToScreen(canvas);
  const readings = history?.readings ?? [];
  const window = timeWindow(readings.at(-1)?.atMs ?? 0);
  const floor = height - lanes.axis - lanes.states - 2 * lanes.space - lanes.arrivals;
  const surface: Surface = { context, colours: canvasColours(canvas, colourNames), width, window, floor, height };
  context.clearRect(0, 0, width, height);
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = 'middle';
  drawSeconds(surface);
  if (!history) return;
  const topMs = depthTop(readings);
  drawGaps(surface, history);
  drawDepth(surface, readings, topMs);
  drawArrivals(surface, history);
  drawStates(surface, history);
  drawStart(surface, history);
  drawScale(surface, topMs);
}

function drawSeconds({ context, colours, width, window, height }: Surface): void {
  for (const second of secondsShown(window, width / 64)) {
    const x = across(second * 1000, window, width);
    context.fillStyle = colours.line;
    context.fillRect(Math.round(x), top, 1, height - top - lanes.axis);
    context.fillStyle = colours.ink;
    context.textAlign = x < 12 ? 'left' : x > width - 12 ? 'right' : 'center';
    context.fillText(`${second} s`, Math.max(6, Math.min(x, width - 6)), height - lanes.axis / 2);
  }
  context.textAlign = 'left';
}

function drawGaps(surface: Surface, history: DebugHistory): void {
  const { context, colours, width, window, height } = surface;
  for (const { shown, fromMs, toMs } of stateSpans(history)) {
    if (shown !== 'gap') continue;
    const [from, to] = [fromMs, toMs].map((atMs) => across(atMs, window, width)) as [number, number];
    context.globalAlpha = 0.22;
    context.fillStyle = colours.gap;
    context.fillRect(from, top, Math.max(2, to - from), height - top - lanes.axis);
    context.globalAlpha = 1;
    if (to - from > 12) label(surface, 'ran dry', from, top + 9, colours.gap);
  }
}

function drawDepth({ context, colours, width, window, floor }: Surface, readings: readonly Reading[], topMs: number): void {
  const y = (ms: number): number => floor - (ms / topMs) * (floor - top);
  const trace = (of: 'bufferedMs' | 'latencyMs'): void => {
    context.beginPath();
    for (const reading of readings) context.lineTo(across(reading.atMs, window, width), y(reading[of]));
  };
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last) return;
  trace('bufferedMs');
  context.lineWidth = 1.5;
  context.strokeStyle = colours.heard;
  context.stroke();
  context.lineTo(across(last.atMs, window, width), floor);
  context.lineTo(across(first.atMs, window, width), floor);
  context.globalAlpha = 0.18;
  context.fillStyle = colours.heard;
  context.fill();
  context.globalAlpha = 1;
  trace('latencyMs');
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.strokeStyle = colours.ink;
  context.stroke();
  context.setLineDash([]);
}

/** A stroke for each chunk, the higher the longer it sounds. */
function drawArrivals({ context, colours, width, window, floor }: Surface, { arrivals }: DebugHistory): void {
  const bottom = floor + lanes.space + lanes.arrivals;
  const longest = arrivals.reduce((most, { audioMs }) => Math.max(most, audioMs), 0);
  context.fillStyle = colours.arrived;
  for (const { atMs, audioMs } of arrivals) {
    if (atMs < window.fromMs) continue;
    const height = 4 + Math.sqrt(audioMs / longest) * (lanes.arrivals - 4);
    context.fillRect(Math.round(across(atMs, window, width)), bottom - height, 1, height);
  }
  context.fillRect(0, bottom, width, 1);
}

function drawStates({ context, colours, width, window, height }: Surface, history: DebugHistory): void {
  for (const { shown, fromMs, toMs } of stateSpans(history)) {
    const from = across(fromMs, window, width);
    context.fillStyle = colours[colourOf[shown]];
    context.fillRect(from, height - lanes.axis - lanes.states, Math.max(1, across(toMs, window, width) - from), lanes.states);
  }
}

function drawStart(surface: Surface, history: DebugHistory): void {
  const wait = startWait(history);
  if (!wait || wait.toMs < surface.window.fromMs) return;
  const { context, colours, width, window, floor } = surface;
  const [from, to] = [wait.fromMs, wait.toMs].map((atMs) => across(atMs, window, width)) as [number, number];
  context.globalAlpha = 0.3;
  context.fillStyle = colours.ink;
  context.fillRect(from, top, Math.max(1, to - from), floor - top);
  context.globalAlpha = 1;
}

function drawScale(surface: Surface, topMs: number): void {
  const { context, colours, floor, width } = surface;
  for (const share of [0.5, 1]) {
    const y = Math.round(floor - share * (floor - top));
    context.fillStyle = colours.line;
    context.fillRect(0, y, width, 1);
    label(surface, formatMs(share * topMs), width, y + 9, colours.ink);
  }
}

/** On a ground of its own, so that what lies beneath does not cross it; never beyond the right edge. */
function label({ context, colours, width }: Surface, text: string, x: number, y: number, colour: string): void {
  const { width: wide } = context.measureText(text);
  const from = Math.max(6, Math.min(x + 4, width - wide - 6));
  context.globalAlpha = 0.75;
  context.fillStyle = colours.ground;
  context.fillRect(from - 2, y - 7, wide + 4, 14);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.fillText(text, from, y);
}
