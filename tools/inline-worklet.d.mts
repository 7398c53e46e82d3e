import type { Plugin } from 'vitest/config';

/**
 * Provides `virtual:pcm-worklet-source` and `virtual:socket-worker-source`; with `emit`, also writes `pcm-worklet.js` and
 * `socket-worker.js` into the output folder.
 */
export function inlineWorklet(options?: { emit?: boolean; workerBlob?: boolean }): Plugin;
