/**
 * Whatever could change how a log or a page shows the rest: control and bidirectional characters, lone surrogates, and
 * runs of white space, line and paragraph separators included. Each run becomes one space.
 */
const unprintable = /[\p{Cc}\p{Cs}\p{Bidi_C}\s]+/gu;

/** Markup, closed or not: vendors and proxies put whole pages where a sentence belongs. */
const markup = /<[a-z!/?][^>]*>?/gi;

/**
 * What may be a secret; the first group is kept. None can backtrack over more than the few hundred characters it is given.
 * - the query and fragment of an address, which hold signatures, tokens and Audixa's `api_key`, and its user and password
 * - what a name such as `x-api-key:` or `token=` announces, and what follows one within three words and holds a digit
 * - anything long of letters and digits: more likely a key than a word. Ids of generations and jobs are no secret.
 */
const secrets: readonly RegExp[] = [
  /([?#])[^\s"'<>?#]{5,}/g,
  /(:\/\/)[^\s/@]+(?=@)/g,
  /((?:key|token|secret|bearer)["'`]?(?:\s*[=:]\s*["'`]?|(?:\s+[a-z]+){0,3}[\s"'`:(]+(?=[^\s"'`,;&)]*[\d_-])))[^\s"'`,;&)]{4,}/gi,
  /(^|[^\w-])(?!gen_|job_|base_)(?=[\w-]*\d)[\w-]{24,}/g,
];

/** Text that is safe to show and log, at most `limit` characters of it; empty for anything but a string. */
export const printable = (text: unknown, limit: number): string =>
  typeof text === 'string' ? text.slice(0, limit).replace(unprintable, ' ').trim() : '';

/** As `printable`, without markup, keys, tokens and the queries of addresses. */
export const presentable = (text: unknown, limit: number): string =>
  printable(
    secrets.reduce((clean, secret) => clean.replace(secret, '$1***'), printable(text, 2 * limit).replace(markup, ' ')),
    limit,
  );
