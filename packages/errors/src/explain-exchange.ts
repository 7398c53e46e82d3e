import { headerOf, type FailedExchange } from './failed-exchange.ts';
import { readFailureBody, type FailureBody } from './failure-body.ts';
import type { SpeechErrorKind } from './speech-error-kind.ts';
import { SpeechError, type SpeechErrorFacts } from './speech-error.ts';
import { kindOfStatus, realStatus } from './status-kind.ts';
import { waitHint } from './wait-hint.ts';

/** What a vendor's reader finds in a body. What it leaves out follows from the status. */
export interface BodyFacts extends Pick<SpeechErrorFacts, 'code' | 'fields' | 'credits'> {
  /** Only where the vendor's code decides over the status. */
  readonly kind?: SpeechErrorKind;
  /** What the vendor says. */
  readonly message?: string | undefined;
}

/** Reads one vendor's error bodies. */
export type ReadBody = (body: FailureBody, exchange: FailedExchange) => BodyFacts;

/** A refusal costs nothing; a fault leaves it open, unless the vendor itself says that it is closed for now. */
function billedAt(status: number | undefined, json: object | undefined): 'no' | 'unknown' {
  if (status === undefined || status < 400) return 'unknown';
  return status < 500 || (status === 503 && json) ? 'no' : 'unknown';
}

function explain(vendor: string, exchange: FailedExchange, read: ReadBody): SpeechError {
  const { headers } = exchange;
  const status = realStatus(exchange.status);
  const body = readFailureBody(exchange.body);
  const facts = read(body, exchange);
  const said = facts.message ?? body.text;
  const answered = status === undefined ? 'There was no HTTP answer' : `The vendor answered ${status}`;
  return new SpeechError({
    kind: kindOfStatus(status),
    ...facts,
    vendor,
    message: said ? `${answered}: ${said}` : `${answered}.`,
    status,
    billed: billedAt(status, body.json),
    retryAfterMs: waitHint(exchange, vendor),
    requestId: headerOf(headers, 'x-request-id') ?? headerOf(headers, 'request-id'),
  });
}

/** Explains any exchange in one vendor's terms. Total: what cannot be read is explained by its status alone. */
export function explainExchange(vendor: string, exchange: FailedExchange | undefined, read: ReadBody): SpeechError {
  try {
    return explain(vendor, exchange ?? { status: 0 }, read);
  } catch {
    // Hostile getters and proxies: nothing of the exchange can be trusted to be read twice.
    return new SpeechError({ kind: 'unknown', vendor, message: 'The answer could not be read.' });
  }
}
