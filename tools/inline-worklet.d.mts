import type { Plugin } from 'vitest/config';

/**
 * Provides `virtual:pcm-worklet-source` and `virtual:socket-worker-source`; with `emit`, also writes `pcm-worklet.js` and
 * `socket-worker.js` into the output folder; with `recording`, `recording-worklet.js` as well.
 */
export function inlineWorklet(options?: { emit?: boolean; recording?: boolean; workerBlob?: boolean }): Plugin;
