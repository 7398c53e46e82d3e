import { literal, looseObject, nullish, safeParse, string, variant } from 'valibot';

/** A text frame of the streaming protocol, as far as it matters here. */
export type AudixaMessage =
  | { readonly type: 'started'; readonly generationId: string | undefined }
  | { readonly type: 'completed'; readonly audioUrl: string | undefined }
  | { readonly type: 'error'; readonly message: string };

/** No documented message comes near it. */
const maxMessageLength = 256 * 1024;

/** Built on use, so that bundlers can drop it from pages that do not stream. */
const messageSchema = () =>
  variant('type', [
    looseObject({ type: literal('started'), generation_id: nullish(string()) }),
    looseObject({ type: literal('completed'), audio_url: nullish(string()) }),
    looseObject({ type: literal('error'), message: nullish(string()) }),
  ]);
let schema: ReturnType<typeof messageSchema> | undefined;

/**
 * Reads a text frame. Undefined for everything else: the vendor may add messages, and none of them is worth a stream
 * that is otherwise well.
 */
export function readAudixaMessage(text: string): AudixaMessage | undefined {
  if (text.length > maxMessageLength) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  schema ??= messageSchema();
  const { success, output } = safeParse(schema, json);
  if (!success) return undefined;
  if (output.type === 'started') return { type: 'started', generationId: output.generation_id ?? undefined };
  if (output.type === 'completed') return { type: 'completed', audioUrl: output.audio_url ?? undefined };
  return { type: 'error', message: output.message ?? '' };
}
