/** No vendor's error body comes near it. */
const maxCharacters = 64 * 1024;
const maxShown = 500;

/** An error body: its members when it is JSON, and what a person can be shown of it when it is not. */
export interface FailureBody {
  /** The parsed JSON, when there is some: an object or an array. */
  readonly json: object | undefined;
  /** A plain text, or a page's title. */
  readonly text: string;
}

function parse(text: string): object | undefined {
  // Moknah's page prints Python's literal where JSON has `false`.
  for (const candidate of [text, text.replace(/("success"\s*:\s*)False\b/, '$1false')]) {
    try {
      const json: unknown = JSON.parse(candidate);
      return typeof json === 'object' && json !== null ? json : undefined;
    } catch {
      // the next candidate, or plain text
    }
  }
  return undefined;
}

/** Never markup: of a page only the title, of a text its beginning. */
function shown(text: string): string {
  if (text.startsWith('<')) return /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '';
  return /^[[{]/.test(text) ? '' : text.slice(0, maxShown);
}

/** Reads a body whatever its Content-Type says: vendors, frameworks and proxies are all wrong about it at times. */
export function readFailureBody(body: unknown): FailureBody {
  if (typeof body === 'object' && body !== null && !ArrayBuffer.isView(body) && !(body instanceof ArrayBuffer)) {
    return { json: body, text: '' };
  }
  const whole = typeof body === 'string' ? body : body ? new TextDecoder().decode(body as ArrayBuffer) : '';
  const text = whole.slice(0, maxCharacters).replace(/^\ufeff/, '').trim();
  const json = /^[[{]/.test(text) ? parse(text) : undefined;
  return { json, text: json ? '' : shown(text) };
}

/** An object's members; none of anything else. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A text; undefined for everything else, so that nothing is ever coerced. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
