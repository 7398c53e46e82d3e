import { SpeechError } from '@saystream/errors';

import { rebilled } from '../http/once-accepted.ts';
import { fieldsOf, parsedJson, textOf } from '../json-fields.ts';

const own = 'urn:saystream:relay:';
const check = 'Check `origins`, `authorize` and `limits` of the relay.';

/** The relay's address as its page writes it: `/speech` where both have one origin. */
const placeOf = (url: string): string => {
  const { origin } = (globalThis as { location?: { origin: string } }).location ?? {};
  return origin && url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
};

const renamed = (error: SpeechError, message: string, advice: string | undefined): SpeechError =>
  new SpeechError({ ...error, message, advice: advice ?? (error.retryable ? error.advice : check) });

/** The relay's own problem document in a body, if it is one: no answer of a vendor passes the relay with such a type. */
function problemIn(body: unknown): Record<string, unknown> | undefined {
  const problem = fieldsOf(parsedJson(body));
  return textOf(problem['type'])?.startsWith(own) ? problem : undefined;
}

/**
 * Names the relay in an error that is the relay's own refusal: a problem document in `body`, or a close with a code of its own. Any other
 * error is the vendor's and stays as it is.
 */
export function ofRelay(error: SpeechError, url: string, body?: unknown): SpeechError {
  const problem = problemIn(body);
  const { code = 0, reason = '' } = error.close ?? {};
  // A close that only repeats the vendor's status says so.
  if (!problem && (code < 4400 || code >= 4600 || reason.startsWith('the vendor'))) return error;
  const closed = reason.startsWith('{') ? `code ${code}.` : reason.replace(/^[a-z]+_[a-z_]+: /, '');
  const said = problem ? (textOf(problem['detail']) ?? '') : closed;
  const does = said.startsWith('The relay ') ? said.slice(9) : ` refused: ${said}`;
  return renamed(error, `The relay at ${placeOf(url)}${does}`, textOf(problem?.['advice']));
}

/** Names the relay in what failed on a route that only a relay has, such as `/token`: there is no relay, or it cannot be reached. */
export function noRelay(failed: SpeechError, url: string): SpeechError {
  // These routes cost nothing.
  const error = rebilled(failed, 'no');
  const place = placeOf(url);
  const { origin = 'this program' } = (globalThis as { location?: { origin: string } }).location ?? {};
  if (error.kind === 'unreachable') {
    const why = error.code ? ` (${error.code})` : '';
    const message = `The relay at ${place} could not be reached${why}, or it does not allow the origin ${origin}.`;
    return renamed(error, message, 'Start the relay, correct `relay`, or add the origin to its `origins`.');
  }
  const status = error.status ? `with status ${error.status}` : 'by another server';
  const message = `No relay answers at ${place}: ${place}/token was answered ${status}.`;
  return renamed(error, message, `Mount the relay at ${place}, or correct \`relay\`.`);
}
