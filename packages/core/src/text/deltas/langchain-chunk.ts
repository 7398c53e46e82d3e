import { fieldsOf } from '../../json-fields.ts';
import { contentText } from './content-text.ts';

const isMessage = (fields: Readonly<Record<string, unknown>>): boolean =>
  'content' in fields && (typeof fields['getType'] === 'function' || typeof fields['_getType'] === 'function');

/** Reads a message chunk, a pair of LangGraph's `messages` mode, or an event of `streamEvents`. Only the model's own words count. */
export function readLangChain(chunk: Readonly<Record<string, unknown>>): string | undefined {
  const { event, data } = chunk;
  if (typeof event === 'string' && /^on_\w+$/.test(event)) {
    return event === 'on_chat_model_stream' ? readLangChain(fieldsOf(fieldsOf(data)['chunk'])) : '';
  }
  const message = fieldsOf(Array.isArray(chunk) ? chunk[0] : chunk);
  if (!isMessage(message)) return undefined;
  const kind = (message['getType'] ?? message['_getType']) as () => unknown;
  return kind.call(message) === 'ai' ? contentText(message['content']) : '';
}
