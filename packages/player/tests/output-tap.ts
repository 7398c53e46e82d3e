import type { Player } from '@saystream/player';

const processor = `registerProcessor('output-tap', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.onmessage = () => this.port.postMessage('all');
  }
  process([[block]]) {
    this.port.postMessage({ frame: currentFrame, block: block ? block.slice() : new Float32Array(128) });
    return true;
  }
});`;

/** Records everything a player renders, sample by sample, after its analyser. */
export interface OutputTap {
  /** All that was rendered since the tap was set, as one sequence, without the blocks that the browser left out. */
  everything(): Promise<Float32Array>;
  /** The same without the silence before and after. */
  sound(): Promise<Float32Array>;
}

export async function tapOutput(player: Player): Promise<OutputTap> {
  const { analyser } = player;
  const context = analyser.context;
  const url = URL.createObjectURL(new Blob([processor], { type: 'text/javascript' }));
  await context.audioWorklet.addModule(url);
  const node = new AudioWorkletNode(context, 'output-tap');
  analyser.connect(node).connect(context.destination);
  const blocks: { frame: number; block: Float32Array }[] = [];
  let onAll = (): void => {};
  node.port.onmessage = ({ data }) => (data === 'all' ? onAll() : blocks.push(data));

  const everything = async (): Promise<Float32Array> => {
    await new Promise<void>((resolve) => {
      onAll = resolve;
      node.port.postMessage('all');
    });
    let samples: number[] = [];
    let next = 0;
    for (const { frame, block } of blocks) {
      // Chromium's clock goes on over blocks that its audio thread leaves out: while it starts or resumes, and on a busy machine. The
      // player is not asked for them either, so its samples follow one another; one that it lost would be missing in the comparison.
      if (frame > next && !samples.some(Boolean)) samples = [];
      for (const sample of block) samples.push(sample);
      next = Math.max(frame, next) + block.length;
    }
    return Float32Array.from(samples);
  };
  return { everything, sound: async () => withoutSilentEnds(await everything()) };
}

function withoutSilentEnds(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => sample !== 0);
  let end = samples.length;
  while (end > 0 && samples[end - 1] === 0) end--;
  return first === -1 ? samples.slice(0, 0) : samples.slice(first, end);
}
