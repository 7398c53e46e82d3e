/**
 * Where a build puts the player's worklet: beside this module, in dist/ and in the files for pages alike. Bundlers recognise
 * this form and carry the file along.
 */
export const workletFile = (): URL => new URL('./pcm-worklet.js', import.meta.url);

/** The same for the worker that holds the sockets of streams. */
export const workerFile = (): URL => new URL('./socket-worker.js', import.meta.url);
