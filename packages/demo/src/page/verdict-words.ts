import type { PlaybackReport, SpeechOutcome } from 'saystream';

import { formatMs } from './format-time.ts';
import { kindHeadlines } from './kind-headlines.ts';

type EndingError = NonNullable<SpeechOutcome['error']>;

/** How an ending is shown: tones are told by words as well, never by colour alone. */
export interface Verdict {
  readonly tone: 'none' | 'good' | 'bad';
  readonly headline: string;
  readonly sentence: string;
  readonly advice?: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** What the page says about an utterance that is over: how the stream ended, and what was heard of it. */
export function describeEnding(outcome: SpeechOutcome, report: PlaybackReport): Verdict {
  if (outcome.verdict === 'cancelled' || report.verdict === 'cancelled') return stopped(outcome, report);
  if (outcome.error) return broken(outcome, report, outcome.error);
  // The speech is whole but was not all played: that error is the player's own.
  if (report.error) return broken(outcome, report, report.error as EndingError);
  return completed(outcome, report);
}

function completed(outcome: SpeechOutcome, report: PlaybackReport): Verdict {
  const gaps = report.underruns === 0 ? 'without a gap' : `with ${gapWords(report)}`;
  const recovered = outcome.recovered
    ? ' The connection broke on the way; the rest came from the finished file, and nothing was paid twice.'
    : '';
  return {
    tone: 'good',
    headline: outcome.recovered ? 'Completed, after a rescue' : 'Completed',
    sentence: `The vendor said that it is whole, and all ${formatMs(outcome.durationMs)} of it were heard ${gaps}.${recovered}`,
    facts: facts(outcome, undefined),
  };
}

const stopped = (outcome: SpeechOutcome, report: PlaybackReport): Verdict => ({
  tone: 'none',
  headline: 'Stopped',
  sentence: `You stopped it after ${formatMs(report.heardMs)} of sound; ${formatMs(outcome.durationMs)} had arrived.`,
  facts: facts(outcome, undefined),
});

function broken(outcome: SpeechOutcome, report: PlaybackReport, error: EndingError): Verdict {
  const arrived =
    outcome.samples > 0
      ? ` ${formatMs(outcome.durationMs)} of sound had arrived, and ${formatMs(report.heardMs)} were heard.`
      : '';
  return {
    tone: 'bad',
    headline: kindHeadlines[error.kind] ?? kindHeadlines.unknown,
    sentence: `${sentenceOf(error.message)}${arrived}`,
    ...(error.advice && { advice: error.advice }),
    facts: facts(outcome, error),
  };
}

/** Some messages end with the vendor's words, which may lack their full stop. */
export const sentenceOf = (message: string): string => (/[.!?…]$/.test(message) ? message : `${message}.`);

function facts(outcome: SpeechOutcome, error: EndingError | undefined): [string, string][] {
  const entries: [string, string | undefined][] = [
    ['Verdict', outcome.verdict],
    ['Kind', error?.kind],
    ['Billed', error?.billed ?? outcome.billed],
    ['Close code', error?.close && `${error.close.code} while ${error.close.phase}`],
    ['Close reason', error?.close?.reason || undefined],
    ['HTTP status', error?.status?.toString()],
    ['Vendor’s code', error?.code],
    ['Limit passed', error?.limit],
    ['Worth a retry', error && (error.retryable ? 'yes' : 'no')],
    ['Retry after', error?.retryAfterMs === undefined ? undefined : formatMs(error.retryAfterMs)],
    ['Recovered', outcome.recovered],
    ['Generation', outcome.generationId],
    ...(error?.fields ?? []).map(({ path, message }): [string, string] => [`Field ${path}`, message]),
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
}

/** `none`, or `2 gaps, 120 ms in all`. */
export function gapWords({ underruns, concealedMs }: Pick<PlaybackReport, 'underruns' | 'concealedMs'>): string {
  if (underruns === 0) return 'none';
  return `${underruns} ${underruns === 1 ? 'gap' : 'gaps'}, ${formatMs(concealedMs)} in all`;
}
