import type { StreamPhase } from 'saystream';

import type { AnsweringVendor } from '../documented-failures.ts';

/** A failed HTTP answer, as somebody typed or pasted it. An empty text is what is not known. */
export interface AnswerQuestion {
  readonly of: AnsweringVendor;
  readonly status: string;
  /** `Name: value` lines. */
  readonly headers: string;
  readonly body: string;
  /** When the answer arrived, as a date that JavaScript reads; empty: now. */
  readonly arrivedAt: string;
}

/** How an Audixa stream was closed, as somebody typed it. */
export interface CloseQuestion {
  readonly of: 'audixa-stream';
  readonly code: string;
  readonly reason: string;
  readonly phase: StreamPhase;
  /** Whether both sides took part in closing, as the browser's close event says. */
  readonly wasClean: boolean;
  /** The text of an `error` frame that came before the close. */
  readonly errorMessage: string;
}

/** What the page is asked to explain. */
export type Question = AnswerQuestion | CloseQuestion;

export const answeringVendors: readonly AnsweringVendor[] = ['audixa', 'sauti', 'moknah', 'http'];
export const streamPhases: readonly StreamPhase[] = ['connecting', 'waiting', 'streaming', 'completed'];

/**
 * The longest text of each field, in UTF-16 units. The parsers look at no more of a body than this, and a text field with
 * 10 MB in it would stop the page.
 */
export const longest = {
  status: 12,
  headers: 16_384,
  body: 65_536,
  arrivedAt: 40,
  code: 12,
  reason: 1000,
  errorMessage: 4000,
  whole: 98_304,
} as const;

/** What a browser reports besides a code: these two never travel, they stand for a connection that just ended. */
export const isUsuallyClean = (code: string): boolean => !/^\s*(1006|1015)\s*$/.test(code);

/** Nothing typed yet. */
export const blankQuestion = (of: Question['of']): Question =>
  of === 'audixa-stream'
    ? { of, code: '', reason: '', phase: 'streaming', wasClean: true, errorMessage: '' }
    : { of, status: '', headers: '', body: '', arrivedAt: '' };

/** Whether there is anything to explain yet. */
export const isBlank = (question: Question): boolean =>
  question.of === 'audixa-stream' ? !question.code.trim() : !`${question.status}${question.headers}${question.body}`.trim();
