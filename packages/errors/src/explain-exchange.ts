import { sentenceIn } from './body-sentence.ts';
import { headersByName, type ExchangeLike, type FailedExchange } from './failed-exchange.ts';
import { fieldProblems } from './field-problems.ts';
import { expired, member, readBody, textOf } from './response-body.ts';
import { withoutText } from './sent-text.ts';
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
  /** As in `fieldProblems`. */
  readonly translate?: (value: object, isBody: boolean) => object;
}

/** As in `SpeechErrorFacts`. */
export type VendorCredits = NonNullable<SpeechErrorFacts['credits']>;

/** The members under which the HTTP libraries have what a parser needs. */
type AnyExchange = Partial<Omit<FailedExchange, 'bodyUsed'>> & {
  /** axios's name for the body, and ky 2's for the one it has read. */
  readonly data?: unknown;
  /** got's and `node:http`'s name for the status. */
  readonly statusCode?: unknown;
  /** Where axios, got and ky have the answer in their errors. */
  readonly response?: AnyExchange;
};

/** Streams and blobs, which only give their bytes later. */
function isUnread(body: unknown): boolean {
  const { cancel, pipe = cancel, stream = pipe } = Object(body) as Record<string, unknown>;
  return typeof stream === 'function';
}

/** Advice that helps more than that of the kind. */
const unreadAdvice = 'Pass `await readFailedExchange(response)`.';
const expiredAdvice = 'Ask for the generation again: it has a new address.';

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

function explained(reading: VendorReading, given: AnyExchange, answer: AnyExchange, status: number | undefined): SpeechError {
  const { vendor, name, codeIn, creditsIn, translate } = reading;
  const raw = given.data ?? answer.body ?? answer.data;
  const unread = isUnread(raw);
  const body = unread ? undefined : readBody(raw);
  const headers = headersByName(answer.headers);
  const clean = withoutText(given.sentText);
  const cleanText = (value: unknown): string => clean((textOf(value) ?? '').slice(0, 1000));
  const code = cleanText(codeIn?.(body)) || undefined;
  const kind = kindOf(reading, status, code, body);
  const said = cleanText(sentenceIn(body));
  const fields = fieldProblems(body, kind === 'invalid-request', cleanText, translate);
  // A 4xx is a refusal. So is a 503 in the vendor's own JSON; one of a proxy may come after the work was done.
  const isRefusal = `${status}`.startsWith('4') || (status === 503 && (Array.isArray(body) || body?.constructor === Object));
  return new SpeechError({
    kind,
    vendor,
    message: [
      `${name} answered with status ${status ?? 0}`,
      said,
      ...fields
        .slice(0, 5)
        .filter(({ message }) => message !== said)
        .map(({ path, message }) => (path ? `${path}: ${message}` : message)),
    ]
      .map((part) => part.slice(0, 300))
      .filter(textOf)
      .join('; ')
      .replace(';', ':'),
    status,
    code,
    fields,
    retryAfterMs: waitHintIn(status, headers, body, given.nowMs),
    credits: creditsIn?.(body, headers, status),
    billed: isRefusal ? 'no' : 'unknown',
    advice: unread ? unreadAdvice : body === expired ? expiredAdvice : undefined,
    requestId: headers.get('x-request-id'),
    generationId: textOf(member(body, 'generation_id') ?? member(body, 'job_id')),
  });
}

/** Whether no answer came at all, as axios's and got's errors say by having no response. An answer without a status is one. */
const isUnanswered = (given: AnyExchange | undefined): boolean =>
  given == null || (given instanceof Error && !(given.response ?? given.status ?? given.statusCode));

/** The explanation of one exchange by one vendor's reading. Total: nothing that an exchange holds can make it throw. */
export function explainExchange(reading: VendorReading, exchange: ExchangeLike): SpeechError {
  const given = exchange as AnyExchange | undefined;
  let status: number | undefined;
  try {
    if (isUnanswered(given))
      return new SpeechError({ kind: 'unreachable', vendor: reading.vendor, message: `${reading.name} did not answer` });
    const answer = given!.response ?? given!;
    const said = answer.status ?? answer.statusCode;
    if (kindOfStatus(said as number) !== 'unknown') status = +said!;
    return explained(reading, given!, answer, status);
  } catch {
    // A getter, proxy or iterator of the caller's threw: the status is what is left to go by.
    return explained(reading, {}, {}, status);
  }
}
