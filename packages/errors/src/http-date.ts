/** IMF-fixdate and RFC 850 (day first), or asctime (month first, year last). RFC 9110 §5.6.7 asks to accept all three. */
const form = /^\w+,? (?:(\d\d)[ -]([a-z]{3})[ -](\d{2,4})|([a-z]{3}) ([ \d]\d)) ([\d:]{8}) (GMT|\d{4})$/i;

/**
 * An HTTP date in milliseconds since 1970; `NaN` for anything else. `Date.parse` alone will not do: it reads `5` as a day
 * in 2001 and asctime in local time.
 */
export function parseHttpDate(text = ''): number {
  const parts = form.exec(text);
  if (!parts) return NaN;
  const [, day1, month1, year1, month2, day2, time, year2] = parts;
  return Date.parse(`${day1 ?? day2} ${month1 ?? month2} ${year1 ?? year2} ${time} GMT`);
}
