import { SpeechError, type KeyRedactor } from '@saystream/errors';

import { readBytes, type BodyLimits } from './read-body.ts';

/** A success body larger than this is no answer to an API call. */
const maxJsonBytes = 1024 * 1024;

/**
 * The JSON of a successful response without the client's key, whatever its Content-Type says.
 *
 * @throws SpeechError `truncated` when it is half a document, `bad-response` when it is no JSON at all
 */
export async function readJson(
  vendor: string,
  response: Response,
  { redact, ...limits }: Omit<BodyLimits, 'maxBytes'> & Partial<BodyLimits> & { readonly redact?: KeyRedactor | undefined },
): Promise<unknown> {
  const bytes = await readBytes(response, { maxBytes: maxJsonBytes, ...limits });
  const said = new TextDecoder().decode(bytes);
  const text = redact?.(said) ?? said;
  try {
    return JSON.parse(text);
  } catch {
    throw new SpeechError({
      // Half a document was cut; a free one is asked for again.
      kind: /^[[{]/.test(text) ? 'truncated' : 'bad-response',
      vendor,
      status: response.status,
      message: 'The answer is not JSON.',
    });
  }
}
