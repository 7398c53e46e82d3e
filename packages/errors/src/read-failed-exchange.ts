import type { FailedExchange } from './failed-exchange.ts';

const maxBytes = 64 * 1024;
const idleMs = 5_000;

/** The next piece, or undefined when none comes: the body ended, broke, or stays silent. */
async function nextPiece(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, idleMs);
  });
  try {
    return (await Promise.race([reader.read(), silence]))?.value;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  while (bytes < maxBytes) {
    const piece = await nextPiece(reader);
    if (!piece) break;
    text += decoder.decode(piece.subarray(0, maxBytes - bytes), { stream: true });
    bytes += piece.length;
  }
  void reader.cancel().catch(() => undefined);
  return text;
}

/**
 * Makes what the parsers take from a `Response` whose body has not been read. Reads at most 64 KiB, gives up on a body
 * that is silent for 5 s, cancels the rest, and never rejects: what could not be read is left out.
 */
export async function readFailedExchange(response: Response): Promise<FailedExchange> {
  let body = '';
  try {
    body = await readText(response);
  } catch {
    // A body that was read already: status and headers still explain a lot.
  }
  const { status, headers, url } = response;
  return { status, headers, body, url };
}
