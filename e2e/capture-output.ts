import type { Page } from '@playwright/test';

/** What left a player, sample by sample. */
export interface Capture {
  /** Everything rendered from the first sound to the last. */
  readonly samples: Float32Array;
  /** When the first sound was rendered, in epoch milliseconds. */
  readonly firstSoundAtMs: number;
}

/**
 * Prepares `window.tap(player)`: it connects a worklet behind the player's analyser that records every rendered
 * sample with the clock's time, and gives `window.captured()`.
 */
export async function prepareTap(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recorder = `registerProcessor('tap', class extends AudioWorkletProcessor {
      process([input]) {
        const block = input[0];
        this.port.postMessage(block ? block.slice() : new Float32Array(128));
        return true;
      }
    });`;
    const blocks: Float32Array[] = [];
    let firstSoundAtMs = 0;
    const scope = globalThis as unknown as Record<string, unknown>;
    scope['tap'] = async (player: { analyser: AnalyserNode }) => {
      const { analyser } = player;
      const { context } = analyser;
      await context.audioWorklet.addModule(URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' })));
      const node = new AudioWorkletNode(context, 'tap');
      node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
        if (firstSoundAtMs === 0 && data.some((sample) => sample !== 0))
          firstSoundAtMs = performance.timeOrigin + performance.now();
        blocks.push(data);
      };
      analyser.connect(node).connect(context.destination);
    };
    scope['captured'] = () => ({ samples: blocks.flatMap((block) => [...block]), firstSoundAtMs });
  });
}

/** The recording without the silence before and after. */
export async function readCapture(page: Page): Promise<Capture> {
  const { samples, firstSoundAtMs } = await page.evaluate(() =>
    (globalThis as unknown as { captured(): { samples: number[]; firstSoundAtMs: number } }).captured(),
  );
  const first = samples.findIndex((sample) => sample !== 0);
  const last = samples.findLastIndex((sample) => sample !== 0);
  return { samples: Float32Array.from(first < 0 ? [] : samples.slice(first, last + 1)), firstSoundAtMs };
}

/** Where two signals first differ; -1 when they are the same. Comparing by `toEqual` would print every sample. */
export function firstDifference(heard: Float32Array, spoken: Float32Array): number {
  if (heard.length !== spoken.length) return Math.min(heard.length, spoken.length);
  return heard.findIndex((sample, i) => sample !== spoken[i]);
}
