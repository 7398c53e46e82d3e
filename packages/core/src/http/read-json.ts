import { SpeechError } from '@saystream/errors';

import { readBytes, type BodyLimits } from './read-body.ts';

/** A success body larger than this is no answer to an API call. */
const maxJsonBytes = 1024 * 1024;

/**
 * The JSON of a successful response, whatever its Content-Type says.
 *
 * @throws SpeechError `bad-response` when it is no JSON
 */
export async function readJson(
  vendor: string,
  response: Response,
  limits: Omit<BodyLimits, 'maxBytes'> & Partial<BodyLimits>,
): Promise<unknown> {
  const bytes = await readBytes(response, { maxBytes: maxJsonBytes, ...limits });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new SpeechError({
      kind: 'bad-response',
      vendor,
      status: response.status,
      message: 'The answer is not JSON.',
    });
  }
}
