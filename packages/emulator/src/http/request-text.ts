/** What a client wrote as JSON; undefined when it is none. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** A part of a path without its escapes; empty when they make no sense. */
export function decodePart(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    return '';
  }
}

/** Whether a body is said to be JSON. */
export const isJsonType = (contentType: string | undefined): boolean => /^application\/json\b/i.test(contentType ?? '');
