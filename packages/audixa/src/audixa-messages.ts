import { fieldsOf, isId, parsedJson, textOf } from '@saystream/core';

import { audioUrlIn } from './audixa-file.ts';

/** A text frame of the streaming protocol, as far as it matters here. */
export type AudixaMessage =
  | { readonly type: 'started'; readonly generationId: string | undefined }
  | { readonly type: 'completed'; readonly audioUrl: string | undefined }
  | { readonly type: 'error'; readonly message: string };

/** No documented message comes near it. */
const maxMessageLength = 250_000;

/**
 * Reads a text frame. Undefined for everything else: the vendor may add messages, and none of them is worth a stream
 * that is otherwise well.
 */
export function readAudixaMessage(text: string): AudixaMessage | undefined {
  if (text.length > maxMessageLength) return undefined;
  const fields = fieldsOf(parsedJson(text));
  const { type, generation_id, message } = fields;
  switch (type) {
    case 'started':
      return { type, generationId: isId(generation_id) ? generation_id : undefined };
    case 'completed':
      return { type, audioUrl: audioUrlIn(fields) };
    case 'error':
      return { type, message: textOf(message) ?? '' };
    default:
      return undefined;
  }
}
