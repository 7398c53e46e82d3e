import { sentenceIn } from './body-sentence.ts';
import { headersByName, type FailedExchange } from './failed-exchange.ts';
import { parseHttpDate } from './http-date.ts';
import { detailsIn, member, numberOf, readBody } from './response-body.ts';
import { parametersIn } from './structured-field.ts';

/** Where servers write a wait into a sentence: Audixa's own, and the framework behind Moknah. */
const sentence = /(?:retry after|available in) (\d{1,6}(?:\.\d+)?) ?s/i;

/** Longer waits are mistakes, or of no use to anybody. */
const longestMs = 86_400_000;

const msOf = (seconds: unknown): number => Math.round(1000 * numberOf(seconds));

/** The longest wait of the quotas in a `RateLimit` field that are used up: a quota with a rest did not refuse. Drafts differ in names. */
const untilQuota = (field: string | undefined): number =>
  Math.max(...parametersIn(field).map(({ remaining = '0', r = remaining, reset, t = reset }) => (+r === 0 && msOf(t)) || 0));

/** As `waitHint`, for headers and a body that were read already. */
export function waitHintIn(
  status: unknown,
  headers: ReadonlyMap<string, string>,
  body: unknown,
  nowMs = Date.now(),
): number | undefined {
  const serverNowMs = parseHttpDate(headers.get('date')) || nowMs;
  const retryAfter = headers.get('retry-after');
  /** Vendors send Unix seconds, old drafts of the standard delta seconds, some servers Unix ms; within 24 hours none overlap. */
  const untilReset = (name: string): number => {
    const reset = numberOf(headers.get(name));
    return reset < 1e9 ? reset * 1000 : reset * (reset < 1e12 ? 1000 : 1) - serverNowMs;
  };
  return [
    msOf(retryAfter) || parseHttpDate(retryAfter) - serverNowMs,
    msOf(member(detailsIn(body), 'reset_after')),
    // Moknah sends its reset headers with every answer, so on other statuses they say nothing about this failure.
    ...(status === 429
      ? [untilQuota(headers.get('ratelimit')), untilReset('ratelimit-reset'), untilReset('x-ratelimit-reset')]
      : []),
    msOf(sentence.exec(sentenceIn(body)!)?.[1]),
  ].find((ms) => ms > 0 && ms <= longestMs);
}

/**
 * How long the vendor asks to wait, in milliseconds: more than 0, at most 24 hours; undefined when it does not say or
 * says something unusable. In this order: `Retry-After`, the body's `details.reset_after`, on a 429 `RateLimit`,
 * `RateLimit-Reset` and `X-RateLimit-Reset`, then a sentence such as Audixa's “retry after 30 seconds”. Moments are
 * measured from the response's own `Date`, so that a wrong clock here does no harm. Numbers may have decimals, a `+`, blanks
 * and an `s` after them; an exponent or a list of numbers is unusable. Never throws.
 * @param _vendor `audixa`, `sauti`, `moknah` or `http`; today all their hints can be told apart without it
 */
export function waitHint(exchange: FailedExchange | undefined, _vendor?: string): number | undefined {
  try {
    return waitHintIn(exchange?.status, headersByName(exchange?.headers), readBody(exchange?.body), exchange?.nowMs);
  } catch {
    return undefined;
  }
}
