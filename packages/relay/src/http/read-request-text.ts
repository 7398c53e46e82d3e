import type { Refusal } from '../relay-context.ts';
import { refuse } from './fields/refuse.ts';
import { readPieces } from './read-pieces.ts';

const usualMaxBytes = 65_536;
const idleMs = 5_000;
const totalMs = 15_000;

const tooLarge = (maxBytes: number) => refuse(413, 'too_large', `The request is larger than ${maxBytes / 1_024} KiB.`);

/** The text of a JSON request: 413, 415, and 400 for one that does not come. */
export async function readRequestText(request: Request, maxBytes = usualMaxBytes): Promise<string | Refusal> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) return refuse(415, 'not_json', 'The Content-Type must be application/json.');
  if (request.headers.has('content-encoding')) return refuse(415, 'not_json', 'The request must not be compressed.');
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge(maxBytes);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), totalMs);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const piece of readPieces(request.body, { idleMs, signal: late.signal })) {
      bytes += piece.length;
      if (bytes > maxBytes) return tooLarge(maxBytes);
      text += decoder.decode(piece, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return refuse(400, 'bad_request', 'The request did not come whole, or is no UTF-8.');
  } finally {
    clearTimeout(timer);
  }
}
