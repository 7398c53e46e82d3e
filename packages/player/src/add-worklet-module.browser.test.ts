import { afterEach, describe, expect, it, vi } from 'vitest';

import { addWorkletModule } from './add-worklet-module.ts';
import type * as PlayerModule from './index.ts';
import type { PlaybackReport } from './index.ts';

declare global {
  interface Window {
    player?: typeof PlayerModule;
  }
}

const frames: HTMLIFrameElement[] = [];
const entry = new URL('./index.ts', import.meta.url).href;
const workletFile = new URL('./pcm-worklet.ts', import.meta.url).href;
const missingFile = new URL('./not-there.js', import.meta.url).href;

/** Loads the player into a page of its own, under `policy`, and plays there. */
async function playUnder(policy: string, workletUrl: string): Promise<PlaybackReport> {
  const frame = document.createElement('iframe');
  frames.push(frame);
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module" nonce="test">
      window.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() }; // the runner rewrites every import()
      window.player = await import('${entry}');</script>`;
  document.body.append(frame);
  const inside = frame.contentWindow!;
  while (!inside.player) await new Promise((resolve) => setTimeout(resolve, 10));
  const player = inside.player.createPlayer({ workletUrl });
  const source = {
    format: { sampleRate: 24_000 },
    async *[Symbol.asyncIterator]() {
      yield new Float32Array(1000).fill(0.1);
    },
  };
  const report = await player.play(source).done;
  await player.close();
  return report;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const frame of frames.splice(0)) frame.remove();
});

// The page itself needs inline styles and sockets of the test server; only scripts matter here.
const scripts = (allowed: string): string => `script-src ${allowed} 'nonce-test'`;
/** `'self'`, by its name: in a frame made of `srcdoc`, Firefox takes `'self'` for no origin at all. */
const ownOrigin = location.origin;

describe('the worklet module', () => {
  it('comes from its file under a policy that allows only the own origin', async () => {
    expect(await playUnder(scripts(ownOrigin), workletFile)).toMatchObject({ verdict: 'completed', underruns: 0 });
  });

  it('is not asked for twice of a context that was closed while it loaded: nobody would answer', async () => {
    let asked = 0;
    const audioWorklet = { addModule: async () => Promise.reject(new Error(`closed, ${++asked}`)) };
    const context = { state: 'closed', audioWorklet } as never;
    await expect(addWorkletModule(context, workletFile)).rejects.toMatchObject({ kind: 'playback-blocked' });
    expect(asked).toBe(1);
  });

  it('comes from a blob when its file is not there', async () => {
    expect(await playUnder(scripts(`${ownOrigin} blob:`), missingFile)).toMatchObject({ verdict: 'completed' });
  });

  it('comes from a blob when its file is a web page, as servers of single-page apps answer', async () => {
    expect(await playUnder(scripts(`${ownOrigin} blob:`), `${location.origin}/`)).toMatchObject({ verdict: 'completed' });
  });

  it('is reported as playback-blocked, with the directive, when the policy refuses the blob too', async () => {
    const { verdict, error, heardMs } = await playUnder(scripts(ownOrigin), missingFile);
    expect({ verdict, heardMs, kind: error?.kind }).toEqual({ verdict: 'failed', heardMs: 0, kind: 'playback-blocked' });
    expect(error?.message).toContain('script-src');
    expect(error?.advice).toContain('workletUrl');
  });

  it('is not there in an insecure page, and the report names https', async () => {
    vi.stubGlobal('isSecureContext', false);
    await expect(addWorkletModule({} as AudioContext, undefined)).rejects.toMatchObject({
      kind: 'playback-blocked',
      advice: expect.stringContaining('https') as string,
    });
  });

  it('is not there in a secure page of a browser without AudioWorklet, and https is not blamed', async () => {
    await expect(addWorkletModule({} as AudioContext, undefined)).rejects.toMatchObject({
      kind: 'playback-blocked',
      message: 'This browser has no AudioWorklet.',
    });
  });
});
