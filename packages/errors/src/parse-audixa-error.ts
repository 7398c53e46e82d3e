import { explainExchange } from './explain-exchange.ts';
import type { ExchangeLike } from './failed-exchange.ts';
import type { SpeechError } from './speech-error.ts';

/**
 * Explains a failed answer of Audixa: `{ detail, errors? }` and what else its servers and their proxies send. A finished
 * job whose `status` is `FAILED` becomes `generation-failed`. Never throws, and never returns anything but an error.
 */
export const parseAudixaError = (exchange: ExchangeLike): SpeechError =>
  explainExchange({ vendor: 'audixa', name: 'Audixa' }, exchange);
