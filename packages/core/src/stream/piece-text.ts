import type { SpeechError } from '@saystream/errors';

import { createPieceCutter, type PieceCutter } from '../text/piece-cutter.ts';
import { startTimer } from '../timing/start-timer.ts';
import { usualMsPerCharacter } from './piece-forecast.ts';
import { usualLookAheadMs, type PieceSpeech } from './piece-speech.ts';
import { readText } from './read-text.ts';

/** A source that has not finished its first sentence or clause so long after its first letter is spoken up to its last word. */
const firstWordsMs = 400;
/** A sentence up to so many characters is not cut, however small the look-ahead is. */
const longestSentence = 200;
/** Less than two words sound torn off. */
const fewestFirstCharacters = 12;
/** The source of the text waits while more characters than this were read and not asked for. */
const mostUnasked = 65_536;
const isBlank = (text: string): boolean => !text.trim();

/** Reads and cuts the text of one utterance. */
export interface PieceText {
  /** The text that was read from the source and is not yet in a piece. */
  readonly rest: string;
  /** `reading`: more may come. `ended`: all was read. Else why the source failed. */
  readonly state: 'reading' | 'ended' | SpeechError;
  /** The next piece, again until `taken`; undefined while it is undecided. */
  next(isFirst: boolean): string | undefined;
  taken(): void;
  stop(): void;
}

/** The cutter of a text; undefined when the text is one piece. */
function cutterOf(
  { text, language = '', sizes, wholeCharacters, lookAheadMs = usualLookAheadMs }: PieceSpeech,
  most: number,
): PieceCutter | undefined {
  const allowed = Math.max(2, Math.min(sizes.maxCharacters, most));
  if (typeof text === 'string' && text.length <= Math.min(wholeCharacters, allowed)) return undefined;
  // Two pieces fit into the look-ahead, so that one plays while the next is made. A sentence that alone is longer is cut.
  const ahead = lookAheadMs / usualMsPerCharacter;
  const maxCharacters = Math.min(allowed, Math.max(longestSentence, ahead));
  const bestCharacters = Math.min(sizes.bestCharacters, maxCharacters, ahead / 2);
  const firstCharacters = Math.min(sizes.firstCharacters, bestCharacters);
  return createPieceCutter({ firstCharacters, bestCharacters, maxCharacters, language });
}

/** Begins to read. `most`: the longest piece that is let through. `changed`: `next` may give another answer. */
export function readPieceText(speech: PieceSpeech, most: number, changed: () => void): PieceText {
  const { vendor, text: source, textMs } = speech;
  const cutter = cutterOf(speech, most);
  let state: PieceText['state'] = 'reading';
  let next: string | undefined;
  let readOn: (() => void) | undefined;
  let stopTimer: (() => void) | undefined;
  let isUrgent = false;

  const letGo = () => {
    isUrgent = true;
    changed();
  };
  function text(piece: string): Promise<void> | undefined {
    if (!cutter) next = piece;
    else cutter.push(piece);
    if (!stopTimer && !isBlank(piece)) stopTimer = startTimer(firstWordsMs, letGo);
    changed();
    return cutter && cutter.rest.length > mostUnasked ? new Promise((resolve) => (readOn = resolve)) : undefined;
  }
  const end = (how: PieceText['state']): void => {
    stopTimer?.();
    state = how;
    if (how === 'ended') cutter?.end();
    changed();
  };
  const reading = readText(source, { vendor, textMs, text, ended: () => end('ended'), failed: end });
  return {
    get rest() {
      return (next ?? '') + (cutter?.rest ?? '');
    },
    get state() {
      return state;
    },
    next(isFirst) {
      const urgent = isFirst && isUrgent && (cutter?.rest.trim().length ?? 0) >= fewestFirstCharacters;
      return (next ??= cutter?.take({ urgent }));
    },
    taken() {
      next = undefined;
      if (cutter && cutter.rest.length <= mostUnasked / 2) readOn?.();
    },
    stop() {
      stopTimer?.();
      reading.cancel();
      readOn?.();
    },
  };
}
