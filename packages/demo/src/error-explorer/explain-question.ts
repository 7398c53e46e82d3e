import {
  explainAudixaClose,
  parseAudixaError,
  parseMoknahError,
  parseProblemDetails,
  parseSautiError,
  type FailedExchange,
  type SpeechError,
} from 'saystream';

import type { AnsweringVendor } from '../documented-failures.ts';
import type { AnswerQuestion, Question } from './question.ts';

const parsers: Readonly<Record<AnsweringVendor, (exchange: FailedExchange) => SpeechError>> = {
  audixa: parseAudixaError,
  sauti: parseSautiError,
  moknah: parseMoknahError,
  http: parseProblemDetails,
};

/** The library's explanation; undefined for a close after `completed`, which is no failure. `nowMs` is for an answer without a time. */
export function explainQuestion(question: Question, nowMs: number): SpeechError | undefined {
  if (question.of !== 'audixa-stream') return parsers[question.of](exchangeOf(question, nowMs));
  const { reason, phase, wasClean, errorMessage } = question;
  return explainAudixaClose({ code: numberIn(question.code), reason, wasClean, phase, errorMessage });
}

function exchangeOf({ status, headers, body, arrivedAt }: AnswerQuestion, nowMs: number): FailedExchange {
  const arrivedMs = Date.parse(arrivedAt);
  return {
    status: numberIn(status),
    headers: readHeaderLines(headers),
    body,
    nowMs: Number.isNaN(arrivedMs) ? nowMs : arrivedMs,
  };
}

/** `NaN` for an empty text, which `Number` takes for 0. */
const numberIn = (text: string): number => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN);

/** `Name: value` lines by lower-case name, a name that comes twice having two values. Lines without a colon are left out. */
export function readHeaderLines(lines: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines.split('\n')) {
    const [, name, value = ''] = /^\s*([^\s:]+)\s*:(.*)$/.exec(line) ?? [];
    if (!name) continue;
    const values = headers.get(name.toLowerCase());
    if (values) values.push(value.trim());
    else headers.set(name.toLowerCase(), [value.trim()]);
  }
  return headers;
}
