import { headerOf, type FailedExchange, type HeadersLike } from './failed-exchange.ts';
import { membersOf, readFailureBody } from './failure-body.ts';
import { realStatus } from './status-kind.ts';

const dayMs = 86_400_000;
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** The two shapes of RFC 9110's three date formats: day before month, and asctime's month before day. */
const dayFirst = /^\w+, (\d\d)[ -](\w{3})[ -](\d{2,4}) (\d\d):(\d\d):(\d\d) GMT$/;
const monthFirst = /^\w{3} (\w{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/** An HTTP date in epoch milliseconds. `Date.parse` would also take `5`, `-3` and local times for dates. */
function httpDateMs(value: string | undefined): number | undefined {
  const match = dayFirst.exec(value ?? '') ?? monthFirst.exec(value ?? '')?.map((part, i, all) => all[[0, 2, 1, 6, 3, 4, 5][i] ?? 0] ?? part);
  if (!match) return undefined;
  const [, day, month = '', year, ...time] = match;
  const at = months.indexOf(month);
  if (at < 0 || at % 3 > 0) return undefined;
  const [hour, minute, second] = time.map(Number);
  // Two digits of a year mean the one that is less than 50 years ahead; no vendor is older than this century.
  const fullYear = Number(year) + (year?.length === 2 ? 2_000 : 0);
  return Date.UTC(fullYear, at / 3, Number(day), hour, minute, second);
}

/** A hint that can be waited for; everything else counts as absent. */
const sensible = (waitMs: number | undefined): number | undefined =>
  waitMs !== undefined && waitMs > 0 && waitMs <= dayMs ? Math.ceil(waitMs) : undefined;

const secondsMs = (value: unknown): number | undefined =>
  /^\d{1,10}(\.\d+)?$/.test(String(value)) && typeof value !== 'object' ? Number(value) * 1_000 : undefined;

/** Delta seconds, Unix seconds or Unix milliseconds, told apart by their size: vendors and drafts disagree. */
function resetMs(value: string | undefined, serverNowMs: number): number | undefined {
  if (!/^\d{1,13}$/.test(value ?? '')) return undefined;
  const number = Number(value);
  if (number < 1e9) return number * 1_000;
  return (number < 1e12 ? number * 1_000 : number) - serverNowMs;
}

/** `"default";r=0;t=30` of the current draft, `limit=10, remaining=0, reset=30` of older ones. */
function structuredMs(value = ''): number | undefined {
  const waits = value.split(',').flatMap((item) => {
    const seconds = /(?:^|[;\s])(?:t|reset)=(\d{1,10})\b/.exec(item)?.[1];
    return seconds && !/;\s*r=0*[1-9]/.test(item) ? [Number(seconds) * 1_000] : [];
  });
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

function resetHint(headers: HeadersLike | undefined, serverNowMs: number): number | undefined {
  return (
    sensible(structuredMs(headerOf(headers, 'ratelimit'))) ??
    sensible(resetMs(headerOf(headers, 'ratelimit-reset'), serverNowMs)) ??
    sensible(resetMs(headerOf(headers, 'x-ratelimit-reset'), serverNowMs))
  );
}

function findHint({ status, headers, body, nowMs = Date.now() }: FailedExchange, vendor: string): number | undefined {
  const serverNowMs = httpDateMs(headerOf(headers, 'date')) ?? nowMs;
  const retryAfter = headerOf(headers, 'retry-after') ?? '';
  const dateMs = httpDateMs(retryAfter);
  const { json } = readFailureBody(body);
  const { error, detail } = membersOf(json);
  const details = membersOf(membersOf(error)['details']);
  return (
    sensible(/^\d{1,10}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : dateMs && dateMs - serverNowMs) ??
    sensible(secondsMs(details['reset_after'])) ??
    // Reset headers may come with every answer; only on a 429 do they say how long to wait.
    (realStatus(status) === 429 ? resetHint(headers, serverNowMs) : undefined) ??
    (vendor === 'audixa' && typeof detail === 'string' ? sensible(secondsMs(/retry after (\d{1,6}) s/i.exec(detail)?.[1])) : undefined)
  );
}

/**
 * How long the vendor asks to wait, in milliseconds: `Retry-After`, then the body, then reset headers (on a 429), then
 * the number in Audixa's "retry after N seconds". Dates and Unix times are measured from the response's own `Date`.
 * Undefined without a hint; garbage, 0 or less, and more than 24 hours count as none. Never throws.
 */
export function waitHint(exchange: FailedExchange | undefined, vendor: string): number | undefined {
  try {
    return exchange && findHint(exchange, vendor);
  } catch {
    return undefined;
  }
}
