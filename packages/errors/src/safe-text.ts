/** Control characters, lone surrogates, and the marks that turn the direction of text around. */
const unsafe = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
/** Query strings carry keys and signatures. */
const urlQuery = /(\b(?:https?|wss?):\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi;
/** What follows the name of a secret, and the usual shapes of keys. */
const secret = /(\b(?:bearer|api[_-]?key|token|secret)["']?\s*[=:]\s*["']?|\bbearer\s+)[^\s"',;&]+|\b(?:sk|pk|rk)[-_][\w-]{8,}/gi;

/** Text of a stranger, made fit for a message: one line, no direction tricks, no secrets, no longer than `max`. */
export const safeText = (text: string, max: number): string =>
  text
    .slice(0, max * 2)
    .replace(unsafe, ' ')
    .replace(urlQuery, '$1?…')
    .replace(secret, '$1…')
    .slice(0, max)
    .replace(unsafe, '')
    .trim();
