import * as v from 'valibot';

import { readRequestText } from '../http/read-request-text.ts';
import type { Refusal } from '../relay-context.ts';
import type { RelayOptions, RelayVendor } from '../relay-options.ts';

const maxBytes = 4_096;
const schema = v.strictObject({
  vendor: v.picklist(['audixa', 'sauti', 'moknah']),
  voice: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  max_chars: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

const refuse = (status: number, code: string, detail: string): Refusal => ({ status, code, detail });

/** What a page asks a token for. */
interface TokenRequest {
  readonly vendor: RelayVendor;
  readonly voice?: string;
  readonly maxChars?: number;
}

/** Reads `POST …/token`. JSON alone: a form of a foreign page can send everything else without asking first. */
export async function readTokenRequest(request: Request, vendors: RelayOptions['vendors']): Promise<TokenRequest | Refusal> {
  const text = await readRequestText(request, maxBytes);
  if (typeof text !== 'string') return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(400, 'bad_request', 'The request is no JSON.');
  }
  const read = v.safeParse(schema, value);
  if (!read.success) {
    const [issue] = read.issues;
    const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
    return refuse(400, isUnknown ? 'unknown_field' : 'bad_request', `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
  }
  const { vendor, voice, max_chars: maxChars } = read.output;
  if (!vendors[vendor]) return refuse(403, 'out_of_scope', 'This relay does not speak for that vendor.');
  return { vendor, ...(voice !== undefined && { voice }), ...(maxChars !== undefined && { maxChars }) };
}
