import { explainExchange, type BodyFacts } from './explain-exchange.ts';
import type { FailedExchange } from './failed-exchange.ts';
import { membersOf, textOf, type FailureBody } from './failure-body.ts';
import { listedProblems } from './field-problems.ts';
import type { SpeechError } from './speech-error.ts';

/**
 * `{detail}` with or without `errors: [{field, message}]` is documented; `detail` as an object, as FastAPI's list, and
 * `error` or `message` in its place have been seen in older pages and in the vendor's own SDKs.
 */
function readAudixaBody({ json }: FailureBody): BodyFacts {
  const { detail, errors, error, message } = membersOf(json);
  const fields = [...listedProblems(errors), ...listedProblems(detail)];
  const inner = membersOf(detail);
  return {
    message: textOf(detail) ?? textOf(inner['error']) ?? textOf(inner['message']) ?? textOf(error) ?? textOf(message) ?? fields[0]?.message,
    fields,
  };
}

/**
 * Explains a failed HTTP exchange with Audixa. Never throws, whatever it is given; an undefined exchange, as axios
 * leaves it when there was no response, is `unknown`.
 */
export const parseAudixaError = (exchange: FailedExchange | undefined): SpeechError => explainExchange('audixa', exchange, readAudixaBody);
