/** As much of a body as is ever looked at, in bytes when read and in UTF-16 units when given as text. */
export const bodyLimit = 65_536;

/** A JSON value's own member; undefined for anything else, so that prototypes are never seen. */
export const member = (value: unknown, name: string): unknown =>
  value != null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

/** Where Moknah puts credits, waits and fields: beside its error's code and message, or in the article API beside the code. */
export const detailsIn = (body: unknown): unknown => member(member(body, 'error') ?? body, 'details');

/** A text with something in it. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value : undefined);

/**
 * A number, also when written as text, with a sign, among blanks, or with the unit of seconds (`30s`, the form of Protocol
 * Buffers); `NaN` for all else that JavaScript would take for one.
 */
export const numberOf = (value: unknown): number =>
  typeof value === 'number' || /^\s*[+-]?\d{1,15}(\.\d+)? ?s?\s*$/i.test(textOf(value)!) ? parseFloat(value as string) : NaN;

/** Python's words for JSON's, and whole strings, which are passed over. An unclosed string matches too: no text is read twice. */
const pythonWords = /"(?:[^"\\]|\\[^])*"?|\b(?:False|True|None)\b/g;

const jsonWords: Readonly<Record<string, string>> = { False: 'false', True: 'true', None: 'null' };

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What a storage says in XML about an address that was good for some hours. */
export const expired = 'The address of the file has expired';

const firstLine = /^.{1,200}/;

/** The title of a page, or the message of a storage's XML. */
const markedSentence = /<(?:title|message)[^>]{0,99}>([^<]{1,200})/i;

/**
 * What a body says: parsed JSON, a short text for people, or undefined. The Content-Type is not asked, since errors of
 * proxies and crashed servers carry any. Of a page only the title is kept, of a storage's XML its message, of a text its first line.
 */
export function readBody(body: unknown): unknown {
  const whole = body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? new TextDecoder().decode(body) : body;
  if (typeof whole !== 'string') return whole;
  const text = whole.slice(0, bodyLimit).trim(); // which takes a byte order mark too
  // Moknah's page shows `"success": False`, which is Python and no JSON.
  if (/^[[{"]/.test(text)) return parsedJson(text) ?? parsedJson(text.replace(pythonWords, (found) => jsonWords[found] ?? found));
  if (!text.startsWith('<')) return firstLine.exec(text)?.[0];
  // S3, Azure and Google have several words for an address whose signature is too old.
  return /<Error>/.test(text) && /expired|time frame/i.test(text) ? expired : markedSentence.exec(text)?.[1];
}
