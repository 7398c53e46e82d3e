import { explainExchange } from './explain-exchange.ts';
import type { ExchangeLike } from './failed-exchange.ts';
import { problemCode } from './problem-code.ts';
import type { SpeechError } from './speech-error.ts';

/**
 * Explains a failed answer of SAUTI: a problem document (RFC 9457) whose `type` ends with the code, such as
 * `job_not_complete`. A job whose `status` is `failed` becomes `generation-failed`. Never throws, and never returns
 * anything but an error.
 */
export const parseSautiError = (exchange: ExchangeLike): SpeechError =>
  explainExchange(
    { vendor: 'sauti', name: 'SAUTI', codeIn: problemCode, kindsByCode: { job_not_complete: 'not-ready' } },
    exchange,
  );
