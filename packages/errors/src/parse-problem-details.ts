import { explainExchange } from './explain-exchange.ts';
import type { ExchangeLike } from './failed-exchange.ts';
import { problemCode } from './problem-code.ts';
import { translated } from './problem-shapes.ts';
import type { SpeechError } from './speech-error.ts';

/**
 * Explains a failed answer of any server, best one with an RFC 9457 problem document; `vendor` is `http`, `code` the last
 * path segment of the problem's `type`. Never throws, and never returns anything but an error.
 */
export const parseProblemDetails = (exchange: ExchangeLike): SpeechError =>
  explainExchange({ vendor: 'http', name: 'The server', codeIn: problemCode, translate: translated }, exchange);
