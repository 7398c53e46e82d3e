/** What a vendor's text frame becomes on its way to a page. */
export interface VendorText {
  /** The bytes to pass: the vendor's own unless they held what a page must not see. */
  readonly bytes: Buffer;
  /** Whether it names a finished file. */
  readonly hasAudioUrl: boolean;
  /** The generation that began, if this says so. */
  readonly generationId: string | undefined;
}

const withheld = '[withheld]';
/** Longer texts than this tell of no generation. */
const mostMessageBytes = 64 * 1024;

/** How a key may look in a vendor's words: as it is, in an address, in JSON. */
const looksOf = (apiKey: string): readonly string[] => [
  ...new Set([apiKey, encodeURIComponent(apiKey), JSON.stringify(apiKey).slice(1, -1)]),
];

/** Shorter ones are no secrets, and would tear words apart. */
const shortestKey = 8;

/** Takes a key out of a text. */
export const withoutKey = (text: string, apiKey: string): string =>
  apiKey.length < shortestKey ? text : looksOf(apiKey).reduce((rest, look) => rest.replaceAll(look, withheld), text);

function generationIn(bytes: Buffer): string | undefined {
  if (bytes.length > mostMessageBytes || !bytes.includes('generation_id')) return undefined;
  try {
    const message = JSON.parse(bytes.toString()) as { generation_id?: unknown } | null;
    return typeof message?.generation_id === 'string' ? message.generation_id : undefined;
  } catch {
    return undefined; // Not JSON: it passes as it is, and the client says what it makes of it.
  }
}

/** Reads a text frame: frames without a key pass byte for byte, even those that are no JSON. */
export function readVendorText(bytes: Buffer, apiKey: string): VendorText {
  const isTainted = apiKey.length >= shortestKey && looksOf(apiKey).some((look) => bytes.includes(look));
  return {
    bytes: isTainted ? Buffer.from(withoutKey(bytes.toString(), apiKey)) : bytes,
    hasAudioUrl: bytes.includes('audio_url'),
    generationId: generationIn(bytes),
  };
}
