import { fieldsOf } from '../../json-fields.ts';

/** The text of a content that is a string or a list of parts. Parts of another kind, such as reasoning, give none. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => {
      if (typeof part === 'string') return part;
      const { type, text } = fieldsOf(part);
      return type === 'text' && typeof text === 'string' ? text : '';
    })
    .join('');
}

/** The value where it is a string, else ''. */
export const stringOr = (...values: readonly unknown[]): string => values.find((value) => typeof value === 'string') ?? '';
