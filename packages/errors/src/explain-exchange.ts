import { sentenceIn } from './body-sentence.ts';
import { headersByName, type FailedExchange } from './failed-exchange.ts';
import { fieldProblems } from './field-problems.ts';
import { member, readBody, textOf } from './response-body.ts';
import type { SpeechErrorKind } from './speech-error-kind.ts';
import { SpeechError, type SpeechErrorFacts } from './speech-error.ts';
import { kindOfStatus, statusKinds } from './status-kinds.ts';
import { waitHintIn } from './wait-hint.ts';

/** What differs between the vendors. */
export interface VendorReading {
  /** As in `SpeechError.vendor`. */
  readonly vendor: string;
  /** As sentences name it. */
  readonly name: string;
  /** The vendor's own code in a body. */
  readonly codeIn?: (body: unknown) => unknown;
  /** What the codes mean where the status does not tell: on a 2xx, and `busy` and `not-ready` on a 409. */
  readonly kindsByCode?: Readonly<Record<string, SpeechErrorKind>>;
  readonly creditsIn?: (
    body: unknown,
    headers: ReadonlyMap<string, string>,
    status: number | undefined,
  ) => VendorCredits | undefined;
}

/** As in `SpeechErrorFacts`. */
export type VendorCredits = NonNullable<SpeechErrorFacts['credits']>;

/** An exchange, or a response of axios, which calls the body `data`. */
type AnyExchange = Partial<FailedExchange> & { readonly data?: unknown };

/** The status decides; a code only on a 409 that it makes more than a conflict, and on a 2xx that reports an error. */
function kindOf(
  { kindsByCode }: VendorReading,
  status: number | undefined,
  code: string | undefined,
  body: unknown,
): SpeechErrorKind {
  const kind = kindOfStatus(status);
  const listed = member(kindsByCode, code!) as SpeechErrorKind | undefined;
  if (kind !== 'not-audio') return (kind === 'conflict' && listed) || kind;
  if (/^failed$/i.test(textOf(member(body, 'status'))!)) return 'generation-failed';
  // A code that is the name of a status's kind, in capitals, needs no row.
  const named = code?.toLowerCase().replace('_', '-');
  const kindOfCode = listed ?? Object.values(statusKinds).find((each) => each === named) ?? 'unknown';
  // A 2xx that reports no error is simply no audio.
  return member(body, 'success') === false || member(body, 'error') ? kindOfCode : kind;
}

function explained(reading: VendorReading, exchange: AnyExchange, status: number | undefined): SpeechError {
  const { vendor, name, codeIn, creditsIn } = reading;
  const body = readBody(exchange.body ?? exchange.data);
  const headers = headersByName(exchange.headers);
  const code = textOf(codeIn?.(body));
  const kind = kindOf(reading, status, code, body);
  const fields = fieldProblems(body, kind === 'invalid-request');
  // A 4xx is a refusal. So is a 503 in the vendor's own JSON; one of a proxy may come after the work was done.
  const isRefusal = `${status}`.startsWith('4') || (status === 503 && (Array.isArray(body) || body?.constructor === Object));
  return new SpeechError({
    kind,
    vendor,
    message: [
      `${name} answered with status ${status ?? 0}`,
      sentenceIn(body),
      ...fields.slice(0, 5).map(({ path, message }) => (path ? `${path}: ${message}` : message)),
    ]
      .map((part) => part?.slice(0, 300))
      .filter(textOf)
      .join('; ')
      .replace(';', ':'),
    status,
    code,
    fields,
    retryAfterMs: waitHintIn(status, headers, body, exchange.nowMs),
    credits: creditsIn?.(body, headers, status),
    billed: isRefusal ? 'no' : 'unknown',
    requestId: headers.get('x-request-id'),
    generationId: textOf(member(body, 'generation_id') ?? member(body, 'job_id')),
  });
}

/** The explanation of one exchange by one vendor's reading. Total: nothing that an exchange holds can make it throw. */
export function explainExchange(reading: VendorReading, exchange: AnyExchange | undefined): SpeechError {
  let status: number | undefined;
  try {
    if (kindOfStatus(exchange?.status) !== 'unknown') status = +exchange!.status!;
    return explained(reading, exchange ?? {}, status);
  } catch {
    // A getter, proxy or iterator of the caller's threw: the status is what is left to go by.
    return explained(reading, {}, status);
  }
}
