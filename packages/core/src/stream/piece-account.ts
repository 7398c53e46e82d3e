import { SpeechError } from '@saystream/errors';

import { present } from '../present.ts';
import type { AskedPiece, PieceLine } from './piece-line.ts';
import { verdictOf, type SpeechEnding } from './speech-ending.ts';
import type { Billed } from './speech-stream.ts';
import type { SpokenPiece, SpokenTextOutcome } from './spoken-text.ts';

const lengthOf = (pieces: readonly SpokenPiece[]): number => pieces.reduce((sum, { start, end }) => sum + end - start, 0);

const describe = ({ start, text, samples, ending }: AskedPiece): SpokenPiece => ({
  start,
  end: start + text.length,
  samples,
  verdict: ending ? verdictOf(ending, samples) : 'cancelled',
  billed: ending?.billed ?? 'unknown',
  ...present({ generationId: ending?.generationId }),
});

/** Returns what the outcome tells about each piece. */
export function accountOf(asked: readonly AskedPiece[]): Pick<SpokenTextOutcome, 'pieces' | 'characters'> {
  const pieces = asked.map(describe);
  const accepted = pieces.filter(({ billed }) => billed !== 'no');
  return { pieces, characters: { asked: lengthOf(pieces), accepted: lengthOf(accepted) } };
}

function billedOf(asked: readonly AskedPiece[]): Billed {
  const all = new Set(asked.map(({ ending }) => ending?.billed ?? 'unknown'));
  return all.has('yes') ? 'yes' : all.has('unknown') ? 'unknown' : 'no';
}

/**
 * Returns the ending of the whole text.
 *
 * @param failed the piece that failed
 * @param isWhole whether the only piece is all of the text: then its ending is the text's
 */
export function joinedEnding(
  asked: readonly AskedPiece[],
  { error, failed, isWhole }: { error?: SpeechError | undefined; failed?: AskedPiece | undefined; isWhole: boolean },
): SpeechEnding {
  const [first] = asked;
  if (isWhole && first?.ending && first.ending.error === error) return first.ending;
  const billed = billedOf(asked);
  const how = new Set(asked.map(({ ending }) => ending?.recovered));
  const recovered = how.has('approximate') ? 'approximate' : how.has('exact') ? 'exact' : undefined;
  if (!error) return { billed, recovered };
  const { message, cause } = error;
  const piece = failed && asked.indexOf(failed);
  return { billed, recovered, error: new SpeechError({ ...error, message, cause, billed, piece }) };
}

/**
 * Returns the text that was asked for and not spoken: from the first piece that is not complete, or some of whose audio was dropped.
 *
 * @param dropped samples that were delivered and not taken before the caller stopped
 */
export function unspokenText({ asked, waiting }: PieceLine, dropped: number): string {
  const delivered = asked.slice(0, asked.length - waiting.length + 1);
  let kept = delivered.reduce((sum, { samples }) => sum + samples, -dropped);
  const first = asked.findIndex(({ samples, ending }) => (kept -= samples) < 0 || !ending || ending.error);
  return first < 0
    ? ''
    : asked
        .slice(first)
        .map(({ text }) => text)
        .join('');
}
