/** Read as text, not run: `asText` in measure-playback.ts. */
declare module '@elevenlabs/client/worklets/audioConcatProcessor.js' {
  const source: string;
  export default source;
}
