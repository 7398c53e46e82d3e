import type { Plugin } from 'vitest/config';

/** One script without imports or exports: `pcm-worklet.ts`, bundled and minified. */
export function bundleWorklet(): Promise<string>;

/** Provides `virtual:pcm-worklet-source`; with `emit`, also writes `pcm-worklet.js` into the output folder. */
export function inlineWorklet(options?: { emit?: boolean }): Plugin;
