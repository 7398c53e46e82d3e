/**
 * Recording what leaves a page. Every AudioContext is made ahead of the player, is running, and has a tap beside its
 * destination; players get it by their own `new AudioContext()`. So nothing is missed at the start, and all are warm.
 */

const processor = `registerProcessor('rig-tap', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.samples = new Float32Array(sampleRate * 60);
    this.reset();
    this.port.onmessage = ({ data }) => {
      if (data === 'start') return this.reset();
      this.port.postMessage({
        samples: this.samples.slice(0, this.length), frame: this.frame, jumps: this.jumps, firstSoundAtMs: this.firstSoundAtMs,
      });
    };
  }
  reset() {
    this.length = 0;
    this.frame = -1;
    this.jumps = [];
    this.silent = 0;
    this.firstSoundAtMs = 0;
  }
  process([[block]]) {
    const { length } = this;
    if (this.frame < 0) this.frame = currentFrame;
    const ahead = currentFrame - (this.frame + length + this.jumps.reduce((sum, [, frames]) => sum + frames, 0));
    // Chromium's currentFrame is now and then late by a block although the rendering is not; ahead it is never wrongly.
    if (ahead > 0) this.jumps.push([length, ahead]);
    if (length + 128 > this.samples.length) return true;
    if (block) this.samples.set(block, length);
    else this.samples.fill(0, length, length + 128);
    this.length += 128;
    const sounds = block !== undefined && block.some((sample) => sample !== 0);
    if (sounds && this.firstSoundAtMs === 0) {
      this.firstSoundAtMs = Date.now() + (block.findIndex((sample) => sample !== 0) / sampleRate) * 1000;
    }
    const before = this.silent;
    this.silent = sounds ? 0 : this.silent + 128;
    if (this.firstSoundAtMs === 0) return true;
    if (this.silent === 256) this.port.postMessage('silent');
    if (before >= 256 && this.silent === 0) this.port.postMessage('sounds');
    return true;
  }
});`;

/** What the tap recorded. */
export interface Recording {
  readonly samples: Float32Array;
  /** The context's frame of the first sample. */
  readonly frame: number;
  /** Frames that were left out by the renderer: index of the sample after them, and how many. */
  readonly jumps: readonly (readonly [number, number])[];
  /** When the first sound was rendered, by the audio thread's clock in epoch ms; 0 when there was none. */
  readonly firstSoundAtMs: number;
}

/** The tap of one context. */
export interface OutputTap {
  readonly context: AudioContext;
  /** Called with whether there is sound, at each change after the first sound. */
  onChange: (sounds: boolean) => void;
  start(): void;
  read(): Promise<Recording>;
}

const NativeContext = globalThis.AudioContext;
const waiting: { readonly rate: number | undefined; readonly context: AudioContext }[] = [];
/** Of every context, so that what is captured compares with the signal sample by sample. */
const sampleRate = 24_000;
const buses = new WeakMap<BaseAudioContext, AudioNode>();

/** `node.connect(destination)` also reaches the tap. */
function watchDestinations(): void {
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode | AudioParam, ...rest: number[]) => AudioNode;
  const watched = function (this: AudioNode, to: AudioNode | AudioParam, ...rest: number[]): AudioNode | void {
    const bus = to instanceof AudioDestinationNode && buses.get(this.context);
    if (bus) connect.call(this, bus);
    return connect.call(this, to, ...rest);
  };
  AudioNode.prototype.connect = watched as typeof AudioNode.prototype.connect;
}

function giveWarmContexts(): void {
  globalThis.AudioContext = new Proxy(NativeContext, {
    construct(target, [options]: [AudioContextOptions?]) {
      const index = waiting.findIndex((each) => each.rate === options?.sampleRate);
      const [warm] = index < 0 ? [] : waiting.splice(index, 1);
      return warm?.context ?? Reflect.construct(target, [options]);
    },
  });
}

/** Makes the context that the next `new AudioContext` returns; `asksForRate`: the next that names the signal's rate. */
export async function warmContext(asksForRate: boolean): Promise<OutputTap> {
  if (globalThis.AudioContext === NativeContext) {
    watchDestinations();
    giveWarmContexts();
  }
  const context = new NativeContext({ sampleRate, latencyHint: 'interactive' });
  await context.resume();
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([processor], { type: 'text/javascript' })));
  const node = new AudioWorkletNode(context, 'rig-tap', { channelCount: 1, channelCountMode: 'explicit' });
  node.connect(context.destination); // silent: it only has to be rendered
  buses.set(context, node);
  let onRecording = (_recording: Recording): void => {};
  const tap: OutputTap = {
    context,
    onChange: () => {},
    start: () => node.port.postMessage('start'),
    read: () =>
      new Promise((resolve) => {
        onRecording = resolve;
        node.port.postMessage('read');
      }),
  };
  node.port.onmessage = ({ data }: MessageEvent<Recording | 'silent' | 'sounds'>) =>
    typeof data === 'string' ? tap.onChange(data === 'sounds') : onRecording(data);
  waiting.push({ rate: asksForRate ? sampleRate : undefined, context });
  await new Promise((resolve) => setTimeout(resolve, 150)); // the first blocks of a context come irregularly
  return tap;
}
