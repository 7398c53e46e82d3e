export { textDeltas, type TextDeltaSource } from './text/deltas/text-deltas.ts';
