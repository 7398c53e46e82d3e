import type { SpeechConsumer } from './create-speech-stream.ts';
import type { AskedPiece, PieceLine } from './piece-line.ts';

/** A slow reader's time for one character, in milliseconds. The pieces that were spoken tell the voice's own. */
export const usualMsPerCharacter = 65;

/** Says how much audio there will be, in milliseconds. */
export interface PieceForecast {
  /** How long a text will sound. */
  expectedMs(text: string): number;
  /** Audio that was neither read nor, by a player, played yet, with what the requests under way will bring. */
  aheadMs(): number;
}

/** Tells the length of audio from what the pieces so far have come to. `bufferedMs`: what a player has read and not played. */
export function createPieceForecast(line: PieceLine, consumer: SpeechConsumer, bufferedMs: () => number): PieceForecast {
  const ms = (samples: number): number => (line.sampleRate ? (samples / line.sampleRate) * 1_000 : 0);
  function expectedMs(text: string): number {
    const { characters, samples } = line.spoken;
    return text.length * (characters ? ms(samples) / characters : usualMsPerCharacter);
  }
  function comingMs({ text, samples, ending }: AskedPiece): number {
    return ending ? 0 : Math.max(0, expectedMs(text) - ms(samples));
  }
  const heldMs = ({ held }: AskedPiece): number => ms(held.reduce((sum, { length }) => sum + length, 0));
  return {
    expectedMs,
    aheadMs: () => line.waiting.reduce((sum, piece) => sum + heldMs(piece) + comingMs(piece), bufferedMs() + ms(consumer.unread)),
  };
}
