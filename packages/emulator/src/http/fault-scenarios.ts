import type { Knobs } from '../scenario-knobs.ts';
import { literal, numbered, type ScenarioRow } from '../scenario-row.ts';
import { foreignAnswer, foreignNames } from './foreign-bodies.ts';
import type { FaultName, HttpFault } from './http-faults.ts';
import { retryAfterGarbage } from './retry-after-values.ts';

const refusable = new Set([400, 401, 402, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 520, 522]);
const redirects = new Set([301, 302, 303, 307, 308]);
const contentTypes: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  json: 'application/json',
  octet: 'application/octet-stream',
};

const timesPattern = '(?:-times-(\\d{1,5}))?';
const timesOf = (times: string | undefined): number => (times ? Number(times) : Infinity);

/** A fault with an optional count, and with a number or a word where `pattern` has a group. */
const fault = (
  name: string,
  example: string,
  description: string,
  pattern: string,
  read: (word: string) => HttpFault | undefined,
): ScenarioRow => ({
  name: `${name}[-times-<n>]`,
  description,
  example,
  pattern: new RegExp(`^${pattern}${timesPattern}$`),
  knobs(match) {
    const found = read(match.length > 2 ? (match[1] ?? '') : '');
    return found && { fault: { ...found, times: timesOf(match.at(-1)) } };
  },
});
const plain = (name: FaultName, description: string): ScenarioRow => fault(name, name, description, name, () => ({ name }));
const inMs = (name: FaultName, example: number, description: string): ScenarioRow =>
  fault(`${name}-<ms>`, `${name}-${example}`, description, `${name}-(\\d{1,6})`, (ms) => ({ name, ms: Number(ms) }));

/** Calls that the vendor never accepted. */
export const refusalScenarios: readonly ScenarioRow[] = [
  {
    name: 'http-<status>[-times-<n>]',
    description: `Answers handshakes and calls with this status (${[...refusable].join(', ')}), or only the first n of them that use this key.`,
    example: 'http-503',
    pattern: new RegExp(`^http-(\\d{3})${timesPattern}$`),
    knobs: ([, digits, times]) => {
      const status = Number(digits);
      return refusable.has(status) ? { refuse: { status, times: timesOf(times) } } : undefined;
    },
  },
  {
    name: 'error-body-<word>[-times-<n>]',
    description: `Answers calls with what another server would say: ${foreignNames.join(', ')}.`,
    example: 'error-body-drf-fields',
    pattern: new RegExp(`^error-body-(${foreignNames.toSorted((a, b) => b.length - a.length).join('|')})${timesPattern}$`),
    knobs: ([, foreign = '', times]) => ({ refuse: { status: foreignAnswer(foreign).status, foreign, times: timesOf(times) } }),
  },
  numbered('retry-after-<seconds>', 7, 'The Retry-After of refusals, a 429 or any other.', (seconds) => ({
    retryAfter: { type: 'text', text: String(seconds) },
  })),
  {
    name: 'retry-after-date[-<seconds>]',
    description: 'The same as a date, 2 seconds ahead or so many.',
    example: 'retry-after-date',
    pattern: /^retry-after-date(?:-(\d{1,7}))?$/,
    knobs: ([, seconds]) => ({ retryAfter: { type: 'date', inSeconds: Number(seconds ?? 2) } }),
  },
  {
    name: 'retry-after-garbage-<n>',
    description: `The same, but no use to anybody: 0 to ${retryAfterGarbage.length - 1}.`,
    example: 'retry-after-garbage-1',
    pattern: /^retry-after-garbage-(\d{1,3})$/,
    knobs: ([, n]): Knobs | undefined => {
      const text = retryAfterGarbage[Number(n)];
      return text === undefined ? undefined : { retryAfter: { type: 'text', text } };
    },
  },
  literal('no-retry-after', 'Refusals come without Retry-After.', { retryAfter: { type: 'absent' } }),
  plain('drop-request', 'The connection ends before the vendor has accepted the call.'),
  plain('reset-request', 'The same with a reset.'),
  fault(
    'redirect-<status>',
    'redirect-307',
    `Calls are sent elsewhere on the same origin (${[...redirects].join(', ')}): /emulator/elsewhere, which notes them.`,
    'redirect-(\\d{3})',
    (digits) => (redirects.has(Number(digits)) ? { name: 'redirect', status: Number(digits) } : undefined),
  ),
  fault('redirect-away-<status>', 'redirect-away-307', 'The same to another origin.', 'redirect-away-(\\d{3})', (digits) =>
    redirects.has(Number(digits)) ? { name: 'redirect-away', status: Number(digits) } : undefined,
  ),
];

/** What goes wrong with calls that the vendor has accepted, and will charge for. */
export const acceptedScenarios: readonly ScenarioRow[] = [
  plain('drop-answer', 'The connection ends without an answer.'),
  plain('reset-answer', 'The same with a reset.'),
  fault(
    'accepted-then-<status>',
    'accepted-then-500',
    'The answer is this status with the vendor’s body; any status of http-<status>.',
    'accepted-then-(\\d{3})',
    (digits) => (refusable.has(Number(digits)) ? { name: 'accepted-then', status: Number(digits) } : undefined),
  ),
  inMs('slow-headers', 300, 'The answer comes so much later.'),
  plain('body-stall', 'The answer is headers, one byte and silence.'),
  inMs('drip', 1, 'The body comes byte by byte, so far apart; a long one in 4,096 pieces.'),
  plain('cut-body', 'The connection ends after half of the body that the length promises.'),
  plain('reset-body', 'The same with a reset.'),
  plain('cut-chunked', 'The connection ends after half of a chunked body, without the last chunk.'),
  plain('short-body', 'Half of the body, with a matching length.'),
  plain('truncated-json', 'Half of the JSON, with a matching length; audio is whole.'),
  plain('empty-200', 'Status 200 and nothing.'),
  plain('html-200', 'Status 200 and a web page.'),
  fault(
    'wrong-type-<word>',
    'wrong-type-text',
    'The type says text, html, json or octet.',
    'wrong-type-(text|html|json|octet)',
    (word) => ({
      name: 'wrong-type',
      contentType: contentTypes[word] ?? word,
    }),
  ),
  plain('bom', 'JSON begins with a byte order mark.'),
  plain('gzip-bomb', '200 MiB of spaces in 200 kB of gzip.'),
];

/** Settings of all calls. */
export const callScenarios: readonly ScenarioRow[] = [
  numbered(
    'chaos-<seed>',
    1,
    'Each call, of files too, draws from this seed: about half go well, the others are refused, dropped, cut or garbled, before and after they are accepted.',
    (chaos) => ({ chaos }),
  ),
  literal('files-only', 'Refusals and faults of this key strike finished files and nothing else.', { filesOnly: true }),
  literal('no-rate-headers', 'Answers come without rate and credit headers.', { noRateHeaders: true }),
  literal('cors-off', 'No CORS headers.', { cors: 'off' }),
  literal('cors-hidden-headers', 'CORS, but the rate headers are not exposed to pages.', { cors: 'hidden-headers' }),
  literal('cors-missing-on-errors', 'CORS headers are missing on errors.', { cors: 'missing-on-errors' }),
];
