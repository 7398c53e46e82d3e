/** `pcm-worklet.ts` bundled and minified, made by tools/inline-worklet.mjs. */
declare module 'virtual:pcm-worklet-source' {
  const source: string;
  export default source;
}

/** `socket-worker.ts` likewise. */
declare module 'virtual:socket-worker-source' {
  const source: string;
  export default source;
}
