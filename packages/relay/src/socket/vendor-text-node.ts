import { mayNameFile, parsedJson } from '../http/seal-file.ts';
import type { Upstream } from '../relay-context.ts';

/** What a vendor's text frame becomes on its way to a page. */
export interface VendorText {
  /** The text to pass: the vendor's own without the key. */
  readonly text: string;
  /** Whether it may name a finished file. */
  readonly mayNameFile: boolean;
  /** The generation that began, if this says so. */
  readonly generationId: string | undefined;
}

/** Longer texts than this tell of no generation. */
const mostMessageLength = 64 * 1024;

/** Reads a text frame as clients read it. What is no JSON passes without the key: clients read nothing else out of it. */
export function readVendorText(bytes: Buffer, { redact }: Upstream): VendorText {
  const text = redact(bytes.toString());
  const message = text.length <= mostMessageLength ? parsedJson(text) : undefined;
  const { generation_id: id } = (message ?? {}) as { generation_id?: unknown };
  return { text, mayNameFile: mayNameFile(text), generationId: typeof id === 'string' ? id : undefined };
}
