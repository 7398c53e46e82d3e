import type { FieldProblem, SpeechError } from 'saystream';

import { formatMs } from '../page/format-time.ts';
import { kindHeadlines } from '../page/kind-headlines.ts';
import { sentenceOf } from '../page/verdict-words.ts';

/** One fact: what it is called, where a program finds it in the error, and what it is. */
export type ExplainedFact = readonly [name: string, member: string, value: string];

/** What the page says about a failure. */
export interface Explanation {
  readonly tone: 'none' | 'good' | 'bad';
  readonly headline: string;
  readonly sentence: string;
  readonly advice: string;
  readonly facts: readonly ExplainedFact[];
  readonly fields: readonly FieldProblem[];
}

export const nothingAsked: Explanation = {
  tone: 'none',
  headline: 'Nothing to explain yet',
  sentence: 'Choose a known failure, or paste one. The explanation appears here as you type.',
  advice: '',
  facts: [],
  fields: [],
};

export const noFailure: Explanation = {
  tone: 'good',
  headline: 'No failure',
  sentence: 'Audixa had said “completed” before. No close after that is an error, whatever its code.',
  advice: '',
  facts: [],
  fields: [],
};

export const explainedError = (error: SpeechError): Explanation => ({
  tone: 'bad',
  headline: kindHeadlines[error.kind] ?? kindHeadlines.unknown,
  sentence: sentenceOf(error.message),
  advice: error.advice,
  facts: factsOf(error),
  fields: error.fields,
});

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

function factsOf({ close, credits, ...error }: SpeechError): ExplainedFact[] {
  const facts: readonly (readonly [name: string, member: string, value: string | number | undefined])[] = [
    ['Kind', 'kind', error.kind],
    ['Worth a retry', 'retryable', yesOrNo(error.retryable)],
    ['Wait before it', 'retryAfterMs', error.retryAfterMs === undefined ? undefined : formatMs(error.retryAfterMs)],
    ['Billed', 'billed', error.billed],
    ['HTTP status', 'status', error.status],
    ['Vendor’s code', 'code', error.code],
    ['Credits left', 'credits.remaining', credits?.remaining?.toLocaleString('en')],
    ['Credits needed', 'credits.required', credits?.required?.toLocaleString('en')],
    ['Close code', 'close.code', close?.code],
    ['Close reason', 'close.reason', close?.reason || undefined],
    ['Closed while', 'close.phase', close?.phase],
    ['Closed cleanly', 'close.wasClean', close && yesOrNo(close.wasClean)],
    ['Limit passed', 'limit', error.limit],
    ['Request', 'requestId', error.requestId],
    ['Generation or job', 'generationId', error.generationId],
  ];
  return facts.flatMap(([name, member, value]) => (value === undefined ? [] : [[name, member, String(value)] as const]));
}
